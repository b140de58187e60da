import type { HistoryEntry } from "../history/history.ts";
import type { JournalRecord, Records } from "../history/records.ts";
import type { Run, Subscriber } from "../history/run.ts";
import type { CheckerName } from "./check-run.ts";
import { hashOf } from "./journal-chain.ts";

/** Exactly one bug, put into a run that was clean. */
export interface Plant {
  says: string;
  caughtBy: CheckerName;
  /** @returns The run with the bug, or null when this run offers no place for it. */
  into(run: Run): Run | null;
}

const withEntries = (run: Run, entries: readonly HistoryEntry[]): Run => ({
  ...run,
  history: { ...run.history, entries },
});
const withRecords = (run: Run, records: Partial<Records>): Run => ({ ...run, records: { ...run.records, ...records } });

/** Changes one entry of the history that fits. */
function changingEntry(
  fits: (entry: HistoryEntry, run: Run) => boolean,
  change: (entry: HistoryEntry, run: Run) => HistoryEntry[],
): Plant["into"] {
  return (run) => {
    const place = run.history.entries.findIndex((entry) => fits(entry, run));
    const entry = run.history.entries[place];
    return entry ? withEntries(run, run.history.entries.toSpliced(place, 1, ...change(entry, run))) : null;
  };
}

function changingSubscriber(change: (subscriber: Subscriber, run: Run) => Subscriber | null): Plant["into"] {
  return (run) => {
    const [first, ...others] = run.subscribers;
    const changed = first && change(first, run);
    return changed ? { ...run, subscribers: [changed, ...others] } : null;
  };
}

const isWin = ({ op, type }: HistoryEntry) => op === "redeem" && type === "ok";
const isRefusal = (reason: string) => (entry: HistoryEntry) => entry.op === "redeem" && entry.reason === reason;
const attemptsOf = (run: Run, scan: string) => run.history.entries.filter((entry) => entry.scan === scan);
const others = (run: Run, tenant: string) => [...run.records.owners].find(([, owner]) => owner !== tenant)?.[0] ?? "";

/** The chain made anew from one entry on, as somebody with the database in hand could do. */
function rechained(journal: readonly JournalRecord[], tenant: string): JournalRecord[] {
  let before = "00";
  return journal.map((row) => {
    if (row.tenant !== tenant) return row;
    const linked = { ...row, prevHash: before };
    before = hashOf(linked);
    return { ...linked, hash: before };
  });
}

/** One of each kind of bug that a checker is there for. */
export const plants: readonly Plant[] = [
  {
    says: "a second scan of a used code heard yes",
    caughtBy: "counter",
    into: changingEntry(isRefusal("already_redeemed"), (entry) => [
      { ...entry, type: "ok", reason: null, redemption: "redemption-twice", useNo: 2 },
    ]),
  },
  {
    says: "a code counts a use that has no redemption",
    caughtBy: "counter",
    into: (run) => {
      const codes = run.records.codes.map((code, index) => (index === 0 ? { ...code, uses: code.uses + 1 } : code));
      return withRecords(run, { codes });
    },
  },
  {
    says: "an acknowledged redemption is gone from the table",
    caughtBy: "set",
    into: (run) => {
      const gone = run.history.entries.find(isWin)?.redemption;
      const redemptions = run.records.redemptions.filter(({ id }) => id !== gone);
      return gone ? withRecords(run, { redemptions }) : null;
    },
  },
  {
    says: "a redemption has no event",
    caughtBy: "set",
    into: (run) => {
      const silent = run.records.journal.find(({ type }) => type === "code.redeemed");
      return silent ? withRecords(run, { journal: run.records.journal.filter((row) => row !== silent) }) : null;
    },
  },
  {
    says: "a scan was committed undecided",
    caughtBy: "set",
    into: (run) => {
      const [first] = run.records.scans;
      if (!first) return null;
      const half = { ...first, scan: "scan-half", outcome: "pending" as const, redemption: null };
      return withRecords(run, { scans: [...run.records.scans, half] });
    },
  },
  {
    says: "“already used” was said of a code before its winner was sent",
    caughtBy: "justification",
    into: (run) => {
      const winners = new Map(run.records.redemptions.map(({ code, scan }) => [code, scan]));
      const refused = run.history.entries
        .filter(isRefusal("already_redeemed"))
        .find(({ key }) => attemptsOf(run, winners.get(key) ?? "").length > 0); // one that an offline desk won may be older
      if (!refused || attemptsOf(run, refused.scan).length > 1) return null;
      const early = { ...refused, invoke: -200, return: -100 };
      return withEntries(
        run,
        run.history.entries.map((entry) => (entry === refused ? early : entry)),
      );
    },
  },
  {
    says: "a scan that was sent again heard something else",
    caughtBy: "stability",
    into: changingEntry(isWin, (entry) => [
      entry,
      {
        ...entry,
        attempt: 2,
        invoke: entry.return + 5,
        return: entry.return + 6,
        type: "refused",
        reason: "already_redeemed",
        redemption: null,
        useNo: null,
      },
    ]),
  },
  {
    says: "a desk was told “expired” of a scan that the books have as redeemed",
    caughtBy: "stability",
    into: changingEntry(
      (entry, run) => isWin(entry) && attemptsOf(run, entry.scan).length === 1,
      (entry) => [{ ...entry, type: "refused", reason: "expired", redemption: null, useNo: null }],
    ),
  },
  {
    says: "a thing that is out was given out again",
    caughtBy: "register",
    into: (run) => {
      const win = run.history.entries.find(isWin);
      if (!win) return null;
      const facts = { tenant: win.tenant, maxUses: 1, purpose: "check_out" as const, resource: "thing-twice" };
      const codes = new Map([
        ...run.history.codes,
        ["code-ada", { ...facts, holder: "ada" }] as const,
        ["code-ben", { ...facts, holder: "ben" }] as const,
      ]);
      const out = (key: string, invoke: number) => ({
        ...win,
        key,
        scan: `scan of ${key}`,
        invoke,
        return: invoke + 5,
      });
      return { ...run, history: { codes, entries: [...run.history.entries, out("code-ada", 1), out("code-ben", 9)] } };
    },
  },
  {
    says: "the books have one thing out twice",
    caughtBy: "register",
    into: (run) => {
      const out = run.records.checkouts.find(({ isOpen }) => isOpen);
      if (!out) return null;
      return withRecords(run, { checkouts: [...run.records.checkouts, { ...out, id: "checkout-twice" }] });
    },
  },
  {
    says: "a code was cancelled, and a scan that was sent later redeemed it",
    caughtBy: "revoke order",
    into: (run) => {
      const win = run.history.entries.find((entry) => isWin(entry) && attemptsOf(run, entry.scan)[0] === entry);
      if (!win) return null;
      const revoke = { ...win, op: "revoke" as const, scan: "", redemption: null, useNo: null, mentions: [] };
      const earlier = { ...revoke, invoke: win.invoke - 20, return: win.invoke - 10 };
      return withEntries(run, [...run.history.entries, earlier]);
    },
  },
  {
    says: "an event never reached a subscriber",
    caughtBy: "subscriber",
    into: changingSubscriber((one) => {
      const lost = one.events[Math.floor(one.events.length / 2)];
      return lost ? { ...one, events: one.events.filter(({ seq }) => seq !== lost.seq) } : null;
    }),
  },
  {
    says: "a subscriber was told of an event that never was",
    caughtBy: "subscriber",
    into: changingSubscriber((one) => {
      const [first, ...rest] = one.events;
      return first ? { ...one, events: [{ ...first, entity: "code-of-nobody" }, ...rest] } : null;
    }),
  },
  {
    says: "a subscriber ends with a thing's state of yesterday",
    caughtBy: "subscriber",
    into: changingSubscriber((one) => {
      const [first] = one.view ?? [];
      if (!first || !one.view) return null;
      const [thing, state] = first;
      return { ...one, view: new Map([...one.view, [thing, { ...state, version: state.version + 1 }]]) };
    }),
  },
  {
    says: "an event was left in the outbox for ever",
    caughtBy: "subscriber",
    into: (run) => {
      const [first] = run.records.journal;
      return first ? withRecords(run, { outbox: [{ ...first, type: "code.issued" }] }) : null;
    },
  },
  {
    says: "the versions of one code fall",
    caughtBy: "subscriber",
    into: (run) => {
      const { journal } = run.records;
      const later = journal.find(({ type, entityVersion }) => type === "code.redeemed" && entityVersion >= 2);
      if (!later) return null;
      const fallen = journal.map((row) => (row === later ? { ...row, entityVersion: 1 } : row));
      return withRecords(run, { journal: rechained(fallen, later.tenant) });
    },
  },
  {
    says: "an answer named another tenant's code",
    caughtBy: "tenancy",
    into: changingEntry(isWin, (entry, run) => [{ ...entry, mentions: [others(run, entry.tenant)] }]),
  },
  {
    says: "news of one tenant reached another",
    caughtBy: "tenancy",
    into: changingSubscriber((one, run) => {
      const [first, ...rest] = one.events;
      return first ? { ...one, events: [{ ...first, mentions: [others(run, one.tenant)] }, ...rest] } : null;
    }),
  },
  {
    says: "calls go on failing after the faults are over",
    caughtBy: "progress",
    into: (run) =>
      withEntries(
        run,
        run.history.entries.map((entry) =>
          entry.invoke > (run.healedAt ?? 0) + 5_000 && entry.attempt === 1 && entry.op === "revoke"
            ? entry
            : entry.invoke > (run.healedAt ?? 0) + 5_000
              ? { ...entry, type: "info", reason: "unavailable", redemption: null, useNo: null }
              : entry,
        ),
      ),
  },
  {
    says: "nothing was asked after the faults were over",
    caughtBy: "progress",
    into: (run) => ({ ...run, healedAt: Number.MAX_SAFE_INTEGER }),
  },
  {
    says: "a belt held what the guard had let through",
    caughtBy: "surprises",
    into: changingEntry(isRefusal("already_redeemed"), (entry) => [
      { ...entry, type: "info", reason: "surprise: 23505", redemption: null, useNo: null },
    ]),
  },
  {
    says: "an offline scan never got a verdict",
    caughtBy: "offline ledger",
    into: (run) => {
      const place = run.devices.findIndex(({ scans }) => scans.length > 0);
      const device = run.devices[place];
      const [first, ...rest] = device?.scans ?? [];
      if (!device || !first) return null;
      const changed = { ...device, scans: [{ ...first, verdict: null }, ...rest] };
      return { ...run, devices: run.devices.toSpliced(place, 1, changed) };
    },
  },
  {
    says: "a conflict was counted as a redemption",
    caughtBy: "offline ledger",
    into: (run) => {
      const [conflict] = run.records.conflicts;
      const [model] = run.records.redemptions;
      if (!conflict || !model) return null;
      const second = { ...model, id: "redemption-conflict", scan: conflict.scan, code: conflict.code ?? "" };
      return withRecords(run, { redemptions: [...run.records.redemptions, second] });
    },
  },
  {
    says: "a double hand-out was passed over in silence",
    caughtBy: "offline ledger",
    into: (run) => (run.records.conflicts.length > 0 ? withRecords(run, { conflicts: [] }) : null),
  },
  {
    says: "one letter of one journal entry was changed",
    caughtBy: "journal chain",
    into: (run) => {
      const journal = run.records.journal.map((row, index) =>
        index === 3 ? { ...row, payload: `${row.payload} ` } : row,
      );
      return withRecords(run, { journal });
    },
  },
  {
    says: "the last entry of the journal was cut off",
    caughtBy: "journal chain",
    into: (run) => withRecords(run, { journal: run.records.journal.slice(0, -1) }),
  },
  {
    says: "a decision has no entry",
    caughtBy: "journal chain",
    into: (run) => {
      const silent = run.records.journal.find(({ type }) => type === "code.refused");
      if (!silent) return null;
      const { tenant } = silent;
      const numbered = run.records.journal
        .filter((row) => row !== silent)
        .map((row) => (row.tenant === tenant && row.seq > silent.seq ? { ...row, seq: row.seq - 1 } : row));
      const journal = rechained(numbered, tenant);
      const last = journal.filter((row) => row.tenant === tenant).at(-1);
      if (!last) return null;
      const heads = new Map([...run.records.heads, [tenant, { seq: last.seq, hash: last.hash }]]);
      return withRecords(run, { journal, heads });
    },
  },
];
