import { age } from "./moments.ts";
import { useNow } from "./use-now.ts";

/** As `useConnection()` of the SDK tells it. */
export interface LiveBadgeProps {
  state: "connecting" | "live" | "polling" | "offline";
  /** Since when it has been so; null before the first word. */
  since: Date | null;
  locale: string;
}

/** Whether what one sees is fresh: a dot, a word and, when it is not, for how long. */
export function LiveBadge({ state, since, locale }: LiveBadgeProps) {
  const now = useNow(state === "offline" ? 5_000 : 60_000);
  const { word, colour, dot } = states[state];

  return (
    <p className={`flex items-center gap-2 text-xs font-medium ${colour}`}>
      <svg viewBox="0 0 12 12" aria-hidden className="size-3 shrink-0">
        {dot}
      </svg>
      <span>
        {word}
        {state === "offline" && since && (
          <span className="text-ink-soft">, last news {age(since, { locale, now })}</span>
        )}
      </span>
    </p>
  );
}

const states = {
  live: { word: "Live", colour: "text-ok", dot: <circle cx="6" cy="6" r="5" fill="currentColor" /> },
  polling: {
    word: "Live, a little slower",
    colour: "text-ok",
    dot: (
      <>
        <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <circle cx="6" cy="6" r="2.25" fill="currentColor" />
      </>
    ),
  },
  connecting: {
    word: "Connecting…",
    colour: "text-wait-word",
    dot: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" className="animate-breathe" />,
  },
  offline: {
    word: "Offline",
    colour: "text-no",
    dot: <path d="M1.5 1.5 10.5 10.5M10.5 1.5 1.5 10.5" stroke="currentColor" strokeWidth="2.5" />,
  },
};
