import { trpc } from "@tessera/sdk/react";
import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { failureWords } from "../common/failure-words.ts";
import { Section } from "../common/section.tsx";
import { Done } from "./done.tsx";
import { words } from "./words.ts";

export function MyName({ name }: { name: string }) {
  const utils = trpc.useUtils();
  const rename = trpc.account.rename.useMutation({ onSuccess: () => utils.account.invalidate() });
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name } });

  return (
    <Section title={words.name}>
      <form noValidate onSubmit={handleSubmit((given) => rename.mutate(given))} className="grid gap-4">
        <Field
          {...register("name", {
            validate: (given) => given.trim() !== "" || words.nameMissing,
            maxLength: { value: 80, message: words.nameMissing },
          })}
          label={words.name}
          hint={words.nameHint}
          autoComplete="name"
          error={formState.errors.name?.message ?? (rename.error ? failureWords(rename.error) : undefined)}
        />
        <Button type="submit" busy={rename.isPending} className="justify-self-start">
          {words.save}
        </Button>
        <Done text={rename.isSuccess ? words.saved : null} />
      </form>
    </Section>
  );
}
