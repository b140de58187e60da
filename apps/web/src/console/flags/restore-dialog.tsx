import type { FlagKey } from "@tessera/contracts";
import { flagRefusals } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";
import { ActDialog } from "./act-dialog.tsx";
import { about, words } from "./words.ts";

/** Puts a killed flag back to what it was, or asks a second operator to. The page shows which of the two it was. */
export function RestoreDialog({ flagKey, onClose }: { flagKey: FlagKey; onClose: () => void }) {
  const utils = trpc.useUtils();
  const restore = trpc.flag.restore.useMutation();

  return (
    <ActDialog
      title={words.restoreTitle(flagKey)}
      submit={words.restoreNow}
      act={async (because) => {
        const change = await restore.mutateAsync({ key: flagKey, because });
        await utils.flag.invalidate();
        return change.kind === "refused" ? flagRefusals[change.reason] : null;
      }}
      onClose={onClose}
    >
      <p>{about[flagKey].restore}</p>
      <p>{words.restoreAsks}</p>
    </ActDialog>
  );
}
