import { clockText } from "./moments.ts";

interface CountdownRingProps {
  secondsLeft: number;
  /** How many seconds the whole ring stands for. */
  of: number;
  /** What the time is left for: "Time left on this code". */
  label: string;
}

/** Time running out, as a ring and as words. A timer is not announced by itself: nobody wants to hear every second. */
export function CountdownRing({ secondsLeft, of, label }: CountdownRingProps) {
  const left = Math.max(0, Math.ceil(secondsLeft));
  const share = of > 0 ? Math.min(1, left / of) : 0;
  const colour = left <= 30 ? "stroke-wait" : "stroke-accent";

  return (
    <div role="timer" aria-label={label} aria-live="off" className="relative size-16 shrink-0">
      <svg viewBox="0 0 64 64" aria-hidden className="size-full -rotate-90">
        <circle cx="32" cy="32" r="28" fill="none" strokeWidth="5" className="stroke-line" />
        <circle
          cx="32"
          cy="32"
          r="28"
          fill="none"
          strokeWidth="5"
          pathLength="1"
          strokeDasharray={`${share} 1`}
          className={colour}
        />
      </svg>
      <span className="absolute inset-0 grid place-items-center text-sm font-semibold">{clockText(left)}</span>
    </div>
  );
}
