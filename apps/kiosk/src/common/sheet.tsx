import { X } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A drawer over the desk. The browser keeps the focus inside, gives it back afterwards and closes on Escape. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the effects of what is inside: the field there takes the focus last.
  useLayoutEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      className="sheet m-auto mb-0 max-h-[96dvh] w-full max-w-[min(100%,60rem)] overflow-y-auto border-t-4 border-accent bg-paper p-gap text-ink backdrop:bg-tile-ink/60"
    >
      <div className="grid gap-gap">
        <div className="flex items-center justify-between gap-gap">
          <h2 className="text-desk font-bold">{title}</h2>
          <button
            type="button"
            aria-label="Close"
            className="grid size-target shrink-0 place-items-center rounded-control border border-edge bg-surface hover:border-ink"
            onClick={() => dialog.current?.close()}
          >
            <X strokeWidth={1.75} aria-hidden className="size-[45%]" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
