import type { CodeId, DeviceId, MemberId, Named, OfflineScan, Purpose, ResourceId, ScanId } from "@tessera/contracts";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { toBase64url } from "../qr/base64url.ts";
import { stepAt } from "../qr/step.ts";
import type { TenantRooms } from "../tenant-rooms.ts";
import type { AdmittedScan, Redeemer } from "./ledger.ts";
import type { ModelCode, ModelResource } from "./model/state.ts";
import { tell } from "./model/state.ts";
import { type ModelWorld, modelWorld } from "./model.ts";
import { CHAIN_START, chained } from "./scan-chain.ts";

/** A fresh tenant in a real store: two members, a member of staff, two things, two desks. */
export interface ParityTenant {
  rooms: Pick<TenantRooms, "ledger" | "records" | "codes" | "leases" | "handIns" | "conflicts" | "journal">;
  members: readonly [Named<MemberId>, Named<MemberId>];
  staff: MemberId;
  things: ReadonlyArray<Named<ResourceId> & { loanMinutes: number }>;
  desks: readonly [Named<DeviceId>, Named<DeviceId>];
  /** Moves all news into the journal. */
  relay(): Promise<void>;
}

export interface ParityStore {
  tenant(): Promise<ParityTenant>;
  close(): Promise<void>;
}

/** Wide apart, so that no clock can come between: a window is open, over, or yet to come. */
const HOUR = 3_600_000;
const WINDOWS = {
  open: [-1, 3],
  over: [-3, -1],
  tomorrow: [1, 3],
  past: [-72, -48],
} as const;

const someCode = fc.nat({ max: 5 });
const someScan = fc.nat({ max: 7 });
const someone = fc.constantFrom<"desk" | "other desk" | "staff">("desk", "desk", "other desk", "staff");
const someDesk = fc.constantFrom<0 | 1>(0, 0, 1);

const issue = fc.record({
  do: fc.constant("issue" as const),
  purpose: fc.constantFrom<Purpose>("check_out", "check_out", "check_in"),
  thing: fc.nat({ max: 1 }),
  member: fc.constantFrom<0 | 1>(0, 1),
  maxUses: fc.constantFrom(1, 1, 2),
  window: fc.constantFrom<keyof typeof WINDOWS>("open", "open", "open", "open", "over", "tomorrow", "past"),
  isRotating: fc.constantFrom(false, false, false, true),
  desk: fc.constantFrom<0 | 1 | null>(null, 0, 0, 1),
  limit: fc.constantFrom(null, null, null, 1, 0),
});
const redeem = fc.record({
  do: fc.constant("redeem" as const),
  code: someCode,
  scan: fc.option(someScan, { nil: null, freq: 3 }),
  by: someone,
  step: fc.constantFrom(0, 0, -1, -9),
});
const handIn = fc.record({
  do: fc.constant("hand in" as const),
  desk: someDesk,
  /** What it accepted since; `scan` names one that was sent before. */
  accepted: fc.array(
    fc.record({
      code: someCode,
      hoursAgo: fc.constantFrom(0, 0, 2, 50, -5),
      scan: fc.option(someScan, { nil: null, freq: 5 }),
    }),
    { minLength: 0, maxLength: 3 },
  ),
  how: fc.constantFrom<"truly" | "again" | "with a gap" | "changed" | "from the beginning">(
    "truly",
    "truly",
    "truly",
    "again",
    "with a gap",
    "changed",
    "from the beginning",
  ),
});
const command = fc.oneof(
  { weight: 5, arbitrary: issue },
  { weight: 8, arbitrary: redeem },
  { weight: 4, arbitrary: handIn },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("undo" as const), scan: someScan, by: someone }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("ask" as const), scan: someScan, by: someone }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("invalidate" as const), code: someCode, own: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("lease" as const), desk: someDesk, hours: fc.constantFrom(1, 8) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("give back" as const), desk: someDesk }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("release" as const), desk: someDesk }) },
  { weight: 1, arbitrary: fc.constant({ do: "invalidate all" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "settle" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "spent" as const }) },
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/**
 * Gives the same random commands to the model and to a real store, and holds every answer of the one against the other's.
 * So what the simulation finds out about the model is true of the store.
 *
 * @param name Shown in the report.
 * @param open Opens the store.
 * @param runs How many sequences.
 */
export function modelParitySuite(name: string, open: () => Promise<ParityStore>, runs: number): void {
  let store: ParityStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store?.close());

  it(`${name} and the model give the same answers to the same commands`, { timeout: 150_000 }, async () => {
    const sequences = fc.array(command, { minLength: 8, maxLength: 30, size: "max" });
    await fc.assert(
      fc.asyncProperty(sequences, async (commands) => {
        const pair = pairOf(await store.tenant());
        for (const one of commands) await pair.carryOut(one);
        await pair.compareStories();
      }),
      { numRuns: runs, interruptAfterTimeLimit: 60_000 },
    );
  });

  it(`${name} and the model give a withdrawn scan that is handed in twice one verdict, and doubt no desk`, async () => {
    const pair = pairOf(await store.tenant());
    const window = "open" as const;
    const code = {
      purpose: "check_out",
      thing: 0,
      member: 0,
      maxUses: 1,
      window,
      isRotating: false,
      desk: 0,
      limit: null,
    } as const;
    await pair.carryOut({ do: "issue", ...code });
    await pair.carryOut({ do: "undo", scan: 0, by: "desk" });
    const accepted = [{ code: 0, hoursAgo: 0 as const, scan: 0 }];
    const first = await pair.handIn({ do: "hand in", desk: 0, accepted, how: "truly" });
    const second = await pair.handIn({ do: "hand in", desk: 0, accepted: [], how: "again" });

    const withdrawn = { outcome: { kind: "refused", replayed: true, refusal: { reason: "withdrawn" } } };
    expect(first).toMatchObject({ kind: "judged", verdicts: [withdrawn] });
    expect(second).toEqual(first);
    await pair.compareStories();
  });
}

interface Known {
  id: CodeId;
  lookup: Uint8Array;
  offlineId: Uint8Array<ArrayBuffer>;
  isRotating: boolean;
}

/** A tenant in the store and the same tenant in the model. */
function pairOf(real: ParityTenant) {
  let ids = 0;
  const model: ModelWorld = modelWorld({
    now: () => new Date(),
    newId: () => `00000000-0000-7000-8000-${String(++ids).padStart(12, "0")}`,
  });
  for (const { id, name } of real.desks) {
    model.state.devices.set(id, {
      id,
      name,
      epoch: 1,
      chainSeq: 0,
      chainHash: null,
      quarantinedAt: null,
      told: new Map(),
    });
  }
  model.state.staff.set(real.staff, "Staff");
  const things = real.things.map((thing): ModelResource => ({ ...thing, version: 0 }));
  const codes: Known[] = [];
  const scans: ScanId[] = [];
  const stories = real.desks.map(() => ({ seq: 0, head: CHAIN_START, told: [] as OfflineScan[] }));
  const same = sameness();

  const scanOf = (no: number | null): ScanId => {
    const known = no === null ? undefined : scans[no % Math.max(1, scans.length)];
    if (known) return known;
    const fresh = crypto.randomUUID() as ScanId;
    scans.push(fresh);
    return fresh;
  };
  const redeemer = (who: "desk" | "other desk" | "staff"): Redeemer =>
    who === "staff"
      ? { deviceId: null, memberId: real.staff }
      : { deviceId: real.desks[who === "desk" ? 0 : 1].id, memberId: null };
  const codeAt = (no: number): Known | undefined => codes[no % Math.max(1, codes.length)];

  async function issueOne(wish: Extract<Command, { do: "issue" }>): Promise<void> {
    const thing = things[wish.thing];
    const holder = real.members[wish.member];
    if (!thing) throw new Error("there are two things");
    const lookup = crypto.getRandomValues(new Uint8Array(32));
    const offlineId = crypto.getRandomValues(new Uint8Array(32));
    const [opensIn, endsIn] = WINDOWS[wish.window];
    const opensAt = new Date(Date.now() + opensIn * HOUR);
    const expiresAt = new Date(Date.now() + endsIn * HOUR);
    const deskId = wish.desk === null ? null : real.desks[wish.desk].id;
    const { purpose, maxUses, isRotating } = wish;
    const loanLimit = purpose === "check_out" ? wish.limit : null;
    const told = await real.rooms.codes.issue({
      purpose,
      resourceId: thing.id,
      lookup,
      offlineId,
      kind: isRotating ? "rotating" : "compact",
      holderId: holder.id,
      by: real.staff,
      mask: 0,
      maxUses,
      opensAt,
      expiresAt,
      deskId,
      loanMinutes: null,
      dueAt: null,
      loanLimit,
    });

    const standing = model.state.openCheckouts.get(thing.id);
    const isLater = wish.window === "tomorrow";
    const isOut = !isLater && purpose === "check_out" && standing !== undefined;
    const isElsewhere = !isLater && purpose === "check_in" && standing?.holder.id !== holder.id;
    const has = [...model.state.openCheckouts.values()].filter((out) => out.holder.id === holder.id).length;
    const isEnough = !isLater && loanLimit !== null && has >= loanLimit;
    const reason = isOut ? "resource_unavailable" : isElsewhere ? "not_checked_out" : isEnough ? "limit_reached" : null;
    expect(told.kind === "refused" ? told.refusal.reason : null, "issue").toBe(reason);
    if (told.kind === "refused") return;

    const code: ModelCode = {
      id: told.codeId,
      lookup,
      offlineId,
      purpose,
      holder,
      resource: thing,
      uses: 0,
      maxUses,
      opensAt,
      expiresAt,
      invalidatedAt: null,
      isRotating,
      lastStep: null,
      lease: null,
      deskId,
      version: 0,
      loanLimit,
    };
    model.addCode(code);
    const payload = { purpose, resourceId: thing.id, holderId: holder.id };
    tell(model.state, { type: "code.issued", entityId: code.id, version: 0, scanId: null, payload });
    codes.push({ id: code.id, lookup, offlineId, isRotating });
  }

  /** @returns What the store says; null when there is nothing to hand in. */
  async function handInSome({ desk, accepted, how }: Extract<Command, { do: "hand in" }>) {
    const story = stories[desk];
    if (!story) throw new Error("there are two desks");
    if (how === "from the beginning") Object.assign(story, { seq: 0, head: CHAIN_START, told: [] });
    if (how === "with a gap") story.seq += 2;
    const before = how === "again" ? story.told.slice(-2) : [];
    const fresh: OfflineScan[] = [];
    for (const { code, hoursAgo, scan } of accepted) {
      const about = codeAt(code)?.offlineId ?? new Uint8Array(32).fill(code);
      const claimedAt = new Date(Date.now() - hoursAgo * HOUR).toISOString();
      const said = {
        seq: ++story.seq,
        scanId: scanOf(scan),
        offlineId: toBase64url(about),
        claimedAt,
        basis: "lease" as const,
      };
      const next = await chained(how === "changed" ? toBase64url(new Uint8Array(32).fill(7)) : story.head, said);
      story.head = next.hash;
      fresh.push(next);
    }
    story.told.push(...fresh);
    const told = [...before, ...fresh];
    // One statement judges each scan id once; a desk never numbers one twice.
    if (told.length === 0 || new Set(told.map((one) => one.scanId)).size < told.length) return null;
    const id = real.desks[desk].id;
    const expected = await model.handIns.judge(id, told);
    const outcome = await real.rooms.handIns.judge(id, told);
    same(outcome, expected, "hand in");
    return outcome;
  }

  async function carryOut(one: Command): Promise<void> {
    const { rooms, desks, staff, members } = real;
    switch (one.do) {
      case "issue":
        return issueOne(one);
      case "hand in":
        return void (await handInSome(one));
      case "redeem": {
        const code = codeAt(one.code);
        const lookup = code?.lookup ?? new Uint8Array(32).fill(one.code);
        const step = code?.isRotating ? { step: stepAt(new Date()) + one.step } : {};
        const scan: AdmittedScan = {
          scanId: scanOf(one.scan),
          lookup,
          fingerprint: lookup,
          source: "camera",
          by: redeemer(one.by),
          ...step,
        };
        same(await rooms.ledger.answerOf(scan), await model.ledger.answerOf(scan), "answer");
        return same(await rooms.ledger.redeem(scan), await model.ledger.redeem(scan), "redeem");
      }
      case "undo": {
        const request = { scanId: scanOf(one.scan), because: "by mistake", by: redeemer(one.by) };
        return same(await rooms.records.undo(request), await model.records.undo(request), "undo");
      }
      case "ask": {
        const [scanId, by] = [scanOf(one.scan), redeemer(one.by)];
        return same(await rooms.records.fateOf(scanId, by), await model.records.fateOf(scanId, by), "ask");
      }
      case "invalidate": {
        const id = codeAt(one.code)?.id ?? (crypto.randomUUID() as CodeId);
        const holder = one.own ? members[0].id : null;
        return same(await rooms.codes.invalidate(id, staff, holder), model.invalidate(id, staff, holder), "invalidate");
      }
      case "invalidate all": {
        const { count } = await rooms.codes.invalidateAll(staff, "all of them");
        return same(count, model.invalidateAll(), "invalidate all");
      }
      case "lease": {
        const { id } = desks[one.desk];
        const [granted, expected] = [
          await rooms.leases.take(id, one.hours, 500),
          await model.leases.take(id, one.hours, 500),
        ];
        return same(inOrder(granted), inOrder(expected), "lease");
      }
      case "give back": {
        const { id } = desks[one.desk];
        return same(await rooms.leases.release(id), await model.leases.release(id), "give back");
      }
      case "release": {
        const { id } = desks[one.desk];
        return same(await rooms.handIns.release(id, staff), await model.handIns.release(id, staff), "release");
      }
      case "settle": {
        const [told, expected] = [await rooms.conflicts.list(), await model.conflicts.list()];
        same(told, expected, "conflicts");
        const [open, same_] = [told[0], expected[0]];
        if (!open || !same_) return;
        const settled = await rooms.conflicts.settle(open.id, "written_off", staff);
        return same(settled, await model.conflicts.settle(same_.id, "written_off", staff), "settle");
      }
      case "spent": {
        const sorted = (ids: readonly Uint8Array[]) => ids.map(toBase64url).sort();
        return same(sorted(await rooms.leases.spent()), sorted(await model.leases.spent()), "spent");
      }
    }
  }

  return {
    carryOut,
    handIn: handInSome,
    /** What was told of it all, in order; news of one statement may come in any order. */
    async compareStories() {
      await real.relay();
      model.relay(1_000);
      const [told, expected] = [await real.rooms.journal.since(0, 500), await model.journal.since(0, 500)];
      const line = ({ type, payload }: (typeof told)[number]) =>
        [type, "purpose" in payload && payload.purpose, "reason" in payload && payload.reason]
          .filter(Boolean)
          .join(" ");
      // That all codes were cancelled is a line for the audit; each code has its own as well, and the model only these.
      const lines = (events: typeof told) => events.map(line).filter((text) => text !== "codes.revoked");
      expect(lines(told)).toEqual(lines(expected));
      for (const code of model.state.codes.values()) {
        const redeemed = told.filter((event) => event.type === "code.redeemed" && event.entityId === code.id);
        expect(redeemed, `uses of ${code.id}`).toHaveLength(code.uses);
      }
    },
  };
}

/** Leases come in no order that means anything. */
const inOrder = <Grant extends { codes: ReadonlyArray<{ codeId: string }> }>(grant: Grant) => ({
  ...grant,
  codes: grant.codes.toSorted((one, other) => (one.codeId < other.codeId ? -1 : 1)),
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/**
 * Compares answers of two worlds: an id of the one stands for one id of the other throughout, and moments are the same
 * when they are within a quarter of an hour (every window here is an hour or more).
 */
function sameness() {
  const twins = new Map<string, string>();
  const isTwin = (one: string, other: string): boolean => {
    const [forth, back] = [twins.get(`> ${one}`), twins.get(`< ${other}`)];
    if (forth === undefined && back === undefined) {
      twins.set(`> ${one}`, other);
      twins.set(`< ${other}`, one);
    }
    return (forth ?? other) === other && (back ?? one) === one;
  };
  /** @returns The expected value, with what is the same in another spelling spelled as it was told. */
  function spelled(told: unknown, expected: unknown): unknown {
    const [one, other] = [asText(told), asText(expected)];
    if (typeof one === "string" && typeof other === "string") {
      const isSame = UUID.test(one) ? isTwin(one, other) : INSTANT.test(one) && isNear(one, other);
      return isSame ? told : expected;
    }
    if (Array.isArray(told) && Array.isArray(expected)) return expected.map((value, at) => spelled(told[at], value));
    if (isObject(told) && isObject(expected) && !(expected instanceof Uint8Array)) {
      // Who cancelled a code: the model knows staff by their ids only.
      const twin = ([key, value]: [string, unknown]) => [key, key === "by" ? told[key] : spelled(told[key], value)];
      return Object.fromEntries(Object.entries(expected).map(twin));
    }
    return expected;
  }
  return (told: unknown, expected: unknown, what: string): void => {
    expect(told, what).toEqual(spelled(told, expected));
  };
}

const asText = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isNear = (one: string, other: string): boolean => Math.abs(Date.parse(one) - Date.parse(other)) < 15 * 60_000;
