import type { Desk } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { failureWords } from "../../common/failure-words.ts";
import { Note } from "../controls/note.tsx";
import { words } from "./words.ts";

/** What a desk handed in does not fit. Staff look, and let it go on. */
export function QuarantineNote({ deviceId }: Pick<Desk, "deviceId">) {
  const utils = trpc.useUtils();
  const release = trpc.device.release.useMutation({ onSuccess: () => utils.device.list.invalidate() });

  return (
    <Note tone="wait">
      <p>{words.quarantined}</p>
      <Button busy={release.isPending} onClick={() => release.mutate({ deviceId })}>
        {words.release}
      </Button>
      <p role="alert" className="text-no empty:hidden">
        {release.error && failureWords(release.error)}
      </p>
    </Note>
  );
}
