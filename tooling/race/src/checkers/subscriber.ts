import { groupBy } from "../history/history.ts";
import type { JournalRecord, Records } from "../history/records.ts";
import type { Run, SeenEvent, Subscriber } from "../history/run.ts";
import { counted, few, type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("subscriber");

/** Events that change the thing they are about; a refusal tells of a code that stays as it was. */
const CHANGES = new Set(["code.redeemed", "code.revoked", "code.undone"]);

/**
 * Each subscriber hears every event of its tenant once, as the journal has it, and ends with the state of the database;
 * versions of one thing rise; nothing is left behind in the outbox.
 */
export function checkSubscriber({ subscribers, records }: Pick<Run, "subscribers" | "records">): Violation[] {
  const journals = groupBy(records.journal, ({ tenant }) => tenant);
  const behind = groupBy(records.outbox, ({ tenant }) => tenant);
  return [
    ...[...journals].flatMap(([tenant, journal]) => fallingVersions(tenant, journal)),
    ...[...behind].map(([tenant, rows]) =>
      violation("I7", `${counted(rows.length, "event")} of tenant ${tenant} never left the outbox.`),
    ),
    ...subscribers.flatMap((one) => [...wrongNews(one, journals.get(one.tenant) ?? []), ...wrongView(one, records)]),
  ];
}

function fallingVersions(tenant: string, journal: readonly JournalRecord[]): Violation[] {
  const last = new Map<string, number>();
  return journal.flatMap(({ type, entity, entityVersion, seq }) => {
    if (!CHANGES.has(type)) return [];
    const before = last.get(entity) ?? -1;
    last.set(entity, entityVersion);
    if (entityVersion > before) return [];
    const versions = `version ${entityVersion} after ${before}`;
    return [violation("I7", `Event ${seq} of tenant ${tenant} tells ${versions} of ${entity}.`)];
  });
}

function wrongNews({ name, after, events }: Subscriber, journal: readonly JournalRecord[]): Violation[] {
  const found: Violation[] = [];
  const written = new Map(journal.map((row) => [row.seq, row]));
  const heard = new Map<number, SeenEvent>();
  let skippedTo = after;
  for (const event of events) {
    if (event.type === "resync") skippedTo = Math.max(skippedTo, event.seq);
    else if (!heard.has(event.seq)) heard.set(event.seq, event); // a client drops what it has seen
  }

  for (const { seq, type, entity } of heard.values()) {
    const row = written.get(seq);
    if (row?.type === type && row.entity === entity) continue;
    const truth = row ? `${row.type} of ${row.entity}` : "nothing";
    found.push(violation("I7", `${name} heard ${type} of ${entity} as event ${seq}; the journal has ${truth} there.`));
  }
  const missed = journal.filter(({ seq }) => seq > skippedTo && !heard.has(seq)).map(({ seq }) => String(seq));
  if (missed.length > 0) found.push(violation("I7", `${name} never heard of events ${few(missed)}.`));
  return found;
}

function wrongView({ name, tenant, view }: Subscriber, records: Records): Violation[] {
  if (!view) return [];
  const out = new Set(records.checkouts.filter(({ isOpen }) => isOpen).map(({ resource }) => resource));
  return records.resources.flatMap(({ id, tenant: owner, version }) => {
    if (owner !== tenant) return [];
    const truth = `${out.has(id) ? "out" : "free"}, version ${version}`;
    const seen = view.get(id);
    const believed = seen ? `${seen.state}, version ${seen.version}` : "nothing";
    if (believed === truth) return [];
    return [violation("I7", `${name} ends believing ${believed} of thing ${id}; the database says ${truth}.`)];
  });
}
