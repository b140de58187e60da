import { guestRefusals, type Place } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { nameRules } from "./name-rules.ts";
import { words } from "./words.ts";

/** Another name; the label stays. */
export function RenamePlace({ place, onClose }: { place: Place; onClose: () => void }) {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.place.rename.useMutation();
  const { register, handleSubmit, formState, setError } = useForm({ defaultValues: { name: place.name } });

  const save = async ({ name }: { name: string }) => {
    const message = await mutateAsync({ placeId: place.id, name }).then(
      (outcome) => (outcome.kind === "done" ? null : guestRefusals[outcome.because].say),
      (error: FailedCall | Error) => failureWords(error),
    );
    await utils.place.list.invalidate();
    if (message === null) onClose();
    else setError("root", { message });
  };

  return (
    <Dialog title={words.renameTitle(place.name)} onClose={onClose}>
      <form noValidate onSubmit={handleSubmit(save)} className="grid grid-cols-1 gap-5">
        <Field
          {...register("name", nameRules)}
          label={words.name}
          hint={words.nameHint}
          autoComplete="off"
          error={formState.errors.name?.message}
        />
        <DialogFoot problem={formState.errors.root?.message} onClose={onClose}>
          <Button type="submit" look="primary" busy={formState.isSubmitting}>
            {words.change}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
