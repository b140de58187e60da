import { Button } from "@tessera/ui";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Alert } from "./alert.tsx";
import { knowsPasskeys, signInByPasskey } from "./auth.ts";
import type { SignInProblem } from "./sign-in-problem.ts";
import { problems, words } from "./words.ts";

/** Without a password, where the browser can. */
export function PasskeyDoor({ onDone }: { onDone: () => Promise<void> }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  if (!knowsPasskeys()) return null;

  const enter = async () => {
    setBusy(true);
    const found = await signInByPasskey();
    setBusy(false);
    // To the library every end without an answer is the same; nobody was wrong about a password here.
    setProblem(found === "wrong" ? "stopped" : found);
    if (!found) await onDone();
  };

  return (
    <div className="mt-2 grid gap-4">
      <Button busy={isBusy} onClick={() => void enter()} className="w-full">
        <KeyRound aria-hidden strokeWidth={1.75} className="size-5" />
        {words.byPasskey}
      </Button>
      <Alert text={problem && problems[problem]} />
    </div>
  );
}
