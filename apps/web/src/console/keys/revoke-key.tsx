import type { ApiKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { words } from "./words.ts";

/** Ends a key, after saying what that means. */
export function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const utils = trpc.useUtils();
  const revoke = trpc.apiKey.revoke.useMutation({
    onSuccess: async () => {
      await utils.apiKey.invalidate();
      onClose();
    },
  });

  return (
    <Dialog title={words.revokeTitle(apiKey.name)} onClose={onClose}>
      <div className="grid grid-cols-1 gap-5">
        <p className="rounded-control bg-no-wash p-4 text-sm">{words.revokeWhat}</p>
        <DialogFoot problem={revoke.error && failureWords(revoke.error)} onClose={onClose}>
          <Button look="danger" busy={revoke.isPending} onClick={() => revoke.mutate({ keyId: apiKey.id })}>
            {words.revoke}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}
