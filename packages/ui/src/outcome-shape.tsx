import type { OutcomeTone } from "./outcome.ts";

/** Each tone has a form of its own, so that it is told without its colour. Drawn in the current colour, cut out in `cut`. */
export function OutcomeShape({ tone, cut, className }: { tone: OutcomeTone; cut: string; className?: string }) {
  return (
    <svg viewBox="0 0 100 100" aria-hidden className={className}>
      <path d={outlines[tone]} fill="currentColor" />
      <path d={signs[tone]} fill="none" strokeWidth="10" strokeLinecap="square" className={cut} />
    </svg>
  );
}

const disc = "M50 2a48 48 0 1 1 0 96a48 48 0 1 1 0-96z";
const tick = "M29 52 44 67 72 37";

const outlines: Record<OutcomeTone, string> = {
  yes: disc,
  kept: disc,
  look: "M50 6 98 92H2z",
  no: "M31 3h38l28 28v38L69 97H31L3 69V31z",
};

const signs: Record<OutcomeTone, string> = {
  yes: tick,
  kept: tick,
  look: "M50 38V60M50 77V77.1",
  no: "M28 50H72",
};
