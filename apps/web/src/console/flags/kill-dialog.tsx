import type { FlagKey } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { ActDialog } from "./act-dialog.tsx";
import { about, words } from "./words.ts";

/** A dangerous act: what will happen, how to undo it, why, and the flag's name typed out. Nobody has to agree. */
export function KillDialog({ flagKey, onClose }: { flagKey: FlagKey; onClose: () => void }) {
  const utils = trpc.useUtils();
  const kill = trpc.flag.kill.useMutation();

  return (
    <ActDialog
      title={words.killTitle(flagKey)}
      submit={words.killNow}
      look="danger"
      typed={flagKey}
      act={async (because) => {
        await kill.mutateAsync({ key: flagKey, because });
        await utils.flag.invalidate();
        return null;
      }}
      onClose={onClose}
    >
      <p className="font-medium">{about[flagKey].kill}</p>
      <p>{about[flagKey].undo}</p>
    </ActDialog>
  );
}
