import { grants, type MemberInvitation } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, useNow } from "@tessera/ui";
import { useState } from "react";
import { usePerson } from "../../app/person.ts";
import { ErrorNote } from "../../common/error-note.tsx";
import { Section } from "../../common/section.tsx";
import { locale } from "../../common/use-speech.ts";
import { Alert } from "../../sign-in/alert.tsx";
import { refusedBecause } from "./people-words.ts";
import { inviteWords as words } from "./words.ts";

/** Who was asked and has not come yet. */
export function Invitations() {
  const invitations = trpc.member.invitations.useQuery();
  return (
    <Section title={words.open}>
      {invitations.isError && <ErrorNote error={invitations.error} onRetry={() => void invitations.refetch()} />}
      {invitations.data?.length === 0 && <p className="text-sm text-ink-soft">{words.none}</p>}
      <ul className="grid gap-px overflow-hidden rounded-card border border-line bg-line empty:hidden">
        {invitations.data?.map((invitation) => (
          <Invitation key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Section>
  );
}

function Invitation({ invitation: { id, email, role, invitedBy, expiresAt } }: { invitation: MemberInvitation }) {
  const me = usePerson();
  const utils = trpc.useUtils();
  const again = trpc.member.inviteAgain.useMutation();
  const revoke = trpc.member.uninvite.useMutation();
  const [problem, setProblem] = useState<string | null>(null);
  const [isSent, setSent] = useState(false);
  const hasEnded = Date.parse(expiresAt) <= useNow().getTime();
  const until = new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(expiresAt));

  const act = async (doing: Parameters<typeof refusedBecause>[0]) => {
    const refused = await refusedBecause(doing);
    setProblem(refused);
    await utils.member.invitations.invalidate();
    return refused === null;
  };

  return (
    <li className="grid gap-1 bg-surface p-4 text-sm">
      <p className="font-medium [overflow-wrap:anywhere]">{email}</p>
      <p className="text-ink-soft">{words.line(role, invitedBy)}</p>
      <p className={hasEnded ? "text-no" : "text-ink-soft"}>{hasEnded ? words.ended : words.until(until)}</p>
      {grants[me.role].includes(role) && (
        <div className="-mb-2 -ml-4 flex flex-wrap">
          <Button
            look="quiet"
            busy={again.isPending}
            aria-label={words.againFor(email)}
            onClick={() => void act(again.mutateAsync({ invitationId: id })).then(setSent)}
          >
            {words.again}
          </Button>
          <Button
            look="quiet"
            busy={revoke.isPending}
            aria-label={words.revokeFor(email)}
            onClick={() => void act(revoke.mutateAsync({ invitationId: id }))}
          >
            {words.revoke}
          </Button>
        </div>
      )}
      <p role="status" className="font-medium text-ok empty:hidden">
        {isSent && words.sentAgain(email)}
      </p>
      <Alert text={problem} />
    </li>
  );
}
