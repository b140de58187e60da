import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { useState } from "react";
import { Alert } from "./alert.tsx";
import { signOut } from "./auth.ts";
import { type SignInStep, SignInSteps } from "./sign-in-steps.tsx";
import { goIn, useJoin } from "./use-join.ts";
import { joinWords as words } from "./words.ts";

/** For who has an account: the one that was invited joins, signed in already or now. */
export function JoinAsYou({ token, email }: { token: string; email: string }) {
  const here = trpc.account.person.useQuery();
  const { join, isJoining } = useJoin();
  const [problem, setProblem] = useState<string | null>(null);
  const [step, setStep] = useState<SignInStep>("password");

  const joinNow = async () => {
    const refused = await join({ token });
    setProblem(refused);
    if (!refused) goIn();
  };

  if (!here.data) {
    return (
      <>
        <p className="mb-4">{words.signInFirst}</p>
        <SignInSteps email={email} step={step} onStep={setStep} onDone={joinNow} />
        <Alert text={problem} />
      </>
    );
  }
  if (here.data.email !== email) {
    return (
      <div className="grid justify-items-start gap-4">
        <p>{words.other(here.data.email)}</p>
        <Button onClick={() => void signOut().then(() => here.refetch())}>{words.signOut}</Button>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      <p>{words.asYou(here.data.name)}</p>
      <Alert text={problem} />
      <Button look="primary" size="large" busy={isJoining} onClick={() => void joinNow()}>
        {words.submit}
      </Button>
    </div>
  );
}
