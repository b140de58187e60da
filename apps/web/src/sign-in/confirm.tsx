import { peopleRefusals } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { buttonClass } from "@tessera/ui";
import { useEffect } from "react";
import { failureWords } from "../common/failure-words.ts";
import { Alert } from "./alert.tsx";
import { Doorway } from "./doorway.tsx";
import { useLinkToken } from "./link-token.ts";
import { confirmWords as words } from "./words.ts";

/** Where the link of a letter leads that asks whether an address is somebody's own. */
export function Confirm() {
  const token = useLinkToken();
  const { mutate, data, error } = trpc.account.confirmEmail.useMutation();
  useEffect(() => mutate({ token }), [mutate, token]);

  const refusal = data?.kind === "refused" ? peopleRefusals[data.because] : null;
  return (
    <Doorway title={words.title}>
      <p role="status">{data?.kind === "done" ? words.done : !data && !error && words.working}</p>
      <Alert text={refusal ? `${refusal.say} ${refusal.next}` : error && failureWords(error)} />
      <a href="/" className={`mt-6 ${buttonClass("primary")}`}>
        {words.on}
      </a>
    </Doorway>
  );
}
