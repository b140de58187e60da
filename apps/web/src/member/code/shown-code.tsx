import type { IssuedCode } from "@tessera/contracts";
import { useConnection } from "@tessera/sdk/react";
import { CodeCard, CountdownRing, shortMoment, useStepText } from "@tessera/ui";
import { Sun } from "lucide-react";
import { useSpeech } from "../../common/use-speech.ts";
import type { CodeTime } from "./held-code.ts";
import { useAwakeScreen } from "./use-awake-screen.ts";
import { words } from "./words.ts";

interface ShownCodeProps {
  code: IssuedCode;
  time: CodeTime;
  isRenewing: boolean;
  /** The page itself could not be had: nothing renews. */
  isAlone?: boolean;
}

/** The code itself, its time, and how to hold it. */
export function ShownCode({ code, time, isRenewing, isAlone = false }: ShownCodeProps) {
  const { mask, purpose, resource, issuedAt, expiresAt, stepSecret } = code;
  const { secondsLeft, lifetime, phase } = time;
  const serverNow = new Date(Date.parse(issuedAt) + (lifetime - secondsLeft) * 1_000); // this phone's clock may be wrong
  const text = useStepText(code.text, stepSecret, serverNow);
  const moment = shortMoment(expiresAt, useSpeech());
  const isOffline = useConnection().state === "offline" || isAlone;
  useAwakeScreen();

  const headline = phase === "ended" ? words.ended : words.goodUntil(moment);
  const isCutOff = isOffline && phase !== "ended";
  const online = isRenewing ? words.renewing : words.renews;
  const line = phase === "ended" ? words.endedNext : isCutOff ? words.offline(moment) : online;

  return (
    <div className="grid gap-5 lg:grid-cols-2 lg:gap-10">
      <div className={phase === "ended" ? "opacity-25" : ""}>
        {text ? (
          <CodeCard
            text={text}
            mask={stepSecret ? null : mask}
            label={words.label[purpose](resource.name)}
            hint={words.letters}
          />
        ) : (
          <div className="aspect-square rounded-tile border border-line bg-tile" />
        )}
      </div>
      <div className="grid content-start gap-5 lg:pt-2">
        <div className="flex items-center gap-4">
          <CountdownRing secondsLeft={secondsLeft} of={lifetime} label={words.timeLeft} />
          <div>
            <p className="font-semibold">{headline}</p>
            <p role="status" className={`text-sm ${isCutOff ? "font-medium text-wait-word" : "text-ink-soft"}`}>
              {line}
            </p>
          </div>
        </div>
        <p className="flex items-start gap-3 border-t border-line pt-4 text-sm text-ink-soft">
          <Sun aria-hidden strokeWidth={1.75} className="size-5 shrink-0" />
          {words.bright}
        </p>
      </div>
    </div>
  );
}
