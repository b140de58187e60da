import { Button } from "@tessera/ui";
import type { ReactNode } from "react";

const words = { cancel: "Cancel" };

interface DialogFootProps {
  /** What went wrong; nothing while nothing did. */
  problem: string | null | undefined;
  onClose: () => void;
  /** The one button that does it. */
  children: ReactNode;
}

/** Below what a dialog asks: what went wrong, the way back, and the way on. */
export function DialogFoot({ problem, onClose, children }: DialogFootProps) {
  return (
    <>
      <p role="alert" className="text-sm text-no empty:hidden">
        {problem}
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>{words.cancel}</Button>
        {children}
      </div>
    </>
  );
}
