import type { Resource, ThingLine } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field, shortMoment } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { notDoneBecause } from "../lending-answer.ts";
import { loanLength } from "./loan-length.ts";
import { firstTimes, momentIn } from "./local-input.ts";

const words = {
  title: (name: string) => `Reserve ${name}`,
  from: "From",
  until: "Until",
  taken: "Taken already",
  mine: "yours",
  reserve: "Reserve",
  noTime: "Choose a day and a time.",
  past: "This has passed. Choose a later time.",
  backwards: "It ends before it begins. Choose a later end.",
};

interface Times {
  from: string;
  until: string;
}

/** A time to come, for oneself. */
export function ReserveDialog({ resource, line, onClose }: { resource: Resource; line: ThingLine; onClose(): void }) {
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const reserve = trpc.checkout.reserve.useMutation();
  const { register, handleSubmit, formState, setError, getValues } = useForm<Times>({
    defaultValues: firstTimes(speech.now, resource.availability.dueAt, line.loanMinutes),
  });

  const send = async ({ from, until }: Times) => {
    const times = { from: momentIn(from)?.toISOString() ?? "", until: momentIn(until)?.toISOString() ?? "" };
    const message = await notDoneBecause(reserve.mutateAsync({ resourceId: resource.id, ...times }), speech);
    await utils.checkout.invalidate();
    if (message === null) onClose();
    else setError("root", { message });
  };
  const isTime = (text: string) => momentIn(text) !== null || words.noTime;
  const isToCome = (text: string) => (momentIn(text)?.getTime() ?? 0) > Date.now() - 60_000 || words.past;
  const isAfter = (text: string) => text > getValues("from") || words.backwards;

  return (
    <Dialog title={words.title(resource.name)} onClose={onClose}>
      <form noValidate onSubmit={handleSubmit(send)} className="grid grid-cols-1 gap-5">
        <Field
          {...register("from", { validate: { isTime, isToCome } })}
          type="datetime-local"
          label={words.from}
          error={formState.errors.from?.message}
        />
        <Field
          {...register("until", { validate: { isTime, isAfter } })}
          type="datetime-local"
          label={words.until}
          hint={loanLength(line.loanMinutes)}
          error={formState.errors.until?.message}
        />
        {line.taken.length > 0 && (
          <div>
            <h3 className="mb-1 text-sm font-semibold">{words.taken}</h3>
            <ul className="grid max-h-40 gap-1 overflow-y-auto text-sm text-ink-soft tabular-nums">
              {line.taken.map(({ from, until, isMine }) => (
                <li key={from}>
                  {shortMoment(from, speech)} – {shortMoment(until, speech)}
                  {isMine && ` (${words.mine})`}
                </li>
              ))}
            </ul>
          </div>
        )}
        <DialogFoot problem={formState.errors.root?.message} onClose={onClose}>
          <Button type="submit" look="primary" busy={formState.isSubmitting}>
            {words.reserve}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
