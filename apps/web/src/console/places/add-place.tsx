import { guestRefusals, type Place, type PlaceKind, placeKinds } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { Select } from "../controls/select.tsx";
import { nameRules } from "./name-rules.ts";
import { kindWords, words } from "./words.ts";

interface PlaceForm {
  name: string;
  kind: PlaceKind;
  zone: string;
}

/** A name, what it is, and where it belongs. It gets its label with that. */
export function AddPlace({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.place.create.useMutation();
  const { register, handleSubmit, formState, setError } = useForm<PlaceForm>({
    defaultValues: { name: "", kind: "room", zone: "" },
  });
  const zones = places.filter(({ kind }) => kind === "zone");

  const save = async ({ name, kind, zone }: PlaceForm) => {
    const message = await mutateAsync({ name, kind, parentId: zone || null, hours: null }).then(
      (outcome) => (outcome.kind === "done" ? null : guestRefusals[outcome.because].say),
      (error: FailedCall | Error) => failureWords(error),
    );
    await utils.place.list.invalidate();
    if (message === null) onClose();
    else setError("root", { message });
  };

  return (
    <Dialog title={words.addTitle} onClose={onClose}>
      <form noValidate onSubmit={handleSubmit(save)} className="grid grid-cols-1 gap-5">
        <Field
          {...register("name", nameRules)}
          label={words.name}
          hint={words.nameHint}
          autoComplete="off"
          error={formState.errors.name?.message}
        />
        <Select
          {...register("kind")}
          label={words.kind}
          choices={placeKinds.map((value) => ({ value, label: kindWords[value] }))}
        />
        {zones.length > 0 && (
          <Select
            {...register("zone")}
            label={words.zone}
            choices={[{ value: "", label: words.noZone }, ...zones.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        )}
        <DialogFoot problem={formState.errors.root?.message} onClose={onClose}>
          <Button type="submit" look="primary" busy={formState.isSubmitting}>
            {words.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
