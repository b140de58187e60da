import { type Thing, thingRefusals } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { shortMoment } from "@tessera/ui";
import { useSpeech } from "../../common/use-speech.ts";
import { ActDialog } from "../flags/act-dialog.tsx";
import { words as listWords, retireWords as words } from "./words.ts";

/** Says what it means, asks why, and takes the thing out of use. */
export function RetireThing({ thing: { id, name }, onClose }: { thing: Thing; onClose: () => void }) {
  const utils = trpc.useUtils();
  const speech = useSpeech();
  const { mutateAsync } = trpc.resource.retire.useMutation();

  const retire = async (because: string) => {
    const outcome = await mutateAsync({ resourceId: id, because });
    await utils.resource.invalidate();
    if (outcome.kind === "done") return null;
    if (outcome.because === "still_out") return words.stillOut(outcome.holder, shortMoment(outcome.dueAt, speech));
    return thingRefusals[outcome.because].say;
  };

  return (
    <ActDialog title={words.title(name)} submit={listWords.retire} look="danger" act={retire} onClose={onClose}>
      {words.what.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </ActDialog>
  );
}
