import type { TripEvidence } from "@tessera/contracts/flags";
import { shortMoment } from "@tessera/ui";
import { useSpeech } from "../../../common/use-speech.ts";
import { shareText } from "../../controls/percent.ts";
import { Table } from "../../controls/table.tsx";
import { shownId } from "../history/diff-words.ts";
import { signalWord, words } from "./words.ts";

/** Who met the feature, what failed first, which signals there were, and what was changed before. */
export function EvidenceTables({ evidence }: { evidence: TripEvidence }) {
  const speech = useSpeech();
  const { affected, firstFailures, signals, lastChanges } = evidence;
  const tenants = new Map(affected.map(({ tenantId, name }) => [tenantId, name]));
  const at = (instant: string) => shortMoment(instant, speech);

  return (
    <>
      {affected.length > 0 && (
        <Table
          caption={words.affected}
          showsCaption
          head={[words.tenant, words.calls, words.failures, words.share]}
          figures={[1, 2, 3]}
          rows={affected.map(({ tenantId, name, calls, failures }) => ({
            key: tenantId,
            cells: [name, calls.toLocaleString("en"), failures.toLocaleString("en"), shareText(failures, calls)],
          }))}
        />
      )}
      {signals.length > 0 && (
        <Table
          caption={words.signalsSeen}
          showsCaption
          head={[words.at, words.signal, words.detail]}
          rows={signals.map((signal) => ({
            key: `${signal.at} ${signal.kind} ${signal.detail}`,
            cells: [at(signal.at), signalWord(signal.kind), signal.detail],
          }))}
        />
      )}
      {firstFailures.length > 0 ? (
        <Table
          caption={words.first}
          showsCaption
          head={[words.at, words.call, words.failure, words.tenant, words.trace]}
          rows={firstFailures.map(({ at: failedAt, path, failure, tenantId, trace }) => ({
            key: `${trace} ${failedAt} ${path}`,
            cells: [
              at(failedAt),
              path,
              failure,
              tenantId ? (tenants.get(tenantId) ?? tenantId) : "–",
              <code key="trace" className="whitespace-nowrap">
                {trace}
              </code>,
            ],
          }))}
        />
      ) : (
        <p className="text-sm text-ink-soft">{words.noFailures}</p>
      )}
      {lastChanges.length > 0 && (
        <Table
          caption={words.lastChanges}
          showsCaption
          head={[words.at, words.flag, words.by, words.because]}
          rows={lastChanges.map(({ key, revision, at: changedAt, by, because }) => ({
            key: String(revision),
            cells: [at(changedAt), key, shownId(by), because ?? words.noReason],
          }))}
        />
      )}
    </>
  );
}
