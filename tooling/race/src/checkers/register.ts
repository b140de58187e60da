import { type CodeFacts, groupBy, type HistoryEntry } from "../history/history.ts";
import type { Records, ScanRecord } from "../history/records.ts";
import type { Run } from "../history/run.ts";
import { linearizable, type RegisterOperation } from "./linearizable.ts";
import { few, type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("register");

/** Who has the thing; null when it is free. */
type Shelf = string | null;

/**
 * A thing is in one pair of hands at a time: what the clients heard of it can have happened one after the other, and no
 * thing is out twice in the books.
 */
export function checkRegister({ history, records }: Pick<Run, "history" | "records">): Violation[] {
  const found: Violation[] = [];

  const operations = operationsOf(history.entries, history.codes, records);
  for (const [resource, those] of groupBy(operations, ({ resource }) => resource)) {
    const verdict = linearizable<Shelf>(those, null);
    if (verdict.kind === "impossible") {
      const stuck = few(verdict.stuckAt);
      found.push(
        violation("I2", `The story of thing ${resource} has no order in which it can have happened: ${stuck}.`),
      );
    }
    if (verdict.kind === "too_tangled") {
      found.push(
        violation("I2", `The story of thing ${resource} is too tangled to be judged (${those.length} steps).`),
      );
    }
  }

  const open = records.checkouts.filter(({ isOpen }) => isOpen);
  for (const [resource, those] of groupBy(open, (one) => one.resource)) {
    if (those.length > 1) {
      found.push(violation("I2", `Thing ${resource} is out ${those.length} times: ${few(those.map(({ id }) => id))}.`));
    }
  }
  return found;
}

type OnThing = RegisterOperation<Shelf> & { resource: string };

function operationsOf(
  entries: readonly HistoryEntry[],
  codes: ReadonlyMap<string, CodeFacts>,
  records: Records,
): OnThing[] {
  const kept = new Map(records.scans.map((one) => [one.scan, one]));
  const of = (op: HistoryEntry["op"]) =>
    groupBy(
      entries.filter((entry) => entry.op === op),
      ({ scan }) => scan,
    );

  const scanned = [...of("redeem"), ...of("hand_in")];
  const asked = new Set(scanned.map(([scan]) => scan));
  return [
    ...scanned.flatMap(([scan, attempts]) => scanOperation(attempts, codes, kept.get(scan))),
    ...records.scans.filter(({ scan }) => !asked.has(scan)).flatMap((record) => unseenOperation(record, codes)),
    ...[...of("undo")].flatMap(([, attempts]) => undoOperation(attempts, codes)),
  ];
}

/** What the books have and no client of ours asked for (an offline desk handed it in) can have happened at any time. */
function unseenOperation(
  { scan, code, outcome, reason }: ScanRecord,
  codes: ReadonlyMap<string, CodeFacts>,
): OnThing[] {
  const facts = codes.get(code ?? "");
  const step = facts && stepOf(facts.purpose, facts.holder, outcome === "redeemed" ? null : (reason ?? ""));
  if (!step) return [];
  const anyTime = { invoke: Number.NEGATIVE_INFINITY, return: Number.POSITIVE_INFINITY, mayBeMissing: false };
  return [{ resource: facts.resource, ...anyTime, name: `${facts.purpose} ${reason ?? "yes"} (scan ${scan})`, step }];
}

/** All attempts of one scan are one operation. What nobody heard, the books know: then only its end is unknown. */
function scanOperation(
  attempts: readonly HistoryEntry[],
  codes: ReadonlyMap<string, CodeFacts>,
  record: ScanRecord | undefined,
): OnThing[] {
  const code = codes.get(attempts[0]?.key ?? "");
  const answer = firstAnswer(attempts);
  const type = answer?.type ?? (record?.outcome === "redeemed" ? "ok" : record?.outcome);
  const reason = answer ? answer.reason : record?.reason;
  if (!code || !type) return [];

  const { purpose, holder, resource } = code;
  const step = stepOf(purpose, holder, type === "ok" ? null : (reason ?? ""));
  if (!step) return [];
  const what = type === "ok" ? "yes" : reason;
  return [{ resource, ...span(attempts, answer), name: `${purpose} ${what} (scan ${attempts[0]?.scan})`, step }];
}

/** @returns Null when this answer says nothing about the thing. */
function stepOf(purpose: CodeFacts["purpose"], holder: string, refusal: string | null) {
  if (purpose === "check_out") {
    if (refusal === null) return (shelf: Shelf) => (shelf === null ? holder : undefined);
    return refusal === "resource_unavailable" ? (shelf: Shelf) => (shelf === null ? undefined : shelf) : null;
  }
  if (refusal === null) return (shelf: Shelf) => (shelf === holder ? null : undefined);
  return refusal === "not_checked_out" ? (shelf: Shelf) => (shelf === holder ? undefined : shelf) : null;
}

function undoOperation(attempts: readonly HistoryEntry[], codes: ReadonlyMap<string, CodeFacts>): OnThing[] {
  const code = codes.get(attempts[0]?.key ?? "");
  const answer = firstAnswer(attempts);
  if (!code || answer?.type === "refused") return [];

  const { purpose, holder, resource } = code;
  const step =
    purpose === "check_out"
      ? (shelf: Shelf) => (shelf === holder ? null : undefined)
      : (shelf: Shelf) => (shelf === null ? holder : undefined);
  return [
    { resource, ...span(attempts, answer), mayBeMissing: !answer, name: `undo of scan ${attempts[0]?.scan}`, step },
  ];
}

const firstAnswer = (attempts: readonly HistoryEntry[]): HistoryEntry | undefined =>
  attempts.filter(({ type }) => type !== "info").toSorted((a, b) => a.return - b.return)[0];

const span = (attempts: readonly HistoryEntry[], answer: HistoryEntry | undefined) => ({
  invoke: Math.min(...attempts.map(({ invoke }) => invoke)),
  return: answer?.return ?? Number.POSITIVE_INFINITY,
  mayBeMissing: false,
});
