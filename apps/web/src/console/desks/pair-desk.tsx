import { trpc } from "@tessera/sdk/react";
import { Button, buttonClass, Field } from "@tessera/ui";
import { type FormEvent, useEffect, useState } from "react";
import { Link, useLocation } from "react-router";
import { Page } from "../../app/page.tsx";
import { failureWords } from "../../common/failure-words.ts";
import { Note } from "../controls/note.tsx";
import { ApproveDesk } from "./approve-desk.tsx";
import { isWhole, spelled } from "./user-code.ts";
import { pairWords } from "./words.ts";

/** Staff type the letters on a kiosk's screen, or come by its picture; they see what asks, and say yes or no. */
export function PairDesk() {
  const { hash } = useLocation();
  const [code, setCode] = useState(() => spelled(hash));
  const [error, setError] = useState<string | null>(null);
  const [settled, setSettled] = useState<string | null>(null);
  const look = trpc.device.request.useMutation();
  const found = look.data?.kind === "waiting" ? look.data : null;

  const lookUp = (wanted: string) => {
    if (!isWhole(wanted)) return setError(pairWords.codeWrong);
    setError(null);
    look.mutate({ userCode: wanted });
  };

  useEffect(() => {
    const come = spelled(hash);
    if (!isWhole(come)) return;
    setCode(come);
    setSettled(null);
    lookUp(come);
  }, [hash]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    lookUp(code);
  };
  const startOver = () => {
    setCode("");
    setSettled(null);
    look.reset();
  };
  const refused = look.data?.kind === "refused" ? pairWords.unknown : null;
  const problem = error ?? refused ?? (look.error ? failureWords(look.error) : undefined);

  return (
    <Page title={pairWords.title} back={{ to: "/console/desks", label: pairWords.back }} width="narrow">
      {settled && (
        <div className="grid justify-items-start gap-5">
          <Note>
            <p role="status">{settled}</p>
          </Note>
          <div className="flex flex-wrap gap-3">
            <Link to="/console/desks" className={buttonClass("primary")}>
              {pairWords.toDesks}
            </Link>
            <Button onClick={startOver}>{pairWords.another}</Button>
          </div>
        </div>
      )}
      {!settled && found && <ApproveDesk userCode={code} request={found} onSettled={setSettled} onGone={startOver} />}
      {!settled && !found && (
        <form noValidate onSubmit={submit} className="grid grid-cols-1 gap-5">
          <p>{pairWords.lead}</p>
          <Field
            label={pairWords.code}
            hint={pairWords.codeHint}
            error={problem}
            value={code}
            onChange={({ target }) => {
              setCode(spelled(target.value));
              setError(null);
              if (look.data) look.reset();
            }}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="[&>input]:text-2xl [&>input]:font-bold [&>input]:tracking-[0.15em]"
          />
          <Button type="submit" look="primary" busy={look.isPending} className="justify-self-start">
            {pairWords.look}
          </Button>
        </form>
      )}
    </Page>
  );
}
