import type { CodeId, DeviceId, MemberId, RedemptionOutcome, ResourceId, ScanId } from "@tessera/contracts";
import type { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import type { AdmittedScan } from "../redemption/ledger.ts";
import { modelWorld } from "../redemption/model.ts";
import { crowdGuard } from "./crowd-guard.ts";
import type { Guard } from "./guard.ts";
import { lockName, redlockGuard } from "./redlock-guard.ts";

/** A node that says one thing to every script: 1 for "done", 0 for "somebody else has it". */
const nodeSaying = (answer: () => Promise<number>) => nodeAnswering(answer);
const nodeAnswering = (answer: (script: string, count: number, told: string[]) => Promise<number>) =>
  ({ evalsha: answer, eval: answer }) as unknown as Redis;

/** Its own way of saying "done" is how many keys it was told. */
const grantsEveryone = () => nodeAnswering(async (_script, count) => count);
const refusesEveryone = () => nodeSaying(async () => 0);
const isDead = () => nodeSaying(() => Promise.reject(new Error("connect ECONNREFUSED")));
const isSilent = () => nodeSaying(() => new Promise(() => {}));

const AT_ONCE = { pauseMs: { least: 0, most: 0 } };
const DESK = { deviceId: "00000000-0000-4000-8000-000000000001" as DeviceId, memberId: null } as const;
const CODES = 5;
const SCANS = 40;

/** A shelf of codes, one after another scanned by the same forty scans: some codes again, some scan ids again. */
async function historyUnder(guard: Guard): Promise<RedemptionOutcome[]> {
  const { ledger, scan } = shelf();
  const outcomes: RedemptionOutcome[] = [];
  for (let turn = 0; turn < SCANS; turn++) {
    const one = scan(turn % CODES, turn % 7 === 6 ? turn - CODES : turn);
    outcomes.push(await guard.hold(`redeem:7:${turn % CODES}`, () => ledger.redeem(one)));
  }
  return outcomes;
}

/** All forty at once, each with a scan id of its own; gives how many were redeemed, and how often each code was used. */
async function crowdUnder(guard: Guard): Promise<{ redeemed: number; uses: number[] }> {
  const { ledger, codes, scan } = shelf();
  const outcomes = await Promise.all(
    Array.from({ length: SCANS }, (_, turn) =>
      guard.hold(`redeem:7:${turn % CODES}`, () => ledger.redeem(scan(turn % CODES, turn))),
    ),
  );
  const redeemed = outcomes.filter(({ kind }) => kind === "redeemed").length;
  return { redeemed, uses: [...codes.values()].map(({ uses }) => uses) };
}

function shelf() {
  let ids = 0;
  const { ledger, state, addCode } = modelWorld({
    now: () => new Date("2026-11-22T12:00:00Z"),
    newId: () => `id ${++ids}`,
  });
  const lookupOf = (code: number) => new Uint8Array(32).fill(code + 1);
  for (let code = 0; code < CODES; code++) {
    addCode({
      id: `code ${code}` as CodeId,
      lookup: lookupOf(code),
      offlineId: lookupOf(code),
      purpose: "check_out",
      holder: { id: "member" as MemberId, name: "Member" },
      resource: { id: `thing ${code}` as ResourceId, name: `Thing ${code}`, loanMinutes: 60, version: 0 },
      uses: 0,
      maxUses: 1,
      opensAt: new Date("2026-11-22T11:00:00Z"),
      expiresAt: new Date("2026-11-22T13:00:00Z"),
      invalidatedAt: null,
      isRotating: false,
      lastStep: null,
      lease: null,
      deskId: null,
      version: 0,
    });
  }
  const scan = (code: number, id: number): AdmittedScan => ({
    scanId: `scan ${id}` as ScanId,
    lookup: lookupOf(code),
    fingerprint: lookupOf(code),
    source: "camera",
    by: DESK,
  });
  return { ledger, codes: state.codes, scan };
}

const noGuard: Guard = { hold: (_key, work) => work() };

describe.each<[string, () => Guard]>([
  ["that grants everyone the lock", () => redlockGuard([grantsEveryone()], AT_ONCE)],
  ["that refuses everyone the lock", () => redlockGuard([refusesEveryone()], AT_ONCE)],
  ["that is dead", () => redlockGuard([isDead()], AT_ONCE)],
  ["of three, each with another lie", () => redlockGuard([grantsEveryone(), refusesEveryone(), isDead()], AT_ONCE)],
  ["in front of a crowd", () => crowdGuard(redlockGuard([grantsEveryone()], AT_ONCE))],
])("a Redis %s", (_name, open) => {
  it("changes no outcome of a history", async () => {
    const outcomes = await historyUnder(open());
    expect(outcomes).toEqual(await historyUnder(noGuard));
    expect(outcomes.filter(({ kind, replayed }) => kind === "redeemed" && !replayed)).toHaveLength(CODES);
  });

  it("lets no code of a crowd be used twice", async () => {
    expect(await crowdUnder(open())).toEqual({ redeemed: CODES, uses: Array(CODES).fill(1) });
  });
});

/** The control: a store that looks, waits and then writes is safe only while its guard is honest. */
it("would let a code be used twice by a store that leaves the deciding to its guard", async () => {
  let uses = 0;
  const trusting = async () => {
    const wasUsed = uses > 0;
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!wasUsed) uses++;
  };
  const guard = redlockGuard([grantsEveryone()], AT_ONCE);
  await Promise.all([guard.hold("redeem:7:a", trusting), guard.hold("redeem:7:a", trusting)]);
  expect(uses).toBe(2);
});

describe("tells apart", () => {
  function told(node: Redis, options = {}) {
    const heard = { degraded: 0, contended: 0 };
    const onDegraded = () => heard.degraded++;
    const guard = redlockGuard([node], { ...AT_ONCE, ...options, onDegraded, onContended: () => heard.contended++ });
    return { guard, heard };
  }

  it.each<[string, Redis, { degraded: number; contended: number }]>([
    ["a lock that was had", grantsEveryone(), { degraded: 0, contended: 0 }],
    ["a lock that others hold", refusesEveryone(), { degraded: 0, contended: 1 }],
    ["a node that is dead", isDead(), { degraded: 1, contended: 0 }],
  ])("%s", async (_name, node, expected) => {
    const { guard, heard } = told(node);
    await guard.hold("redeem:7:a", async () => {});
    expect(heard).toEqual(expected);
  });

  it("a node that never answers, and goes on when its own patience ends", async () => {
    const { guard, heard } = told(isSilent(), { patienceMs: 10 });
    expect(await guard.hold("redeem:7:a", async () => "went on")).toBe("went on");
    expect(heard).toEqual({ degraded: 1, contended: 0 });
  });

  it("a crowd at many keys, which it asks for in one vote and gives back in one", async () => {
    let asked = 0;
    const { guard, heard } = told(
      nodeSaying(async () => {
        asked++;
        return 8;
      }),
    );
    await Promise.all(Array.from({ length: 8 }, (_, key) => guard.hold(`redeem:7:${key}`, async () => {})));
    await expect.poll(() => asked).toBe(2);
    expect(heard).toEqual({ degraded: 0, contended: 0 });
  });

  it("the one key of many that others hold: the rest is had at the second try", async () => {
    const taken = lockName("redeem:7:3");
    const node = nodeAnswering(async (_script, count, args) => (args.slice(0, count).includes(taken) ? 0 : count));
    const { guard, heard } = told(node);
    await Promise.all(Array.from({ length: 8 }, (_, key) => guard.hold(`redeem:7:${key}`, async () => {})));
    expect(heard).toEqual({ degraded: 0, contended: 1 });
  });

  it("asks three times for a lock that others hold, and no more", async () => {
    let asked = 0;
    const { guard } = told(
      nodeSaying(async () => {
        asked++;
        return 0;
      }),
    );
    await guard.hold("redeem:7:a", async () => {});
    expect(asked).toBe(6); // each failed vote is taken back by the library
  });
});

it("gives back a lock that came when nobody waited any more", async () => {
  const answers: Array<(vote: number) => void> = [];
  const guard = redlockGuard([nodeSaying(() => new Promise((resolve) => answers.push(resolve)))], { patienceMs: 10 });
  await guard.hold("redeem:7:a", async () => {});
  expect(answers).toHaveLength(1);
  answers[0]?.(1);
  await expect.poll(() => answers.length).toBe(2); // the second is the release
});

it.each([
  ["redeem:7:0011223344556677", "tessera:lock:redeem:{7:0011223344556677}"],
  ["a", "tessera:lock:{a}"],
])("locks %s under %s", (key, name) => {
  expect(lockName(key)).toBe(name);
});

it.each([0, 2, 4])("refuses %i nodes, whose vote could end in a draw that never settles", (count) => {
  expect(() => redlockGuard(Array.from({ length: count }, grantsEveryone))).toThrow("1, 3 or 5");
});
