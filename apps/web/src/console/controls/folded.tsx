import { ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";

interface FoldedProps {
  title: string;
  /** How much is inside, for who leaves it folded. */
  aside?: string | undefined;
  startsOpen?: boolean;
  /** Opens by itself when something inside has to be put right: nobody could see or reach it otherwise. */
  hasError?: boolean;
  children: ReactNode;
}

/** A part that most leave alone: its name and what is in it, and the rest at a press. */
export function Folded({ title, aside, startsOpen = false, hasError = false, children }: FoldedProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const details = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    if (!hasError || !details.current) return;
    // A box that was folded away could not take the focus when the form looked for the first wrong one.
    const wasFolded = !details.current.open;
    details.current.open = true;
    if (wasFolded) details.current.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [hasError]);

  return (
    <details
      ref={details}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="rounded-card border border-line bg-surface"
    >
      <summary className="flex min-h-13 list-none items-center gap-3 rounded-card px-4 py-2.5 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          strokeWidth={1.75}
          className={`size-5 shrink-0 transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
        <span className="grid min-w-0">
          <span className="font-semibold">{title}</span>
          {aside && <span className="text-sm text-ink-soft">{aside}</span>}
        </span>
      </summary>
      <div className="grid grid-cols-1 gap-5 px-4 pt-1 pb-5">{children}</div>
    </details>
  );
}
