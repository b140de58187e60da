import { type Chance, chanceOf } from "../chance.ts";
import type { CodeFacts, HistoryEntry } from "../history/history.ts";
import type { CodeRecord, JournalRecord, RedemptionRecord, ScanRecord } from "../history/records.ts";
import type { OfflineScan, Run, SeenEvent, Subscriber } from "../history/run.ts";
import { hashOf } from "./journal-chain.ts";

const TENANTS = ["tenant-1", "tenant-2"];
const HEALED_AT = 4_000;
const STEPS = 100;
const STEP_MS = 110;

interface Thing {
  id: string;
  tenant: string;
  version: number;
  checkout: { id: string; holder: string } | null;
}

interface Scanned {
  scan: string;
  key: string;
  answer: Pick<HistoryEntry, "type" | "reason" | "redemption" | "useNo">;
}

/**
 * A run in which everything goes well, made up from a seed: many clients at once, lost replies, retries, cancellations, two
 * tenants, subscribers with repeated news, and a desk that hands in what it decided alone. What each checker must find is
 * planted into it (`plants.ts`).
 *
 * @param seed The same seed makes the same run.
 */
export function cleanRun(seed: number): Run {
  const chance = chanceOf(seed);
  const entries: HistoryEntry[] = [];
  const codes = new Map<string, CodeFacts>();
  const codeRecords = new Map<string, CodeRecord & { version: number; revoked: boolean }>();
  const redemptions: RedemptionRecord[] = [];
  const scans: ScanRecord[] = [];
  const conflicts: { scan: string; tenant: string; code: string | null }[] = [];
  const journal: JournalRecord[] = [];
  const newest = new Map<string, JournalRecord>();
  const owners = new Map<string, string>();
  const closed: { id: string; tenant: string; resource: string; holder: string; isOpen: boolean }[] = [];
  const scanned: Scanned[] = [];
  const offline = new Map(TENANTS.map((tenant) => [tenant, [] as OfflineScan[]]));
  const things: Thing[] = TENANTS.flatMap((tenant) =>
    [1, 2, 3].map((n) => ({ id: `thing-${n}-of-${tenant}`, tenant, version: 0, checkout: null })),
  );
  for (const { id, tenant } of things) owners.set(id, tenant);
  let ids = 0;
  const fresh = (kind: string, tenant: string) => {
    const id = `${kind}-${++ids}`;
    owners.set(id, tenant);
    return id;
  };

  function tell(tenant: string, type: string, entity: string, entityVersion: number, scan: string | null): void {
    const before = newest.get(tenant);
    const row = {
      tenant,
      seq: (before?.seq ?? 0) + 1,
      prevHash: before?.hash ?? "00",
      type,
      entity,
      entityVersion,
      scan,
      actor: null,
      device: null,
      at: "2026-01-01T12:00:00.000000Z",
      payload: `{"n": ${ids}}`,
    };
    const entry = { ...row, hash: hashOf(row) };
    newest.set(tenant, entry);
    journal.push(entry);
  }

  function issue(thing: Thing): void {
    const { tenant, id: resource, checkout } = thing;
    const purpose = checkout && chance.happens(0.7) ? "check_in" : "check_out";
    const holder = purpose === "check_in" && checkout ? checkout.holder : `member-${tenant}`;
    const maxUses = chance.happens(0.2) ? 3 : 1;
    const id = fresh("code", tenant);
    codes.set(id, { tenant, maxUses, purpose, resource, holder });
    codeRecords.set(id, { id, tenant, uses: 0, maxUses, version: 0, revoked: false });
    tell(tenant, "code.issued", id, 0, null);
  }

  /** One atomic step, as the ledger takes it. */
  function decide(scan: string, key: string, isOffline: boolean): Scanned["answer"] {
    const facts = codes.get(key);
    const code = codeRecords.get(key);
    const thing = things.find(({ id }) => id === facts?.resource);
    if (!facts || !code || !thing) throw new Error(`there is no code ${key}`);
    const { tenant } = facts;
    const reason = refusalOf(code, facts, thing);
    if (reason) {
      const base = { scan, tenant, reason, redemption: null, code: key, offline: isOffline };
      scans.push({ ...base, outcome: "refused" });
      if (isOffline) conflicts.push({ scan, tenant, code: key });
      tell(tenant, isOffline ? "code.conflict" : "code.refused", key, code.version, scan);
      return { type: "refused", reason, redemption: null, useNo: null };
    }

    const redemption = fresh("redemption", tenant);
    move(thing, facts);
    code.uses++;
    code.version++;
    redemptions.push({ id: redemption, tenant, code: key, useNo: code.uses, scan });
    scans.push({ scan, tenant, outcome: "redeemed", reason: null, redemption, code: key, offline: isOffline });
    tell(tenant, "code.redeemed", key, code.version, scan);
    return { type: "ok", reason: null, redemption, useNo: code.uses };
  }

  function move(thing: Thing, { purpose, holder, tenant }: CodeFacts): void {
    thing.version++;
    if (purpose === "check_out") {
      thing.checkout = { id: fresh("checkout", tenant), holder };
      return;
    }
    if (thing.checkout) closed.push({ ...thing.checkout, tenant, resource: thing.id, isOpen: false });
    thing.checkout = null;
  }

  function scanOnce(key: string, at: number): void {
    const scan = `scan-${++ids}`;
    const tenant = codes.get(key)?.tenant ?? "";
    const isLost = at < HEALED_AT - 500 && chance.happens(0.15);
    const answer = decide(scan, key, false);
    const base = { op: "redeem" as const, key, scan, tenant, node: nodeOf(chance), mentions: [key] };
    const first = { ...base, attempt: 1, invoke: at - chance.between(0, 200), return: at + chance.between(0, 200) };
    scanned.push({ scan, key, answer });
    if (!isLost) {
      entries.push({ ...first, ...answer });
      return;
    }
    const nothing = { type: "info" as const, reason: "unreachable", redemption: null, useNo: null };
    entries.push({ ...first, ...nothing });
    entries.push({ ...base, ...answer, attempt: 2, invoke: first.return + 50, return: first.return + 120 });
  }

  function askAgain({ scan, key, answer }: Scanned, at: number): void {
    const tenant = codes.get(key)?.tenant ?? "";
    const base = { op: "redeem" as const, key, scan, tenant, node: nodeOf(chance), attempt: 9 };
    entries.push({ ...base, ...answer, invoke: at + 400, return: at + 500 });
  }

  function revoke(key: string, at: number): void {
    const code = codeRecords.get(key);
    if (!code || code.revoked || code.uses >= code.maxUses) return;
    code.revoked = true;
    code.version++;
    tell(code.tenant, "code.revoked", key, code.version, null);
    const nothing = { reason: null, redemption: null, useNo: null };
    const when = { invoke: at - chance.between(0, 200), return: at + chance.between(0, 200) };
    const base = { op: "revoke" as const, key, scan: "", tenant: code.tenant, node: nodeOf(chance), attempt: 1 };
    entries.push({ ...base, ...when, ...nothing, type: "ok" });
  }

  function handIn(key: string, tenant: string): void {
    const own = offline.get(tenant);
    if (!own) return;
    const scan = `scan-${++ids}`;
    const { type, reason } = decide(scan, key, true);
    const verdict = { type: type === "ok" ? ("ok" as const) : ("refused" as const), reason };
    own.push({ seq: own.length + 1, scan, code: key, leased: type === "ok", verdict });
  }

  for (let step = 1; step <= STEPS; step++) {
    const at = step * STEP_MS;
    if (codes.size === 0 || chance.happens(0.5)) issue(chance.pick(things));
    const key = chance.pick([...codes.keys()].slice(-8));
    if (chance.happens(0.75)) scanOnce(key, at);
    if (chance.happens(0.08)) revoke(key, at + 10);
    if (scanned.length > 0 && chance.happens(0.1)) askAgain(chance.pick(scanned), at);
    if (chance.happens(0.06)) handInAlone(at);
  }

  function handInAlone(at: number): void {
    const tenant = chance.pick(TENANTS);
    const thing: Thing = { id: fresh("thing", tenant), tenant, version: 0, checkout: null };
    things.push(thing);
    issue(thing);
    const key = [...codes.keys()].at(-1) ?? "";
    handIn(key, tenant);
    if (chance.happens(0.5)) handIn(key, tenant); // the second desk that let it pass
    if (chance.happens(0.3)) scanOnce(key, at + 20);
  }

  for (const thing of things) {
    if (thing.checkout) closed.push({ ...thing.checkout, tenant: thing.tenant, resource: thing.id, isOpen: true });
  }
  const run: Run = {
    history: { entries, codes },
    records: {
      codes: [...codeRecords.values()].map(({ id, tenant, uses, maxUses }) => ({ id, tenant, uses, maxUses })),
      redemptions,
      scans,
      resources: things.map(({ id, tenant, version }) => ({ id, tenant, version })),
      checkouts: closed,
      conflicts,
      outbox: [],
      journal: journal.toSorted((a, b) => a.tenant.localeCompare(b.tenant) || a.seq - b.seq),
      heads: new Map(journal.map(({ tenant, seq, hash }) => [tenant, { seq, hash }])),
      owners,
    },
    subscribers: TENANTS.map((tenant) => subscriberOf(tenant, journal, things, chance)),
    devices: [...offline].map(([tenant, own]) => ({ device: `desk-${tenant}`, tenant, scans: own })),
    faults: [{ fault: "F17", from: 500, until: HEALED_AT }],
    healedAt: HEALED_AT,
  };
  return run;
}

const nodeOf = (chance: Chance): string => `api-${Math.floor(chance.between(1, 5))}`;

function refusalOf(code: { revoked: boolean; uses: number; maxUses: number }, facts: CodeFacts, thing: Thing) {
  if (code.revoked) return "revoked";
  if (code.uses >= code.maxUses) return "already_redeemed";
  if (facts.purpose === "check_out") return thing.checkout ? "resource_unavailable" : null;
  return thing.checkout?.holder === facts.holder ? null : "not_checked_out";
}

function subscriberOf(tenant: string, journal: readonly JournalRecord[], things: Thing[], chance: Chance): Subscriber {
  const own = journal.filter((row) => row.tenant === tenant);
  const events: SeenEvent[] = own.flatMap(({ seq, type, entity }) => {
    const event = { seq, type, entity, mentions: [entity] };
    return chance.happens(0.1) ? [event, event] : [event]; // a reconnection tells some again
  });
  const state = ({ checkout, version }: Thing) => ({ state: checkout ? ("out" as const) : ("free" as const), version });
  const view = new Map(things.filter((thing) => thing.tenant === tenant).map((thing) => [thing.id, state(thing)]));
  return { name: `the desk of ${tenant}`, tenant, after: 0, events, view };
}
