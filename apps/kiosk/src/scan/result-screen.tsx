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
  const first = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    first.current?.focus({ preventScroll: true });
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && onDismiss();
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [onDismiss]);

  const button = `min-h-target rounded-control border-2 px-[1.5em] text-desk font-semibold outline-offset-4 focus-visible:outline-current ${frames[outcome.tone]}`;
  return (
    <div className={`fixed inset-0 z-10 grid grid-rows-[minmax(0,1fr)_auto] ${grounds[outcome.tone]}`}>
      <OutcomeCard outcome={outcome} size="kiosk" />
      <div className="flex flex-wrap justify-center gap-gap p-gap">
        {onTryAgain && (
          <button ref={first} type="button" className={button} onClick={onTryAgain}>
            Try again
          </button>
        )}
        <button ref={onTryAgain ? undefined : first} type="button" className={button} onClick={onDismiss}>
          Next scan
        </button>
      </div>
    </div>
  );
}

const grounds: Record<OutcomeTone, string> = {
  yes: "bg-ok text-ok-ink",
  kept: "bg-wait text-wait-ink",
  look: "bg-wait text-wait-ink",
  no: "bg-no text-no-ink",
};

const frames: Record<OutcomeTone, string> = {
  yes: "border-ok-ink",
  kept: "border-wait-ink",
  look: "border-wait-ink",
  no: "border-no-ink",
};
