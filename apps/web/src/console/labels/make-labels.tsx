import { MOST_LABELS } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { makeWords as words } from "./words.ts";

/** The usual sheet holds so many. */
const A_SHEET = "21";

/** How many labels the next batch has. */
export function MakeLabels({ onClose }: { onClose: () => void }) {
  const utils = trpc.useUtils();
  const make = trpc.label.makeBatch.useMutation();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { count: A_SHEET } });

  const send = async ({ count }: { count: string }) => {
    const problem = await make.mutateAsync({ count: Number(count) }).then(
      () => null,
      (error: FailedCall | Error) => failureWords(error),
    );
    await utils.label.invalidate();
    if (problem === null) onClose();
    else setError("root", { message: problem });
  };

  return (
    <Dialog title={words.title} onClose={onClose}>
      <form noValidate onSubmit={handleSubmit(send)} className="grid grid-cols-1 gap-5">
        <Field
          {...register("count", {
            validate: (count) =>
              (/^[1-9]\d{0,2}$/.test(count.trim()) && Number(count) <= MOST_LABELS) || words.countWrong,
          })}
          label={words.count}
          hint={words.countHint}
          inputMode="numeric"
          autoComplete="off"
          error={formState.errors.count?.message}
        />
        <DialogFoot problem={formState.errors.root?.message} onClose={onClose}>
          <Button type="submit" look="primary" busy={formState.isSubmitting}>
            {words.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
