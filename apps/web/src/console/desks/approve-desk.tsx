import { deskScopes, type PairingRequest } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { age, Button } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { useSpeech } from "../../common/use-speech.ts";
import { Note } from "../controls/note.tsx";
import { DeskFields, type DeskForm, formOf, scopesIn } from "./desk-fields.tsx";
import { pairWords } from "./words.ts";

interface ApproveDeskProps {
  userCode: string;
  request: Extract<PairingRequest, { kind: "waiting" }>;
  /** @param words How it ended. */
  onSettled: (words: string) => void;
  /** It does not wait any more. */
  onGone: () => void;
}

/** What asks to become a desk, to compare with the screen; its name, what it may do, yes or no. */
export function ApproveDesk({ userCode, request, onSettled, onGone }: ApproveDeskProps) {
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const approve = trpc.device.approve.useMutation();
  const deny = trpc.device.deny.useMutation();
  const { register, handleSubmit, formState, setError } = useForm<DeskForm>({ defaultValues: formOf("", deskScopes) });

  const settle = async (answer: Promise<{ kind: string }>, words: string) => {
    const kind = await answer.then(
      (outcome) => outcome.kind,
      (error: FailedCall | Error) => void setError("root", { message: failureWords(error) }),
    );
    if (kind === "refused") onGone();
    else if (kind) onSettled(words);
    await utils.device.list.invalidate();
  };
  const yes = (form: DeskForm) => {
    const name = form.name.trim();
    return settle(approve.mutateAsync({ userCode, name, scopes: scopesIn(form) }), pairWords.approved(name));
  };

  return (
    <form noValidate onSubmit={handleSubmit(yes)} className="grid grid-cols-1 gap-6">
      <section
        aria-label={pairWords.asks}
        className="grid grid-cols-1 gap-3 rounded-card border border-line bg-surface p-5"
      >
        <p className="text-2xl font-bold tracking-[0.15em]">{userCode}</p>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          <dt className="text-ink-soft">{pairWords.browser}</dt>
          <dd>{request.browser}</dd>
          <dt className="text-ink-soft">{pairWords.askedAt}</dt>
          <dd>{age(new Date(request.askedAt), speech)}</dd>
        </dl>
      </section>
      <Note tone="wait">{pairWords.compare}</Note>
      <DeskFields register={register} formState={formState} />
      <p role="alert" className="text-sm text-no empty:hidden">
        {formState.errors.root?.message}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" busy={formState.isSubmitting}>
          {pairWords.approve}
        </Button>
        <Button busy={deny.isPending} onClick={() => void settle(deny.mutateAsync({ userCode }), pairWords.denied)}>
          {pairWords.deny}
        </Button>
      </div>
    </form>
  );
}
