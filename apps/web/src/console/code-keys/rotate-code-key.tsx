import { trpc } from "@tessera/sdk/react";
import { Button, shortMoment } from "@tessera/ui";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { useSpeech } from "../../common/use-speech.ts";
import { Note } from "../controls/note.tsx";
import { words } from "./words.ts";

interface RotateCodeKeyProps {
  /** The key that signs now. */
  from: number;
  /** @param words How it ended. */
  onRotated: (words: string) => void;
  onClose: () => void;
}

/** Lets the next key sign. Where desks may not know it yet, it says so first, and asks again. */
export function RotateCodeKey({ from, onRotated, onClose }: RotateCodeKeyProps) {
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const rotate = trpc.key.rotate.useMutation({
    onSuccess: async (outcome) => {
      if (outcome.kind === "left_alone" && outcome.reason === "too_early") return;
      await utils.key.list.invalidate();
      onRotated(outcome.kind === "rotated" ? words.rotated : words.moved);
    },
  });
  const early = rotate.data?.kind === "left_alone" && rotate.data.reason === "too_early" ? rotate.data : null;

  return (
    <Dialog title={words.rotateTitle} onClose={onClose}>
      <div className="grid grid-cols-1 gap-5">
        <p className="text-sm">{words.rotateWhat}</p>
        {early && <Note tone="wait">{words.tooEarly(shortMoment(early.readyAt, speech))}</Note>}
        <DialogFoot problem={rotate.error && failureWords(rotate.error)} onClose={onClose}>
          <Button
            look={early ? "danger" : "primary"}
            busy={rotate.isPending}
            onClick={() => rotate.mutate({ from, forced: early !== null })}
          >
            {early ? words.anyway : words.rotate}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  );
}
