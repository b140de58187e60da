import type { DeviceId } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { actWords } from "../desks/words.ts";
import { ActDialog } from "../flags/act-dialog.tsx";
import { words } from "./words.ts";

interface BlockDeskProps {
  deviceId: string;
  name: string;
  onClose: () => void;
}

/** Blocks the desk of an alert, after saying what that means. */
export function BlockDesk({ deviceId, name, onClose }: BlockDeskProps) {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.device.act.useMutation();
  const { title, what } = actWords.block;

  const send = async (because: string) => {
    const { kind } = await mutateAsync({ deviceId: deviceId as DeviceId, act: "block", because });
    await utils.device.list.invalidate();
    return kind === "done" ? null : words.gone;
  };

  return (
    <ActDialog title={title(name)} submit={words.blockDesk} look="danger" act={send} onClose={onClose}>
      {what.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </ActDialog>
  );
}
