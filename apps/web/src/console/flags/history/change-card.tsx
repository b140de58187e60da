import type { FlagHistoryEntry } from "@tessera/contracts/flags";
import { shortMoment } from "@tessera/ui";
import { useSpeech } from "../../../common/use-speech.ts";
import { useTenantNames } from "../use-tenant-names.ts";
import { diffLines } from "./diff.ts";
import { DiffTable } from "./diff-table.tsx";
import { doors, words } from "./words.ts";

/** A ramp and a breaker are their own doors, so they are not named twice. */
const whoText = ({ by, byName, via }: FlagHistoryEntry): string =>
  by === via ? doors[via].replace(/^by the/, "The") : `${byName}, ${doors[via]}`;

/** One change: who, when, through which door, why, and what became of what. */
export function ChangeCard({ change }: { change: FlagHistoryEntry }) {
  const speech = useSpeech();
  const { at, revision, because, before, after, by, byName } = change;
  const called = new Map([...useTenantNames(), [by, byName]]); // who killed a flag stands among its columns too
  return (
    <article className="grid grid-cols-1 gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="font-semibold">{whoText(change)}</h2>
        <p className="text-sm text-ink-soft">
          <time dateTime={at}>{shortMoment(at, speech)}</time> · {words.revision(revision)}
        </p>
      </div>
      <p className={because ? "" : "text-ink-soft"}>{because ?? words.noReason}</p>
      <DiffTable caption={words.changes(revision)} lines={diffLines(before, after, called)} />
    </article>
  );
}
