import type { AccountSession } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button } from "@tessera/ui";
import { ErrorNote } from "../common/error-note.tsx";
import { failureWords } from "../common/failure-words.ts";
import { Section } from "../common/section.tsx";
import { Skeleton } from "../common/skeleton.tsx";
import { locale } from "../common/use-speech.ts";
import { Alert } from "../sign-in/alert.tsx";
import { deviceWords } from "./device-words.ts";
import { sessionWords as words } from "./words.ts";

/** Every place where the person is signed in, and the way to end one or all. */
export function Sessions() {
  const utils = trpc.useUtils();
  const sessions = trpc.account.sessions.useQuery();
  const endOne = trpc.account.endSession.useMutation({ onSuccess: () => utils.account.sessions.invalidate() });
  const endAll = trpc.account.endSessions.useMutation({ onSuccess: () => window.location.assign("/") });
  const failed = endOne.error ?? endAll.error;

  return (
    <Section title={words.title}>
      {sessions.isPending && <Skeleton count={2} className="mb-2 h-16 rounded-card" label={words.loading} />}
      {sessions.isError && <ErrorNote error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className="mb-4 grid gap-px overflow-hidden rounded-card border border-line bg-line empty:hidden">
        {sessions.data?.map((session) => (
          <Place key={session.id} session={session} onEnd={() => endOne.mutate({ sessionId: session.id })} />
        ))}
      </ul>
      <Alert text={failed && failureWords(failed)} />
      <Button busy={endAll.isPending} onClick={() => endAll.mutate({ hereToo: true })}>
        {words.endAll}
      </Button>
    </Section>
  );
}

function Place({ session: { device, since, isHere }, onEnd }: { session: AccountSession; onEnd: () => void }) {
  const name = deviceWords(device) ?? words.unknown;
  const when = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(since));
  return (
    <li className="flex flex-wrap items-center gap-3 bg-surface p-4">
      <span className="grid min-w-0 grow">
        <span className="font-medium">{name}</span>
        <span className="text-sm text-ink-soft">{words.since(when)}</span>
      </span>
      {isHere ? (
        <span className="text-sm font-semibold text-ok">{words.here}</span>
      ) : (
        <Button look="quiet" onClick={onEnd} aria-label={words.endFor(name)}>
          {words.end}
        </Button>
      )}
    </li>
  );
}
