import type { Desk } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { DeskFields, type DeskForm, formOf, scopesIn } from "./desk-fields.tsx";
import { words } from "./words.ts";

/** Another name, or other things that it may do. */
export function ChangeDesk({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.device.change.useMutation();
  const { register, handleSubmit, formState, setError } = useForm<DeskForm>({
    defaultValues: formOf(desk.name, desk.scopes),
  });

  const save = async (form: DeskForm) => {
    const wanted = { deviceId: desk.deviceId, name: form.name.trim(), scopes: scopesIn(form) };
    const message = await mutateAsync(wanted).then(
      ({ kind }) => (kind === "done" ? null : words.notPossible),
      (error: FailedCall | Error) => failureWords(error),
    );
    await utils.device.list.invalidate();
    if (message === null) onClose();
    else setError("root", { message });
  };

  return (
    <Dialog title={words.editTitle(desk.name)} onClose={onClose}>
      <form noValidate onSubmit={handleSubmit(save)} className="grid grid-cols-1 gap-5">
        <DeskFields register={register} formState={formState} />
        <DialogFoot problem={formState.errors.root?.message} onClose={onClose}>
          <Button type="submit" look="primary" busy={formState.isSubmitting}>
            {words.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
