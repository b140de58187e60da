import type { TenantMember } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { refusedBecause } from "./people-words.ts";
import { words } from "./words.ts";

/** Before somebody is removed: what will happen, and how to undo it. */
export function RemoveDialog({ member: { id, name }, onClose }: { member: TenantMember; onClose: () => void }) {
  const utils = trpc.useUtils();
  const remove = trpc.member.remove.useMutation();
  const [problem, setProblem] = useState<string | null>(null);

  const removeNow = async () => {
    const refused = await refusedBecause(remove.mutateAsync({ memberId: id }));
    setProblem(refused);
    if (refused) return;
    onClose();
    await utils.member.list.invalidate();
  };

  return (
    <Dialog title={words.removeTitle(name)} onClose={onClose}>
      <div className="mb-5 grid gap-2 rounded-control bg-no-wash p-4 text-sm">
        <p className="font-medium">{words.removeWhat(name)}</p>
        <p>{words.removeUndo}</p>
      </div>
      <DialogFoot problem={problem} onClose={onClose}>
        <Button look="danger" busy={remove.isPending} onClick={() => void removeNow()}>
          {words.removeNow}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
