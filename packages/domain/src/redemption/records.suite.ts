import type { DeviceId, MemberId, RedemptionOutcome, ScanId } from "@tessera/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stepAt } from "../qr/step.ts";
import type { LedgerWorld } from "./ledger.suite.ts";
import type { AdmittedScan, Redeemer, ScanRecords } from "./ledger.ts";

/** A ledger of a server, with a second desk called "Back desk", a member of staff, and a way to let time pass. */
export interface RecordsWorld extends LedgerWorld {
  records: ScanRecords;
  otherDesk: DeviceId;
  staff: MemberId;
  /** @returns The store's own time. */
  now(): Promise<Date>;
  /** Makes what was redeemed so far this many minutes older. */
  age(minutes: number): Promise<void>;
}

const because = "put back on the shelf";

/**
 * What only a server's ledger can do: leases, rotating codes, telling what became of a scan, and taking it back.
 *
 * @param name Shown in the report.
 * @param open Makes a fresh world.
 */
export function recordsSuite(name: string, open: () => Promise<RecordsWorld>): void {
  describe(`${name} keeps its records:`, () => {
    let world: RecordsWorld;
    let desk: Redeemer;
    let otherDesk: Redeemer;
    let staff: Redeemer;
    beforeAll(async () => {
      world = await open();
      desk = { deviceId: world.desk, memberId: null };
      otherDesk = { deviceId: world.otherDesk, memberId: null };
      staff = { deviceId: null, memberId: world.staff };
    });
    afterAll(() => world?.close());

    const scan = (lookup: Uint8Array, given: Partial<AdmittedScan> = {}): AdmittedScan => ({
      scanId: crypto.randomUUID() as ScanId,
      lookup,
      fingerprint: lookup,
      source: "camera",
      by: desk,
      ...given,
    });
    const taken = async (resource: string, given: Partial<AdmittedScan> = {}) => {
      const one = scan(await world.addCode({ resource }), given);
      const outcome = await world.ledger.redeem(one);
      expect(outcome.kind).toBe("redeemed");
      return { ...one, outcome };
    };
    const broughtBack = async (resource: string) => {
      const one = scan(await world.addCode({ resource, purpose: "check_in" }));
      expect(await world.ledger.redeem(one)).toMatchObject({ kind: "redeemed" });
      return one;
    };

    it("keeps a leased code for its desk, and says whose and until when", async () => {
      const lookup = await world.addCode({ resource: "Projector", leasedToOther: true });
      const refused = await world.ledger.redeem(scan(lookup));
      expect(refused).toMatchObject({ refusal: { reason: "held_offline", evidence: { desk: "Back desk" } } });
      expect(await world.ledger.redeem(scan(lookup, { by: otherDesk }))).toMatchObject({ kind: "redeemed" });
    });

    it("takes a rotating code only with the step of now or of a neighbour", async () => {
      const step = stepAt(await world.now());
      const lookup = await world.addCode({ resource: "Screen", rotating: true, maxUses: 2 });
      const outcomes = [];
      for (const shown of [step - 3, step + 3]) outcomes.push(await world.ledger.redeem(scan(lookup, { step: shown })));
      outcomes.push(await world.ledger.redeem(scan(lookup)));
      expect(outcomes.map(reasonOf)).toEqual(Array(3).fill("rotating_code_stale"));
      expect(await world.ledger.redeem(scan(lookup, { step }))).toMatchObject({ kind: "redeemed" });
    });

    it("never takes the same step of a rotating code twice, nor an older one", async () => {
      const step = stepAt(await world.now());
      const lookup = await world.addCode({ resource: "Flipchart", rotating: true, maxUses: 3 });
      await world.ledger.redeem(scan(lookup, { step }));
      await broughtBack("Flipchart");
      expect(reasonOf(await world.ledger.redeem(scan(lookup, { step })))).toBe("rotating_code_replayed");
      expect(reasonOf(await world.ledger.redeem(scan(lookup, { step: step - 1 })))).toBe("rotating_code_replayed");
    });

    it("tells a desk what became of its scan, and another desk nothing", async () => {
      const { scanId, outcome } = await taken("Easel");
      expect(await world.records.fateOf(scanId, desk)).toEqual({ ...outcome, replayed: true });
      expect(await world.records.fateOf(scanId, staff)).toEqual({ ...outcome, replayed: true });
      expect(await world.records.fateOf(scanId, otherDesk)).toEqual({ kind: "undecided", scanId });
    });

    it("says of a scan that never arrived that nothing was decided", async () => {
      const scanId = crypto.randomUUID() as ScanId;
      expect(await world.records.fateOf(scanId, desk)).toEqual({ kind: "undecided", scanId });
    });

    it("takes a check-out back: the thing is free again, the code stays used", async () => {
      const { scanId, lookup } = await taken("Anvil");
      expect(await world.records.undo({ scanId, because, by: desk })).toMatchObject({ kind: "undone" });
      expect(reasonOf(await world.ledger.redeem(scan(lookup)))).toBe("already_redeemed");
      expect(await world.redemptionsOf(lookup)).toBe(1);
      await taken("Anvil");
    });

    it("takes a check-in back: the member has the thing again", async () => {
      await taken("Vice");
      const { scanId } = await broughtBack("Vice");
      expect(await world.records.undo({ scanId, because, by: desk })).toMatchObject({ kind: "undone" });
      const again = await world.ledger.redeem(scan(await world.addCode({ resource: "Vice" })));
      expect(reasonOf(again)).toBe("resource_unavailable");
    });

    it("takes back once, however often it is asked, and tells it with the answer", async () => {
      const first = await taken("Plane");
      const { scanId } = first;
      const undone = await world.records.undo({ scanId, because, by: desk });
      expect(await world.records.undo({ scanId, because, by: desk })).toEqual(undone);
      const at = undone.kind === "undone" ? undone.at : "";
      expect(await world.ledger.redeem(first)).toEqual({ ...first.outcome, replayed: true, undoneAt: at });
    });

    it("lets exactly one of ten simultaneous undos do it", async () => {
      const { scanId } = await taken("Chisel");
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => world.records.undo({ scanId, because, by: desk })),
      );
      expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    });

    it("lets staff take back what a desk did, and another desk not", async () => {
      const { scanId } = await taken("Clamp");
      const refused = { kind: "refused", scanId, because: "not_yours" };
      expect(await world.records.undo({ scanId, because, by: otherDesk })).toEqual(refused);
      expect(await world.records.undo({ scanId, because, by: staff })).toMatchObject({ kind: "undone" });
    });

    it("does not take back a refusal, nor what has changed hands since", async () => {
      const { lookup } = await taken("Torch");
      const again = scan(lookup);
      await world.ledger.redeem(again);
      expect(await undoOf(again.scanId)).toMatchObject({ because: "not_redeemed" });

      const out = await taken("Lamp");
      const { scanId } = await broughtBack("Lamp");
      expect(await undoOf(out.scanId)).toMatchObject({ because: "moved_on" });
      await taken("Lamp");
      expect(await undoOf(scanId)).toMatchObject({ because: "moved_on" });
    });

    it("withdraws a scan that nobody has decided, so that its late request is refused", async () => {
      const lookup = await world.addCode({ resource: "Router" });
      const late = scan(lookup);
      const withdrawn = await undoOf(late.scanId);
      expect(withdrawn).toMatchObject({ kind: "withdrawn" });
      expect(await undoOf(late.scanId)).toEqual(withdrawn);
      expect(reasonOf(await world.ledger.redeem(late))).toBe("withdrawn");
      expect(await world.redemptionsOf(lookup)).toBe(0);
      expect(await world.ledger.redeem(scan(lookup))).toMatchObject({ kind: "redeemed" });
    });

    it("does one or the other when a scan is withdrawn while it is decided", async () => {
      for (let round = 0; round < 10; round++) {
        const one = scan(await world.addCode({ resource: `Jigsaw ${round}` }));
        const [outcome, undo] = await Promise.all([world.ledger.redeem(one), undoOf(one.scanId)]);
        const story = `${outcome.kind === "redeemed" ? "redeemed" : reasonOf(outcome)}, ${undo.kind}`;
        expect(["redeemed, undone", "withdrawn, withdrawn"]).toContain(story);
        expect(await world.redemptionsOf(one.lookup)).toBe(undo.kind === "undone" ? 1 : 0);
      }
    });

    it("takes nothing back after a quarter of an hour", async () => {
      const { scanId } = await taken("Mitre box");
      await world.age(16);
      expect(await undoOf(scanId)).toEqual({ kind: "refused", scanId, because: "too_late" });
    });

    const undoOf = (scanId: ScanId) => world.records.undo({ scanId, because, by: desk });
  });
}

const reasonOf = (outcome: RedemptionOutcome): string | undefined =>
  outcome.kind === "refused" ? outcome.refusal.reason : undefined;
