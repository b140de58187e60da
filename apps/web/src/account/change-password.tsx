import { Button } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Section } from "../common/section.tsx";
import { Alert } from "../sign-in/alert.tsx";
import { changePassword } from "../sign-in/auth.ts";
import { newPasswordHint, newPasswordRules, PasswordField } from "../sign-in/password-field.tsx";
import type { SignInProblem } from "../sign-in/sign-in-problem.ts";
import { problems } from "../sign-in/words.ts";
import { Done } from "./done.tsx";
import { words } from "./words.ts";

interface Passwords {
  currentPassword: string;
  newPassword: string;
}

export function ChangePassword() {
  const [answer, setAnswer] = useState<SignInProblem | "done" | null>(null);
  const { register, handleSubmit, formState, reset } = useForm<Passwords>();
  const { errors, isSubmitting } = formState;

  const send = async (passwords: Passwords) => {
    const problem = await changePassword(passwords);
    setAnswer(problem ?? "done");
    if (!problem) reset();
  };

  return (
    <Section title={words.password}>
      <form noValidate onSubmit={handleSubmit(send)} className="grid gap-4">
        <PasswordField
          {...register("currentPassword", { required: words.passwordMissing })}
          label={words.currentPassword}
          error={errors.currentPassword?.message}
        />
        <PasswordField
          {...register("newPassword", newPasswordRules)}
          label={words.newPassword}
          hint={newPasswordHint}
          autoComplete="new-password"
          error={errors.newPassword?.message}
        />
        <Alert text={answer && answer !== "done" && problems[answer] ? problems[answer] : null} />
        <Button type="submit" busy={isSubmitting} className="justify-self-start">
          {words.passwordSave}
        </Button>
        <Done text={answer === "done" ? words.passwordSaved : null} />
      </form>
    </Section>
  );
}
