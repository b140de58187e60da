import { Button } from "@tessera/ui";
import { useState } from "react";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";

interface ConfirmProps {
  title: string;
  /** What will happen. */
  text: string;
  submit: string;
  /** @returns What went wrong, in words; null when it was done. */
  act: () => Promise<string | null>;
  onClose: () => void;
}

/** Says what will happen before it does. */
export function Confirm({ title, text, submit, act, onClose }: ConfirmProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const send = async () => {
    setBusy(true);
    const told = await act();
    setBusy(false);
    if (told === null) onClose();
    else setProblem(told);
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <p className="mb-5">{text}</p>
      <DialogFoot problem={problem} onClose={onClose}>
        <Button look="primary" busy={isBusy} onClick={() => void send()}>
          {submit}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
