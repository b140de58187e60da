import { useState } from "react";
import { DemoDoors } from "./demo-doors.tsx";
import { Doorway } from "./doorway.tsx";
import { type SignInStep, SignInSteps } from "./sign-in-steps.tsx";
import { factorWords, words } from "./words.ts";

/** A successful sign-in loads the page anew: every connection then starts as this person. */
const comeIn = async () => window.location.reload();

/** The door of the house. */
export function SignIn() {
  const [step, setStep] = useState<SignInStep>("password");
  const { title, lead } = step === "password" ? words : factorWords;

  return (
    <Doorway title={title} lead={lead}>
      <SignInSteps step={step} onStep={setStep} onDone={comeIn}>
        {(enter) => <DemoDoors onEnter={enter} />}
      </SignInSteps>
    </Doorway>
  );
}
