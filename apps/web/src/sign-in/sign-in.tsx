import { Mark } from "@tessera/ui";
import { useEffect, useState } from "react";
import { type Credentials, signIn } from "./auth.ts";
import { DemoDoors } from "./demo-doors.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import type { SignInProblem } from "./sign-in-problem.ts";
import { Threshold } from "./threshold.tsx";
import { words } from "./words.ts";

/** The door of the house. A successful sign-in loads the page anew: every connection then starts as this person. */
export function SignIn() {
  const [problem, setProblem] = useState<SignInProblem | null>(null);

  useEffect(() => {
    document.title = `${words.title} · Tessera`;
  }, []);

  const enter = async (credentials: Credentials) => {
    setProblem(null);
    const found = await signIn(credentials);
    if (found) setProblem(found);
    else window.location.reload();
  };

  return (
    <div className="grid min-h-svh lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="lg:sticky lg:top-0 lg:h-svh">
        <Threshold />
      </div>
      <main className="mx-auto w-full max-w-md px-5 py-8 lg:max-w-lg lg:self-center lg:px-12">
        <div className="mb-8 flex items-center gap-3">
          <Mark size={36} />
          <p className="text-xl font-bold tracking-tight">Tessera</p>
        </div>
        <h1 className="text-2xl font-bold tracking-tight">{words.title}</h1>
        <p className="mt-1 mb-6 text-ink-soft">{words.lead}</p>
        <SignInForm onSubmit={enter} problem={problem} />
        <DemoDoors onEnter={enter} />
      </main>
    </div>
  );
}
