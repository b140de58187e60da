import { Button, Field } from "@tessera/ui";
import { useForm } from "react-hook-form";
import { Link } from "react-router";
import { Alert } from "./alert.tsx";
import type { Credentials } from "./auth.ts";
import { PasswordField } from "./password-field.tsx";
import type { SignInProblem } from "./sign-in-problem.ts";
import { problems, words } from "./words.ts";

interface SignInFormProps {
  /** Where it is known whose account it has to be. */
  email?: string | undefined;
  onSubmit: (credentials: Credentials) => Promise<void>;
  problem: SignInProblem | null;
}

/** What was typed stays, whatever the answer. */
export function SignInForm({ email = "", onSubmit, problem }: SignInFormProps) {
  const { register, handleSubmit, formState } = useForm<Credentials>({ defaultValues: { email } });
  const { errors, isSubmitting } = formState;

  return (
    <form noValidate onSubmit={handleSubmit(onSubmit)} className="grid gap-4">
      <Field
        {...register("email", { required: words.emailMissing })}
        label={words.email}
        type="email"
        readOnly={email !== ""}
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.email?.message}
      />
      <PasswordField
        {...register("password", { required: words.passwordMissing })}
        label={words.password}
        error={errors.password?.message}
      />
      <Alert text={problem && problems[problem]} />
      <Button type="submit" look="primary" size="large" busy={isSubmitting}>
        {isSubmitting ? words.working : words.submit}
      </Button>
      <Link
        to="/forgotten"
        className="inline-flex min-h-11 items-center justify-self-start text-sm underline underline-offset-4"
      >
        {words.forgotten}
      </Link>
    </form>
  );
}
