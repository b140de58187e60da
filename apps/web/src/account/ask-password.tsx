import { Button, type ButtonLook } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Alert } from "../sign-in/alert.tsx";
import { PasswordField } from "../sign-in/password-field.tsx";
import { words } from "./words.ts";

interface AskPasswordProps {
  label: string;
  submit: string;
  look?: ButtonLook;
  /** @returns What went wrong, in words; null when nothing did. */
  onPassword: (password: string) => Promise<string | null>;
}

/** One act that wants the password once more. */
export function AskPassword({ label, submit, look, onPassword }: AskPasswordProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<{ password: string }>();

  return (
    <form
      noValidate
      onSubmit={handleSubmit(async ({ password }) => setProblem(await onPassword(password)))}
      className="grid gap-3"
    >
      <PasswordField
        {...register("password", { required: words.passwordMissing })}
        label={label}
        error={formState.errors.password?.message}
      />
      <Alert text={problem} />
      <Button type="submit" {...(look ? { look } : {})} busy={formState.isSubmitting} className="justify-self-start">
        {submit}
      </Button>
    </form>
  );
}
