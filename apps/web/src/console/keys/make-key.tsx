import { type ApiScope, apiScopes } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Dialog } from "../../common/dialog.tsx";
import { DialogFoot } from "../../common/dialog-foot.tsx";
import { type FailedCall, failureWords } from "../../common/failure-words.ts";
import { CheckBox } from "../controls/check-box.tsx";
import { Group } from "../controls/group.tsx";
import { Select } from "../controls/select.tsx";
import { STAY, TokenOnce } from "./token-once.tsx";
import { scopeWords, words } from "./words.ts";

interface KeyForm {
  name: string;
  scopes: ApiScope[];
  days: string;
}

const DAY_MS = 86_400_000;
const LIVES = [30, 90, 365];
const lives = [
  { value: "", label: words.never },
  ...LIVES.map((days) => ({ value: `${days}`, label: words.days(days) })),
];

/** Name, rights and end of a new key; then its token, once. */
export function MakeKey({ onClose }: { onClose: () => void }) {
  const utils = trpc.useUtils();
  const create = trpc.apiKey.create.useMutation();
  const { register, handleSubmit, formState, setError } = useForm<KeyForm>({
    defaultValues: { name: "", scopes: [], days: "90" },
  });
  const made = create.data && create.data.kind !== "left_alone" ? create.data : null;

  const make = async ({ name, scopes, days }: KeyForm) => {
    const expiresAt = days ? new Date(Date.now() + Number(days) * DAY_MS).toISOString() : null;
    await create.mutateAsync({ name: name.trim(), scopes, expiresAt }).then(
      () => utils.apiKey.invalidate(),
      (error: FailedCall | Error) => setError("root", { message: failureWords(error) }),
    );
  };

  return (
    <Dialog title={words.makeTitle} onClose={made ? STAY : onClose}>
      {made ? (
        <TokenOnce token={made.token} onDone={onClose} />
      ) : (
        <form noValidate onSubmit={handleSubmit(make)} className="grid grid-cols-1 gap-5">
          <Field
            {...register("name", {
              validate: (name) => name.trim() !== "" || words.nameMissing,
              maxLength: { value: 60, message: words.nameTooLong },
            })}
            label={words.name}
            hint={words.nameHint}
            autoComplete="off"
            error={formState.errors.name?.message}
          />
          <Group legend={words.scopes} className="gap-0">
            {apiScopes.map((scope) => (
              <CheckBox key={scope} {...register("scopes")} value={scope} label={scopeWords[scope]} hint={scope} />
            ))}
          </Group>
          <Select {...register("days")} label={words.expires} choices={lives} />
          <DialogFoot problem={formState.errors.root?.message} onClose={onClose}>
            <Button type="submit" look="primary" busy={formState.isSubmitting}>
              {words.submit}
            </Button>
          </DialogFoot>
        </form>
      )}
    </Dialog>
  );
}
