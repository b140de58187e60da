import { type FlagApproval, flagRefusals } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";
import { Button, shortMoment } from "@tessera/ui";
import { usePerson } from "../../app/person.ts";
import { failureWords } from "../../common/failure-words.ts";
import { useSpeech } from "../../common/use-speech.ts";
import { Note } from "../controls/note.tsx";
import { words } from "./words.ts";

/** A restore that was asked for: the other operator agrees or declines; who asked can only withdraw it. */
export function ApprovalNote({ approval }: { approval: FlagApproval }) {
  const { id, key, because, askedBy, askedByName, askedAt } = approval;
  const utils = trpc.useUtils();
  const speech = useSpeech();
  const isMine = askedBy === usePerson().memberId;
  const settle = trpc.flag.settle.useMutation({ onSuccess: () => utils.flag.invalidate() });
  const answer = (agrees: boolean) => settle.mutate({ approvalId: id, agrees });
  const when = shortMoment(askedAt, speech);
  const refused = settle.data?.kind === "refused" ? flagRefusals[settle.data.reason] : null;

  return (
    <Note tone="wait">
      <div className="grid gap-1">
        <p className="font-semibold">{isMine ? words.asksMine(key, when) : words.asks(askedByName, key, when)}</p>
        <p>{words.asksBecause(because)}</p>
        {isMine && <p>{flagRefusals.second_person}</p>}
      </div>
      <div className="flex flex-wrap gap-3">
        {!isMine && (
          <Button look="primary" busy={settle.isPending} onClick={() => answer(true)}>
            {words.agree}
          </Button>
        )}
        <Button busy={settle.isPending} onClick={() => answer(false)}>
          {isMine ? words.withdraw : words.decline}
        </Button>
      </div>
      <p role="alert" className="text-no empty:hidden">
        {settle.error ? failureWords(settle.error) : refused}
      </p>
    </Note>
  );
}
