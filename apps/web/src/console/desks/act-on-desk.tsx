import type { Desk, DeskAct } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { ActDialog } from "../flags/act-dialog.tsx";
import { actWords, words } from "./words.ts";

const DANGEROUS: readonly DeskAct[] = ["block", "wipe"];

/** Says what will happen, asks why, and does it. */
export function ActOnDesk({ desk, act, onClose }: { desk: Desk; act: DeskAct; onClose: () => void }) {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.device.act.useMutation();
  const { label, title, what } = actWords[act];

  const send = async (because: string) => {
    const outcome = await mutateAsync({ deviceId: desk.deviceId, act, because });
    await utils.device.list.invalidate();
    if (outcome.kind === "done") return null;
    return outcome.because === "not_found" ? words.gone : words.notPossible;
  };

  return (
    <ActDialog
      title={title(desk.name)}
      submit={label}
      look={DANGEROUS.includes(act) ? "danger" : "primary"}
      {...(act === "wipe" && { typed: desk.name })}
      act={send}
      onClose={onClose}
    >
      {what.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </ActDialog>
  );
}
