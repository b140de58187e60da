import type { SecurityAlert } from "@tessera/contracts";
import { trpc } from "@tessera/sdk/react";
import { Button, shortMoment } from "@tessera/ui";
import { useState } from "react";
import { usePerson } from "../../app/person.ts";
import { failureWords } from "../../common/failure-words.ts";
import { useSpeech } from "../../common/use-speech.ts";
import { BlockAddress } from "./block-address.tsx";
import { BlockDesk } from "./block-desk.tsx";
import { SeverityBadge } from "./severity-badge.tsx";
import { seenOf, sentenceOf, words } from "./words.ts";

/** One suspicion: how bad, what happened, what was seen, and what can be done about it from here. */
export function AlertCard({ alert, everywhere }: { alert: SecurityAlert; everywhere: boolean }) {
  const [blocks, setBlocks] = useState<"desk" | "address" | null>(null);
  const { role } = usePerson();
  const speech = useSpeech();
  const utils = trpc.useUtils();
  const acknowledge = trpc.security.acknowledge.useMutation({ onSuccess: () => utils.security.alerts.invalidate() });
  const { id, severity, subject, evidence, count, firstAt, lastAt, acknowledgedAt } = alert;
  const address = evidence.addresses.at(-1);
  const close = () => setBlocks(null);

  return (
    <article className="grid grid-cols-1 gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
      <div className="grid grid-cols-1 gap-1.5">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
          <SeverityBadge severity={severity} />
          {words.times(count)} · {words.when(shortMoment(firstAt, speech), shortMoment(lastAt, speech))}
        </p>
        <h2 className="text-lg font-semibold [overflow-wrap:anywhere]">{sentenceOf(alert)}</h2>
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm [overflow-wrap:anywhere]">
        <dt className="text-ink-soft">{words.seen}</dt>
        <dd>{seenOf(evidence.seen)}</dd>
        {evidence.elsewhere.length > 0 && (
          <>
            <dt className="text-ink-soft">{words.elsewhere}</dt>
            <dd>{evidence.elsewhere.join(", ")}</dd>
          </>
        )}
        <dt className="text-ink-soft">{words.from}</dt>
        <dd className="tabular-nums">{evidence.addresses.join(", ")}</dd>
      </dl>
      {acknowledgedAt ? (
        <p className="text-sm text-ink-soft">{words.doneAt(shortMoment(acknowledgedAt, speech))}</p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {subject.kind === "desk" && <Button onClick={() => setBlocks("desk")}>{words.blockDesk}</Button>}
          {address && role !== "staff" && <Button onClick={() => setBlocks("address")}>{words.blockAddress}</Button>}
          <Button
            look="primary"
            busy={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ alertId: id, everywhere })}
          >
            {words.done}
          </Button>
          <p role="alert" className="w-full text-sm text-no empty:hidden">
            {acknowledge.error && failureWords(acknowledge.error)}
          </p>
        </div>
      )}
      {blocks === "desk" && <BlockDesk deviceId={subject.id} name={evidence.name ?? subject.id} onClose={close} />}
      {blocks === "address" && address && <BlockAddress address={address} everywhere={everywhere} onClose={close} />}
    </article>
  );
}
