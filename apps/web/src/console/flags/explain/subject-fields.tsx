import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { isTenantId, type SubjectForm, subjectParts } from "./subject.ts";
import { words } from "./words.ts";

/** For whom, by ids. Only the tenant has to be named. */
export function SubjectFields({ form, onShow }: { form: SubjectForm; onShow: (form: SubjectForm) => void }) {
  const { register, handleSubmit, formState } = useForm<SubjectForm>({ defaultValues: form });
  const { errors } = formState;
  return (
    <form noValidate onSubmit={handleSubmit(onShow)} className="grid grid-cols-1 gap-4">
      {subjectParts.map((part) => (
        <Field
          key={part}
          {...register(part, {
            maxLength: 200,
            ...(part === "tenant" && { validate: (text: string) => isTenantId(text) || words.tenantWrong }),
          })}
          label={words[part]}
          hint={part === "tenant" ? undefined : words.optional}
          error={errors[part]?.message}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      ))}
      <Button type="submit" look="primary" className="justify-self-start">
        {words.explain}
      </Button>
    </form>
  );
}
