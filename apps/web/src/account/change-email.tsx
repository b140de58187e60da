import { Button, Field } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Section } from "../common/section.tsx";
import { Alert } from "../sign-in/alert.tsx";
import { changeEmail } from "../sign-in/auth.ts";
import type { SignInProblem } from "../sign-in/sign-in-problem.ts";
import { problems } from "../sign-in/words.ts";
import { Done } from "./done.tsx";
import { words } from "./words.ts";

/** Both addresses are asked by letter. Whether another account has the new one is not told. */
export function ChangeEmail({ email }: { email: string }) {
  const [answer, setAnswer] = useState<SignInProblem | "done" | null>(null);
  const { register, handleSubmit, formState, reset } = useForm<{ email: string }>();

  const send = async (given: { email: string }) => {
    const problem = await changeEmail(given.email.trim());
    setAnswer(problem ?? "done");
    if (!problem) reset();
  };
  const wrong = answer === "wrong" ? words.emailMissing : answer && answer !== "done" ? problems[answer] : null;

  return (
    <Section title={words.email}>
      <form noValidate onSubmit={handleSubmit(send)} className="grid gap-4">
        <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">{words.emailNow(email)}</p>
        <Field
          {...register("email", { required: words.emailMissing })}
          label={words.newEmail}
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          error={formState.errors.email?.message}
        />
        <Alert text={wrong} />
        <Button type="submit" busy={formState.isSubmitting} className="justify-self-start">
          {words.emailSend}
        </Button>
        <Done text={answer === "done" ? words.emailSent : null} />
      </form>
    </Section>
  );
}
