import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface FoldedProps {
  title: string;
  /** How much is inside, for who leaves it folded. */
  aside?: string | undefined;
  isOpen?: boolean;
  children: ReactNode;
}

/** A part that most leave alone: its name and what is in it, and the rest at a press. */
export function Folded({ title, aside, isOpen = false, children }: FoldedProps) {
  return (
    <details open={isOpen} className="group rounded-card border border-line bg-surface">
      <summary className="flex min-h-13 list-none items-center gap-3 rounded-card px-4 py-2.5 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          strokeWidth={1.75}
          className="size-5 shrink-0 transition-transform group-open:rotate-90"
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
