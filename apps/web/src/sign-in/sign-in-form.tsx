import { Button, Field } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { Credentials } from "./auth.ts";
import type { SignInProblem } from "./sign-in-problem.ts";
import { problems, words } from "./words.ts";

interface SignInFormProps {
  onSubmit: (credentials: Credentials) => Promise<void>;
  problem: SignInProblem | null;
}

/** What was typed stays, whatever the answer. */
export function SignInForm({ onSubmit, problem }: SignInFormProps) {
  const [isShown, setShown] = useState(false);
  const { register, handleSubmit, formState } = useForm<Credentials>();
  const { errors, isSubmitting } = formState;

  return (
    <form noValidate onSubmit={handleSubmit(onSubmit)} className="grid gap-4">
      <Field
        {...register("email", { required: words.emailMissing })}
        label={words.email}
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.email?.message}
      />
      <Field
        {...register("password", { required: words.passwordMissing })}
        label={words.password}
        type={isShown ? "text" : "password"}
        autoComplete="current-password"
        error={errors.password?.message}
      />
      <label className="flex min-h-11 items-center gap-2.5 text-sm">
        <input type="checkbox" checked={isShown} onChange={() => setShown(!isShown)} className="size-5" />
        {words.showPassword}
      </label>
      <div role="alert" className="empty:-mt-4">
        {problem && (
          <p className="rounded-control bg-no-wash px-4 py-3 text-sm font-medium text-no">{problems[problem]}</p>
        )}
      </div>
      <Button type="submit" look="primary" size="large" busy={isSubmitting}>
        {isSubmitting ? words.working : words.submit}
      </Button>
    </form>
  );
}
