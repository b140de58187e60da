import { type Outcome, OutcomeCard, type OutcomeTone } from "@tessera/ui";
import { useEffect, useRef } from "react";

interface ResultScreenProps {
  outcome: Outcome;
  onDismiss: () => void;
  /** Only while the scan has no answer. */
  onTryAgain: (() => void) | null;
}

/** The answer, over everything. The camera runs on behind it; a new code takes its place at once. */
export function ResultScreen({ outcome, onDismiss, onTryAgain }: ResultScreenProps) {
  const screen = useRef<HTMLDivElement>(null);
  const keys = useRef({ onDismiss, onTryAgain });
  useEffect(() => {
    keys.current = { onDismiss, onTryAgain };
  });

  useEffect(() => {
    const before = document.activeElement;
    screen.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") return keys.current.onDismiss();
      const isForButton = event.target instanceof HTMLButtonElement;
      if (!isForButton && (event.key === "Enter" || event.key === " ")) {
        (keys.current.onTryAgain ?? keys.current.onDismiss)();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);

  const { ground, frame } = inks[outcome.tone];
  const button = `min-h-target rounded-control border-2 px-[1.5em] text-desk font-semibold outline-offset-4 focus-visible:outline-current ${frame}`;
  return (
    <div
      ref={screen}
      tabIndex={-1}
      className={`result fixed inset-0 z-10 grid grid-rows-[minmax(0,1fr)_auto] outline-none ${ground}`}
    >
      <OutcomeCard outcome={outcome} size="kiosk" />
      <div className="result-keys flex flex-wrap justify-center gap-gap p-gap">
        {onTryAgain && (
          <button type="button" className={button} onClick={onTryAgain}>
            Try again
          </button>
        )}
        <button type="button" className={button} onClick={onDismiss}>
          Next scan
        </button>
      </div>
    </div>
  );
}

const inks: Record<OutcomeTone, { ground: string; frame: string }> = {
  yes: { ground: "bg-ok text-ok-ink", frame: "border-ok-ink" },
  kept: { ground: "bg-wait text-wait-ink", frame: "border-wait-ink" },
  look: { ground: "bg-wait text-wait-ink", frame: "border-wait-ink" },
  no: { ground: "bg-no text-no-ink", frame: "border-no-ink" },
};
