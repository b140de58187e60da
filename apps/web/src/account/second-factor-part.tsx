import { useState } from "react";
import { Section } from "../common/section.tsx";
import { type BegunFactor, beginFactor, endFactor } from "../sign-in/auth.ts";
import { problems } from "../sign-in/words.ts";
import { AskPassword } from "./ask-password.tsx";
import { FactorSetUp } from "./factor-set-up.tsx";
import { factorWords as words } from "./words.ts";

/** Turns the second factor on and off. Both are new sessions, so the page is loaded anew. */
export function SecondFactorPart({ isOn }: { isOn: boolean }) {
  const [begun, setBegun] = useState<BegunFactor | null>(null);

  const begin = async (password: string) => {
    const { data, problem } = await beginFactor(password);
    if (data) setBegun(data);
    return problem && problems[problem];
  };
  const end = async (password: string) => {
    const problem = await endFactor(password);
    if (!problem) window.location.reload();
    return problem && problems[problem];
  };

  return (
    <Section title={words.title}>
      <p className="mb-4 text-sm text-ink-soft">{isOn ? words.on : words.off}</p>
      {begun ? (
        <FactorSetUp begun={begun} />
      ) : isOn ? (
        <AskPassword key="end" label={words.password} submit={words.end} onPassword={end} />
      ) : (
        <AskPassword key="begin" label={words.password} submit={words.begin} onPassword={begin} />
      )}
    </Section>
  );
}
