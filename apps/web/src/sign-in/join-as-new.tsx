import { Button, Field } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Alert } from "./alert.tsx";
import { signIn } from "./auth.ts";
import { newPasswordHint, newPasswordRules, PasswordField } from "./password-field.tsx";
import { goIn, useJoin } from "./use-join.ts";
import { words as signInWords, joinWords as words } from "./words.ts";

/** For who has no account yet: a name and a password, and they are in. */
export function JoinAsNew({ token, email }: { token: string; email: string }) {
  const { join } = useJoin();
  const [problem, setProblem] = useState<string | null>(null);
  const { register, handleSubmit, formState } = useForm<{ name: string; password: string }>();
  const { errors, isSubmitting } = formState;

  const send = async (account: { name: string; password: string }) => {
    const refused = await join({ token, account });
    setProblem(refused);
    if (refused) return;
    await signIn({ email, password: account.password }); // if it fails, the page asks for the password again
    goIn();
  };

  return (
    <form noValidate onSubmit={handleSubmit(send)} className="grid gap-4">
      <Field
        {...register("name", {
          validate: (name) => name.trim() !== "" || words.nameMissing,
          maxLength: { value: 80, message: words.nameMissing },
        })}
        label={words.name}
        hint={words.nameHint}
        autoComplete="name"
        error={errors.name?.message}
      />
      <input type="email" value={email} readOnly hidden autoComplete="username" aria-label={signInWords.email} />
      <PasswordField
        {...register("password", newPasswordRules)}
        label={words.password}
        hint={newPasswordHint}
        autoComplete="new-password"
        error={errors.password?.message}
      />
      <Alert text={problem} />
      <Button type="submit" look="primary" size="large" busy={isSubmitting}>
        {words.submit}
      </Button>
    </form>
  );
}
