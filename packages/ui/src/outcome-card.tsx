import type { Outcome, OutcomeTone } from "./outcome.ts";
import { OutcomeShape } from "./outcome-shape.tsx";

interface OutcomeCardProps {
  outcome: Outcome;
  size: "phone" | "kiosk";
}

/**
 * The answer of a desk, told by colour, shape and word (and by `tones`). On a kiosk it fills its place and is read out at
 * once; on a phone the screen around it decides, by showing it inside a polite live region.
 */
export function OutcomeCard({ outcome, size }: OutcomeCardProps) {
  const { tone, word, subject, detail, next } = outcome;
  const { ground, cut } = inks[tone];
  const fit = sizes[size];

  return (
    <div role={size === "kiosk" ? "alert" : undefined} className={`${fit.card} ${ground} animate-settle`}>
      <OutcomeShape tone={tone} cut={cut} className={fit.shape} />
      <div className={fit.words}>
        <p className={fit.word}>{word}</p>
        {subject && <p className={fit.subject}>{subject}</p>}
        {detail && <p className={fit.detail}>{detail}</p>}
        {next && <p className={fit.next}>{next}</p>}
      </div>
    </div>
  );
}

const inks: Record<OutcomeTone, { ground: string; cut: string }> = {
  yes: { ground: "bg-ok text-ok-ink", cut: "stroke-ok" },
  kept: { ground: "bg-wait text-wait-ink", cut: "stroke-wait" },
  look: { ground: "bg-wait text-wait-ink", cut: "stroke-wait" },
  no: { ground: "bg-no text-no-ink", cut: "stroke-no" },
};

const sizes = {
  phone: {
    card: "flex flex-col items-center gap-6 rounded-tile px-6 py-12 text-center",
    shape: "size-28",
    words: "grid gap-2",
    word: "text-3xl font-bold",
    subject: "text-lg font-semibold",
    detail: "text-base",
    next: "text-sm",
  },
  kiosk: {
    card: "flex size-full flex-col items-center justify-center gap-[4vmin] p-[5vmin] text-center",
    shape: "size-[clamp(7rem,34vmin,30rem)]",
    words: "grid w-full justify-items-center gap-[1.5vmin] *:max-w-[28ch] *:text-balance",
    word: "text-[clamp(2.5rem,11vmin,9rem)] leading-none font-bold",
    subject: "text-[clamp(1.4rem,5vmin,4rem)] leading-tight font-semibold",
    detail: "text-[clamp(1.2rem,4vmin,3rem)] leading-tight",
    next: "text-[clamp(1.2rem,4vmin,3rem)] leading-tight font-semibold",
  },
} as const;
