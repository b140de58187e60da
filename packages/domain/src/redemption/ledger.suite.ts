import type { DeviceId, Purpose, RedemptionOutcome, RefusalReason, ScanId } from "@tessera/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AdmittedScan, RedemptionLedger } from "./ledger.ts";

/** A code to be put into the world, its window in seconds from now. */
export interface CodeSeed {
  purpose?: Purpose;
  /** Names a thing; each name is one thing, free at first. */
  resource: string;
  maxUses?: number;
  opensIn?: number;
  endsIn?: number;
  revoked?: boolean;
  /** Changes its text every 30 seconds. */
  rotating?: boolean;
  /** Kept ready by the other desk for the next minutes. */
  leasedToOther?: boolean;
  /** With so many things its holder takes no more. */
  loanLimit?: number;
}

/** A ledger with a tenant, a desk called "Front desk" and a member called "Member", and what a test looks at. */
export interface LedgerWorld {
  ledger: RedemptionLedger;
  desk: DeviceId;
  /** @returns The look-up key of the new code. */
  addCode(code: CodeSeed): Promise<Uint8Array>;
  /** @returns How many redemptions are written down for this code. */
  redemptionsOf(lookup: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

const uuid = () => crypto.randomUUID();

/**
 * The promise of a ledger, for every implementation.
 *
 * @param name Shown in the report.
 * @param open Makes a fresh world.
 */
export function ledgerSuite(name: string, open: () => Promise<LedgerWorld>): void {
  describe(`${name} keeps the ledger's promise:`, () => {
    let world: LedgerWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world?.close());

    const scan = (lookup: Uint8Array, scanId: string = uuid(), act = 1): AdmittedScan => ({
      scanId: scanId as ScanId,
      lookup,
      fingerprint: new Uint8Array(32).fill(act),
      source: "camera",
      by: { deviceId: world.desk, memberId: null },
    });
    const redeem = (lookup: Uint8Array, scanId?: string) => world.ledger.redeem(scan(lookup, scanId));

    it("redeems a code and says whose and what, and until when", async () => {
      const lookup = await world.addCode({ resource: "Drill" });
      expect(await redeem(lookup)).toMatchObject({
        kind: "redeemed",
        replayed: false,
        purpose: "check_out",
        holder: { name: "Member" },
        resource: { name: "Drill" },
        dueAt: expect.stringMatching(/^\d{4}-.*Z$/),
      });
    });

    it("refuses a used code with who, where and when", async () => {
      const lookup = await world.addCode({ resource: "Saw" });
      const first = await redeem(lookup);
      const second = await redeem(lookup);
      expect(reasonOf(second)).toBe("already_redeemed");
      expect(second).toMatchObject({
        refusal: {
          evidence: {
            holder: "Member",
            desk: "Front desk",
            resource: "Saw",
            useNo: 1,
            maxUses: 1,
            at: first.kind === "redeemed" ? first.at : "",
          },
        },
      });
    });

    it("answers the same scan twenty times with one redemption and nineteen identical replays", async () => {
      const lookup = await world.addCode({ resource: "Sander" });
      const scanId = uuid();
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => redeem(lookup, scanId)));

      expect(outcomes.filter((outcome) => !outcome.replayed)).toHaveLength(1);
      const told = new Set(outcomes.map((outcome) => JSON.stringify({ ...outcome, replayed: null })));
      expect(told.size).toBe(1);
      expect(await world.redemptionsOf(lookup)).toBe(1);
    });

    it("tells again what a scan has heard, and nothing of one that heard nothing, without deciding", async () => {
      const lookup = await world.addCode({ resource: "Trestle" });
      const first = scan(lookup);
      expect(await world.ledger.answerOf(first)).toBeNull();
      expect(await world.redemptionsOf(lookup)).toBe(0);

      const heard = await world.ledger.redeem(first);
      expect(await world.ledger.answerOf(first)).toEqual({ ...heard, replayed: true });
      expect(await world.ledger.answerOf(scan(lookup, first.scanId, 2))).toBeNull();
    });

    it("replays a refusal too, even when the code would pass by now", async () => {
      const lookup = await world.addCode({ resource: "Level" });
      const scanId = uuid();
      await redeem(lookup);
      const refused = await redeem(lookup, scanId);
      expect(await redeem(lookup, scanId)).toEqual({ ...refused, replayed: true });
    });

    it("refuses one scan id for two different acts", async () => {
      const lookup = await world.addCode({ resource: "Cutter" });
      const scanId = uuid();
      await redeem(lookup, scanId);
      const other = await world.ledger.redeem(scan(lookup, scanId, 2));
      expect(reasonOf(other)).toBe("idempotency_mismatch");
    });

    it("lets exactly one of fifty simultaneous scans of one code through", async () => {
      const lookup = await world.addCode({ resource: "Bike" });
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => redeem(lookup)));
      expect(outcomes.filter((outcome) => outcome.kind === "redeemed")).toHaveLength(1);
      expect(outcomes.filter((outcome) => reasonOf(outcome) === "already_redeemed")).toHaveLength(49);
      expect(await world.redemptionsOf(lookup)).toBe(1);
    });

    it("lets one of two codes for the same thing through, and gives the other its use back", async () => {
      const [one, two] = [await world.addCode({ resource: "Tent" }), await world.addCode({ resource: "Tent" })];
      const outcomes = await Promise.all([redeem(one), redeem(two)]);
      expect(outcomes.map(reasonOf).toSorted()).toEqual(["resource_unavailable", undefined]);
      expect((await world.redemptionsOf(one)) + (await world.redemptionsOf(two))).toBe(1);

      const late = reasonOf(outcomes[0]) ? one : two;
      await redeem(await world.addCode({ resource: "Tent", purpose: "check_in" }));
      expect(await redeem(late)).toMatchObject({ kind: "redeemed" });
    });

    it("takes a thing back, once", async () => {
      await redeem(await world.addCode({ resource: "Ladder" }));
      const back = await world.addCode({ resource: "Ladder", purpose: "check_in" });
      expect(await redeem(back)).toMatchObject({ kind: "redeemed", purpose: "check_in" });

      const again = await world.addCode({ resource: "Ladder", purpose: "check_in" });
      expect(reasonOf(await redeem(again))).toBe("not_checked_out");
    });

    it("lets a code for three uses be used three times", async () => {
      const lookup = await world.addCode({ resource: "Lens", maxUses: 3 });
      for (let use = 1; use <= 3; use++) {
        expect(await redeem(lookup)).toMatchObject({ kind: "redeemed" });
        await redeem(await world.addCode({ resource: "Lens", purpose: "check_in" }));
      }
      expect(await redeem(lookup)).toMatchObject({ refusal: { reason: "already_redeemed", evidence: { useNo: 3 } } });
    });

    it.each<[RefusalReason, CodeSeed]>([
      ["expired", { resource: "Rope", endsIn: -1 }],
      ["not_yet_valid", { resource: "Rope", opensIn: 60 }],
      ["revoked", { resource: "Rope", revoked: true }],
      ["revoked", { resource: "Rope", revoked: true, endsIn: -1 }],
    ])("refuses as %s: %o", async (reason, seed) => {
      expect(reasonOf(await redeem(await world.addCode(seed)))).toBe(reason);
    });

    it("does not know a code that was never issued", async () => {
      expect(reasonOf(await redeem(new Uint8Array(32).fill(9)))).toBe("not_found");
    });
  });
}

const reasonOf = (outcome: RedemptionOutcome | undefined): RefusalReason | undefined =>
  outcome?.kind === "refused" ? outcome.refusal.reason : undefined;

/**
 * The promise about limits, for the ledgers that know what else somebody has: a desk without a network does not.
 *
 * @param name Shown in the report.
 * @param open Makes a fresh world.
 */
export function limitSuite(name: string, open: () => Promise<LedgerWorld>): void {
  it(`${name} lets nobody have more at once than their codes allow, however many of these are scanned at once`, async () => {
    const world = await open();
    const scanOf = (lookup: Uint8Array): AdmittedScan => ({
      scanId: uuid() as ScanId,
      lookup,
      fingerprint: lookup,
      source: "camera",
      by: { deviceId: world.desk, memberId: null },
    });
    const seeds = Array.from({ length: 20 }, (_, n) => ({ resource: `Chair ${n}`, loanLimit: 3 }));
    const lookups = await Promise.all(seeds.map(world.addCode));
    const outcomes = await Promise.all(lookups.map((lookup) => world.ledger.redeem(scanOf(lookup))));
    const taken = outcomes.flatMap((outcome) => (outcome.kind === "redeemed" ? [outcome.resource.name] : []));
    const refusals = outcomes.flatMap((outcome) => (outcome.kind === "refused" ? [outcome.refusal] : []));
    expect(taken).toHaveLength(3);
    expect(refusals).toEqual(Array(17).fill({ reason: "limit_reached", evidence: { limit: 3 } }));

    const [resource = ""] = taken;
    await world.ledger.redeem(scanOf(await world.addCode({ resource, purpose: "check_in" })));
    const unused = lookups[outcomes.findIndex(({ kind }) => kind === "refused")] ?? new Uint8Array();
    expect(await world.ledger.redeem(scanOf(unused))).toMatchObject({ kind: "redeemed" });
    await world.close();
  });
}
