import type { DeviceInvitation } from "@tessera/contracts";
import { clockText, groupsOfFour, useNow } from "@tessera/ui";
import type { ReactNode } from "react";

const words = {
  lead: (desk: string) => `Open /kiosk on the new screen and type this code. It becomes “${desk}”.`,
  left: (clock: string) => `Good for another ${clock}.`,
  ended: "This code has ended. Get a new one.",
};

interface PairingCodeProps {
  invitation: DeviceInvitation;
  desk: string;
  children: ReactNode;
}

/** The short code in letters large enough to be read across a counter. */
export function PairingCode({ invitation, desk, children }: PairingCodeProps) {
  const secondsLeft = Math.max(0, (Date.parse(invitation.expiresAt) - useNow().getTime()) / 1000);
  const hasEnded = secondsLeft === 0;

  return (
    <div className="grid justify-items-start gap-4 rounded-card border border-line bg-surface p-5">
      <p className="text-sm text-ink-soft">{words.lead(desk)}</p>
      <p role="status" className={`text-3xl font-bold tracking-[0.2em] ${hasEnded ? "line-through opacity-50" : ""}`}>
        {groupsOfFour(invitation.pairingCode).join(" ")}
      </p>
      <p className="text-sm">{hasEnded ? words.ended : words.left(clockText(secondsLeft))}</p>
      {children}
    </div>
  );
}
