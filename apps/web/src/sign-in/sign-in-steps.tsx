import { type ReactNode, useState } from "react";
import { type Credentials, signIn } from "./auth.ts";
import { PasskeyDoor } from "./passkey-door.tsx";
import { SecondFactor } from "./second-factor.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import type { SignInProblem } from "./sign-in-problem.ts";

/** What is on the screen: the password, or the code after it. */
export type SignInStep = "password" | "second_factor";

interface SignInStepsProps {
  /** Where it is known whose account it has to be. */
  email?: string;
  step: SignInStep;
  onStep: (step: SignInStep) => void;
  /** Somebody is signed in. */
  onDone: () => Promise<void>;
  /** Below the first step. */
  children?: (enter: (credentials: Credentials) => Promise<void>) => ReactNode;
}

/** From nobody to somebody: by password and perhaps a code, or by passkey. */
export function SignInSteps({ email, step, onStep, onDone, children }: SignInStepsProps) {
  const [problem, setProblem] = useState<SignInProblem | null>(null);

  const enter = async (credentials: Credentials) => {
    setProblem(null);
    const found = await signIn(credentials);
    if (found === "second_factor") onStep(found);
    else if (found) setProblem(found);
    else await onDone();
  };

  if (step === "second_factor") return <SecondFactor onDone={onDone} />;
  return (
    <>
      <SignInForm email={email} onSubmit={enter} problem={problem} />
      <PasskeyDoor onDone={onDone} />
      {children?.(enter)}
    </>
  );
}
