import type { PairedDevice } from "@tessera/contracts";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface StandingFrameProps {
  desk: PairedDevice;
  /** For tests and for whoever looks from outside. */
  standing: "locked" | "not_allowed" | "blocked" | "wiping";
  Icon: LucideIcon;
  look: "wait" | "no";
  title: string;
  because?: string | null;
  children: ReactNode;
}

const looks = { wait: "bg-wait text-wait-ink", no: "bg-no text-no-ink" };

/** Over the whole screen, readable from two metres: what this desk is, and what to do. */
export function StandingFrame({ desk, standing, Icon, look, title, because, children }: StandingFrameProps) {
  return (
    <main data-standing={standing} className={`grid h-dvh place-items-center overflow-y-auto p-gap ${looks[look]}`}>
      <div role="alert" className="grid w-full max-w-[min(50rem,92vw)] justify-items-start gap-gap">
        <Icon aria-hidden strokeWidth={1.75} className="size-[clamp(4rem,18vmin,12rem)]" />
        <h1 className="text-far font-bold text-balance">{title}</h1>
        {because && <p className="text-desk font-semibold [overflow-wrap:anywhere]">“{because}”</p>}
        <div className="grid justify-items-start gap-gap text-desk">{children}</div>
        <p className="text-near">
          {desk.name}, {desk.tenant}
        </p>
      </div>
    </main>
  );
}
