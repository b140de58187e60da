import { Button, Field } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Link } from "react-router";
import { Alert } from "./alert.tsx";
import { askForReset } from "./auth.ts";
import { Doorway } from "./doorway.tsx";
import type { SignInProblem } from "./sign-in-problem.ts";
import { problems, words as signInWords, forgottenWords as words } from "./words.ts";

/** Asks for a letter with a link. The answer is the same for every address. */
export function Forgotten() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const { register, handleSubmit, formState } = useForm<{ email: string }>();

  const send = async ({ email }: { email: string }) => {
    const found = await askForReset(email.trim());
    setProblem(found);
    if (!found) setSentTo(email.trim());
  };

  return (
    <Doorway title={words.title} lead={sentTo ? undefined : words.lead}>
      {sentTo ? (
        <div role="status" className="grid gap-3">
          <p className="[overflow-wrap:anywhere]">{words.sent(sentTo)}</p>
          <p className="text-sm text-ink-soft">{words.nothing}</p>
        </div>
      ) : (
        <form noValidate onSubmit={handleSubmit(send)} className="grid gap-4">
          <Field
            {...register("email", { required: signInWords.emailMissing })}
            label={signInWords.email}
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            error={formState.errors.email?.message}
          />
          <Alert text={problem && (problem === "wrong" ? signInWords.emailMissing : problems[problem])} />
          <Button type="submit" look="primary" size="large" busy={formState.isSubmitting}>
            {words.submit}
          </Button>
        </form>
      )}
      <Link to="/" className="mt-4 inline-flex min-h-11 items-center text-sm underline underline-offset-4">
        {signInWords.backToSignIn}
      </Link>
    </Doorway>
  );
}
