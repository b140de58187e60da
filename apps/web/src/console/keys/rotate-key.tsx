import type { ApiKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { Select } from "../controls/select.tsx";
import { STAY, TokenOnce } from "./token-once.tsx";
import { words } from "./words.ts";

const graces = Object.entries(words.graces).map(([value, label]) => ({ value, label }));

/** Another token for a key; programs that still have the one before get some time. */
export function RotateKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const utils = trpc.useUtils();
  const [hours, setHours] = useState("1");
  const rotate = trpc.apiKey.rotate.useMutation({ onSuccess: () => utils.apiKey.invalidate() });
  const made = rotate.data && rotate.data.kind !== "left_alone" ? rotate.data : null;
  const problem = rotate.data?.kind === "left_alone" ? words.left : rotate.error && failureWords(rotate.error);

  return (
    <Dialog title={words.rotateTitle(apiKey.name)} onClose={made ? STAY : onClose}>
      {made ? (
        <TokenOnce token={made.token} onDone={onClose} />
      ) : (
        <div className="grid grid-cols-1 gap-5">
          <Select
            label={words.grace}
            choices={graces}
            value={hours}
            onChange={({ target }) => setHours(target.value)}
          />
          <DialogFoot problem={problem} onClose={onClose}>
            <Button
              look="primary"
              busy={rotate.isPending}
              onClick={() => rotate.mutate({ keyId: apiKey.id, graceHours: Number(hours) })}
            >
              {words.rotate}
            </Button>
          </DialogFoot>
        </div>
      )}
    </Dialog>
  );
}
