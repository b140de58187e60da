import { peopleRefusals, type ShownInvitation } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { useEffect } from "react";
import { Splash } from "../app/splash.tsx";
import { ErrorNote } from "../common/error-note.tsx";
import { Alert } from "./alert.tsx";
import { Doorway } from "./doorway.tsx";
import { JoinAsNew } from "./join-as-new.tsx";
import { JoinAsYou } from "./join-as-you.tsx";
import { useLinkToken } from "./link-token.ts";
import { joinWords as words } from "./words.ts";

/** Where the link of an invitation leads. */
export function Join() {
  const token = useLinkToken();
  const look = trpc.account.lookAtInvitation.useMutation();
  const here = trpc.account.person.useQuery();
  const { mutate, data: invitation } = look;
  useEffect(() => mutate({ token }), [mutate, token]);

  const failed = look.error ?? here.error;
  if (failed) {
    return (
      <Doorway title={words.broken}>
        <ErrorNote error={failed} onRetry={() => window.location.reload()} />
      </Doorway>
    );
  }
  if (!invitation || here.isPending) return <Splash />;
  if (invitation.kind === "refused") {
    const { say, next } = peopleRefusals[invitation.because];
    return (
      <Doorway title={words.broken}>
        <Alert text={`${say} ${next}`} />
      </Doorway>
    );
  }
  return (
    <Doorway title={words.title(invitation.tenant)} lead={words.lead(invitation.email)}>
      <Way token={token} invitation={invitation} />
    </Doorway>
  );
}

type OpenInvitation = Extract<ShownInvitation, { kind: "open" }>;

function Way({ token, invitation: { email, hasAccount } }: { token: string; invitation: OpenInvitation }) {
  return hasAccount ? <JoinAsYou token={token} email={email} /> : <JoinAsNew token={token} email={email} />;
}
