import { Button, Field, groupsOfFour, QrPicture } from "@tessera/ui";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Alert } from "../sign-in/alert.tsx";
import { type BegunFactor, giveCode } from "../sign-in/auth.ts";
import { problems } from "../sign-in/words.ts";
import { Done } from "./done.tsx";
import { factorWords as words } from "./words.ts";

/** Shows the app its secret and the person their backup codes; a first right code turns it on. */
export function FactorSetUp({ begun: { uri, backupCodes } }: { begun: BegunFactor }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isCopied, setCopied] = useState(false);
  const { register, handleSubmit, formState } = useForm<{ code: string }>();
  const secret = new URL(uri).searchParams.get("secret") ?? "";

  const turnOn = async ({ code }: { code: string }) => {
    const found = await giveCode(code.replace(/\s/g, ""));
    setProblem(found && problems[found]);
    if (!found) window.location.reload();
  };
  const copy = () => void navigator.clipboard.writeText(backupCodes.join("\n")).then(() => setCopied(true));

  return (
    <div className="grid grid-cols-1 gap-5 rounded-card border border-line bg-surface p-5">
      <p className="font-medium">{words.scan}</p>
      <QrPicture text={uri} label={words.picture} />
      <div className="text-sm">
        <p className="text-ink-soft">{words.byHand}</p>
        <p className="font-semibold tracking-wide [overflow-wrap:anywhere]">{groupsOfFour(secret).join(" ")}</p>
      </div>
      <p className="font-medium">{words.backup}</p>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-1 font-semibold tabular-nums">
        {backupCodes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button onClick={copy} className="justify-self-start">
        {words.copy}
      </Button>
      <Done text={isCopied ? words.copied : null} />
      <form noValidate onSubmit={handleSubmit(turnOn)} className="grid gap-4">
        <Field
          {...register("code", { required: words.codeMissing })}
          label={words.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          error={formState.errors.code?.message}
        />
        <Alert text={problem} />
        <Button type="submit" look="primary" busy={formState.isSubmitting} className="justify-self-start">
          {words.finish}
        </Button>
      </form>
    </div>
  );
}
