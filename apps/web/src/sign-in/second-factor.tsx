import { Button, Field } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Alert } from "./alert.tsx";
import { giveBackupCode, giveCode } from "./auth.ts";
import type { SignInProblem } from "./sign-in-problem.ts";
import { problems, factorWords as words } from "./words.ts";

/** The second half of a sign-in: the app's code, or one of those that were written down. */
export function SecondFactor({ onDone }: { onDone: () => Promise<void> }) {
  const [hasApp, setHasApp] = useState(true);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const { register, handleSubmit, formState, reset } = useForm<{ code: string }>();
  const { errors, isSubmitting } = formState;

  const send = async ({ code }: { code: string }) => {
    const found = await (hasApp ? giveCode(code.replace(/\s/g, "")) : giveBackupCode(code.trim()));
    setProblem(found);
    if (!found) await onDone();
  };
  const change = () => {
    setHasApp(!hasApp);
    setProblem(null);
    reset();
  };

  return (
    <form noValidate onSubmit={handleSubmit(send)} className="grid gap-4">
      <Field
        key={hasApp ? "app" : "backup"}
        {...register("code", { required: hasApp ? words.codeMissing : words.backupMissing })}
        label={hasApp ? words.code : words.backupCode}
        hint={hasApp ? words.codeHint : words.backupHint}
        autoComplete="one-time-code"
        inputMode={hasApp ? "numeric" : "text"}
        autoCapitalize="none"
        spellCheck={false}
        error={errors.code?.message}
      />
      <Alert text={problem && problems[problem]} />
      <Button type="submit" look="primary" size="large" busy={isSubmitting}>
        {words.submit}
      </Button>
      <Button look="quiet" onClick={change} className="justify-self-start">
        {hasApp ? words.noApp : words.withApp}
      </Button>
    </form>
  );
}
