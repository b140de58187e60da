import type { GuestPlace, RequestKind } from "@tessera/contracts";
import { Button } from "@tessera/ui";
import { useEffect, useState } from "react";
import { ErrorNote } from "../common/error-note.tsx";
import { Section } from "../common/section.tsx";
import { Skeleton } from "../common/skeleton.tsx";
import { AskDialog } from "./ask-dialog.tsx";
import { line } from "./guest-line.ts";
import { KindTile } from "./kind-tile.tsx";
import { PlaceHeader } from "./place-header.tsx";
import { RequestCard } from "./request-card.tsx";
import { useRequests } from "./use-requests.ts";
import { words } from "./words.ts";

interface GuestPageProps {
  guest: GuestPlace;
  onStranger: () => void;
  onLeave: () => void;
}

/** A place, what can be asked for there, and what became of what was asked. */
export function GuestPage({ guest, onStranger, onLeave }: GuestPageProps) {
  const { kinds, requests, error, reload } = useRequests(onStranger);
  const [asking, setAsking] = useState<RequestKind | null>(null);
  const [said, setSaid] = useState("");

  useEffect(() => {
    document.title = `${guest.place.name} · ${guest.tenant}`;
  }, [guest]);

  const onSent = (told: string) => {
    setAsking(null);
    setSaid(told);
    reload();
  };

  return (
    <main className="mx-auto min-h-svh max-w-2xl p-4 pb-10 sm:p-6">
      <PlaceHeader guest={guest} />
      <p role="status" className="mb-4 rounded-control bg-ok-wash p-3 font-medium empty:hidden">
        {said}
      </p>
      {error && !kinds && <ErrorNote error={error} onRetry={reload} />}
      {!kinds && !error && (
        <div className="grid grid-cols-2 gap-3">
          <Skeleton count={6} className="h-32 rounded-card" label={words.loading} />
        </div>
      )}
      {requests && requests.length > 0 && (
        <Section title={words.requests}>
          <ul className="grid grid-cols-1 gap-3">
            {requests.map((request) => (
              <li key={request.id}>
                <RequestCard
                  request={request}
                  wait={kinds?.find(({ id }) => id === request.kind.id)?.wait ?? null}
                  onChanged={reload}
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {kinds && (
        <Section title={words.ask}>
          <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
            {kinds.map((kind) => (
              <li key={kind.id}>
                <KindTile kind={kind} onAsk={() => setAsking(kind)} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <footer className="grid justify-items-start gap-4 border-t border-line pt-5">
        <ShareBox onChanged={reload} />
        <Button look="quiet" onClick={onLeave}>
          {words.leave}
        </Button>
      </footer>
      {asking && <AskDialog kind={asking} onSent={onSent} onClose={() => setAsking(null)} />}
    </main>
  );
}

function ShareBox({ onChanged }: { onChanged: () => void }) {
  const [shares, setShares] = useState(false);
  const change = async (wanted: boolean) => {
    setShares(wanted);
    await line.client.guest.share.mutate({ shares: wanted }).catch(() => setShares(!wanted));
    onChanged();
  };
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input
        type="checkbox"
        checked={shares}
        onChange={({ target }) => void change(target.checked)}
        className="size-5 shrink-0 accent-accent"
      />
      {words.share}
    </label>
  );
}
