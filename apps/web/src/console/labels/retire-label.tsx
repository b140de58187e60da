import { labelRefusals, type ThingLabel } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { retireWords as words } from "./words.ts";

/** Says what it means, and takes the label out of use. */
export function RetireLabel({ label: { id, name }, onClose }: { label: ThingLabel; onClose: () => void }) {
  const utils = trpc.useUtils();
  const retire = trpc.label.retire.useMutation();
  const [problem, setProblem] = useState<string | null>(null);

  const act = async () => {
    const refused = await retire.mutateAsync({ labelId: id }).then(
      (outcome) => (outcome.kind === "done" ? null : labelRefusals[outcome.because].say),
      (error) => failureWords(error),
    );
    await utils.label.invalidate();
    if (refused === null) onClose();
    else setProblem(refused);
  };

  return (
    <Dialog title={words.title(name)} onClose={onClose}>
      <div className="grid grid-cols-1 gap-5">
        <p className="rounded-control bg-no-wash p-4 text-sm">{words.what}</p>
        <DialogFoot problem={problem} onClose={onClose}>
          <Button look="danger" busy={retire.isPending} onClick={() => void act()}>
            {words.submit}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}
