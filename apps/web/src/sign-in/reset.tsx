import { Button, buttonClass } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Alert } from "./alert.tsx";
import { resetPassword } from "./auth.ts";
import { Doorway } from "./doorway.tsx";
import { useLinkToken } from "./link-token.ts";
import { newPasswordHint, newPasswordRules, PasswordField } from "./password-field.tsx";
import type { SignInProblem } from "./sign-in-problem.ts";
import { problems, resetWords as words } from "./words.ts";

/** Where the link of a reset letter leads. */
export function Reset() {
  const token = useLinkToken();
  const [isDone, setDone] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const { register, handleSubmit, formState } = useForm<{ password: string }>();

  const save = async ({ password }: { password: string }) => {
    const found = await resetPassword(token, password);
    setProblem(found);
    if (!found) setDone(true);
  };

  if (isDone) {
    return (
      <Doorway title={words.done}>
        <a href="/" className={buttonClass("primary", "large")}>
          {words.toSignIn}
        </a>
      </Doorway>
    );
  }
  return (
    <Doorway title={words.title} lead={token ? words.lead : words.noToken}>
      <form noValidate onSubmit={handleSubmit(save)} hidden={!token} className="grid gap-4">
        <PasswordField
          {...register("password", newPasswordRules)}
          label={words.password}
          hint={newPasswordHint}
          autoComplete="new-password"
          error={formState.errors.password?.message}
        />
        <Alert text={problem && problems[problem]} />
        <Button type="submit" look="primary" size="large" busy={formState.isSubmitting}>
          {words.submit}
        </Button>
      </form>
    </Doorway>
  );
}
