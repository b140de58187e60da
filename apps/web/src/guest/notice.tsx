import { guestRefusals } from "@tessera/contracts";
import { Button, Mark, shortMoment } from "@tessera/ui";
import type { ReactNode } from "react";
import { failureWords } from "../common/failure-words.ts";
import { useSpeech } from "../common/use-speech.ts";
import type { GuestState } from "./use-guest.ts";
import { words } from "./words.ts";

interface NoticeProps {
  state: Exclude<GuestState, { kind: "here" }>;
  onBegin: () => void;
  onRetry: () => void;
}

/** What is said to who is not let in, or not yet. */
export function Notice({ state, onBegin, onRetry }: NoticeProps) {
  const speech = useSpeech();
  switch (state.kind) {
    case "opening":
      return <Said title={words.opening} isBusy />;
    case "failed":
      return (
        <Said title={failureWords(state.error)}>
          <Button look="primary" size="large" onClick={onRetry}>
            {words.retry}
          </Button>
        </Said>
      );
    case "closed":
      return (
        <Said kicker={state.tenant} title={`${state.place}: ${words.closedTitle}`}>
          {state.opensAt && <p>{words.opens(shortMoment(state.opensAt, speech))}</p>}
          <Button onClick={onBegin}>{words.retry}</Button>
        </Said>
      );
    case "over":
      return (
        <Said title={guestRefusals[state.because].say}>
          <Button look="primary" size="large" onClick={onBegin}>
            {words.begin}
          </Button>
        </Said>
      );
    default: {
      const { say, next } = guestRefusals[state.because];
      return (
        <Said title={say}>
          <p className="text-ink-soft">{next}</p>
        </Said>
      );
    }
  }
}

interface SaidProps {
  kicker?: string;
  title: string;
  isBusy?: boolean;
  children?: ReactNode;
}

function Said({ kicker, title, isBusy = false, children }: SaidProps) {
  return (
    <main aria-busy={isBusy} className="mx-auto grid min-h-svh max-w-md content-center justify-items-start gap-5 p-6">
      <Mark />
      <div role="status">
        <h1 className={`text-2xl font-bold ${isBusy ? "animate-breathe" : ""}`}>
          {kicker && <span className="block text-base font-semibold text-accent">{kicker} </span>}
          {title}
        </h1>
      </div>
      {children}
    </main>
  );
}
