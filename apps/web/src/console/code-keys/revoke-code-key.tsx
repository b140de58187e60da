import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { words } from "./words.ts";

/** Ends a code key at once, after saying what that means. */
export function RevokeCodeKey({ keyId, onClose }: { keyId: number; onClose: () => void }) {
  const utils = trpc.useUtils();
  const revoke = trpc.key.revoke.useMutation({
    onSuccess: async ({ kind }) => {
      await utils.key.list.invalidate();
      if (kind === "revoked") onClose();
    },
  });
  const left = revoke.data?.kind === "left_alone" ? words.left : null;

  return (
    <Dialog title={words.revokeTitle(keyId)} onClose={onClose}>
      <div className="grid grid-cols-1 gap-5">
        <p className="rounded-control bg-no-wash p-4 text-sm">{words.revokeWhat}</p>
        <DialogFoot problem={revoke.error ? failureWords(revoke.error) : left} onClose={onClose}>
          <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate({ keyId })}>
            {words.revoke}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}
