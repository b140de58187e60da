import type { OfflinePolicy } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { deskStory } from "./desk-story.ts";
import { MOST_BY_SIGNATURE, type Proof } from "./offline-ledger.ts";
import { alsoHolding, codeMaker, deskAt, handClock, holding, manifestOf, START, scanOf } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";

const HOUR = 3_600;
const CANNOT = { failure: "unavailable" };
const noKeys = { tenantNumber: 7, keys: [], spent: [] };

async function desk(policy: OfflinePolicy = "leased", signed: Parameters<typeof manifestOf>[1] = {}) {
  const [place, clock, make] = [freshPlace(), handClock(), codeMaker()];
  const one = deskAt(place, clock);
  const code = await make({ resource: "Drill", endsIn: 48 * HOUR });
  await holding(one, await manifestOf([code], { policy, ...signed }));
  return { ...one, place, clock, code, redeem: () => one.ledger.redeem(scanOf(code.offlineId)) };
}
/** What a code of another desk, or of none, says of itself when its signature is good. */
const proof = (given: Partial<Exclude<Proof, string | null>> = {}): Proof => ({
  keyId: 1,
  tenantNumber: 7,
  notBefore: new Date(START - HOUR * 1_000),
  expiresAt: new Date(START + 48 * HOUR * 1_000),
  audience: ["kiosk"],
  maxUses: 1,
  ...given,
});
const anyCode = () => scanOf(crypto.getRandomValues(new Uint8Array(32)));

describe("a lease is counted by the time that has gone by", () => {
  it("holds until two minutes before the server lets go, and not a second longer", async () => {
    const { clock, redeem, store } = await desk();
    clock.pass(8 * HOUR - 120);
    await expect(redeem()).rejects.toMatchObject({ ...CANNOT, why: "lease_over" });
    expect(await store.read(({ scans }) => scans.count())).toBe(0);
    expect((await deskStory(store, clock.now)).stopped).toBe("lease_over");

    const other = await desk();
    other.clock.pass(8 * HOUR - 121);
    expect(await other.redeem()).toMatchObject({ kind: "redeemed" });
  });

  it.each([-10 * 365 * 24 * HOUR, -HOUR])(
    "is not made longer by a wall clock that is moved by %i seconds",
    async (by) => {
      const { clock, redeem } = await desk();
      clock.pass(8 * HOUR);
      clock.moveWall(by);
      await expect(redeem()).rejects.toMatchObject({ why: "lease_over" });
    },
  );

  it("ends while the device sleeps and its monotonic clock stands still", async () => {
    const { clock, redeem } = await desk();
    clock.moveWall(9 * HOUR);
    await expect(redeem()).rejects.toMatchObject({ why: "lease_over" });
  });

  it("does not come back when a clock that ran ahead is set right", async () => {
    const { clock, redeem, ledger } = await desk();
    clock.moveWall(7 * HOUR);
    await ledger.redeem(anyCode());
    clock.moveWall(-7 * HOUR);
    clock.pass(HOUR);
    await expect(redeem()).rejects.toMatchObject({ why: "lease_over" });
  });

  it("is void after a restart without contact, and new after the next manifest", async () => {
    const { clock, redeem, code, intake } = await desk();
    clock.restart();
    await expect(redeem()).rejects.toMatchObject({ ...CANNOT, why: "restarted" });
    await holding({ intake }, await manifestOf([code]));
    expect(await redeem()).toMatchObject({ kind: "redeemed" });
  });

  it("is counted from when the desk asked, so an answer that was long on its way is no gift", async () => {
    const { clock, intake, code, ledger } = await desk();
    const asked = await intake.ask();
    clock.pass(10 * 60);
    await intake.receive(asked, await manifestOf([code], { issuedAt: START + 1_000 }));
    clock.pass(8 * HOUR - 10 * 60 - 120);
    await expect(ledger.redeem(scanOf(code.offlineId))).rejects.toMatchObject({ why: "lease_over" });
  });

  it("still tells what a scan has heard when it is over", async () => {
    const { clock, ledger, code } = await desk();
    const scan = scanOf(code.offlineId);
    const heard = await ledger.redeem(scan);
    clock.pass(20 * HOUR);
    expect(await ledger.redeem(scan)).toEqual({ ...heard, replayed: true });
    expect(await ledger.answerOf(scan)).toEqual({ ...heard, replayed: true });
  });
});

describe("what a desk may do alone", () => {
  it("is nothing under `deny`, nor before it has heard of the server, and neither is a refusal", async () => {
    const { redeem } = await desk("deny");
    await expect(redeem()).rejects.toMatchObject({ ...CANNOT, why: "denied" });
    const fresh = deskAt(freshPlace(), handClock());
    await expect(fresh.ledger.redeem(anyCode())).rejects.toMatchObject({ ...CANNOT, why: "no_manifest" });
  });

  it("does not include signatures under `leased`", async () => {
    const { ledger } = await desk("leased");
    expect(await ledger.decide(anyCode(), proof())).toMatchObject({ refusal: { reason: "not_found" } });
  });

  it("lets a code with a good signature through under `open`, once, and remembers it", async () => {
    const { ledger, store } = await desk("open", { signed: noKeys });
    const scan = anyCode();
    const first = await ledger.decide(scan, proof());
    expect(first).toMatchObject({ kind: "accepted", basis: "signature", replayed: false });
    expect(await ledger.decide(scan, proof())).toEqual({ ...first, replayed: true });
    expect(await ledger.decide(scanOf(scan.lookup), proof())).toMatchObject({ kind: "passed_before" });
    expect(await store.read(({ outbox }) => outbox.toArray())).toMatchObject([{ seq: 1, basis: "signature" }]);
  });

  it("under `open` lets through as often as the code says, within its window, and nothing forged", async () => {
    const { ledger } = await desk("open", { signed: noKeys });
    const { lookup } = anyCode();
    const kinds = [];
    for (let use = 0; use < 3; use++) kinds.push((await ledger.decide(scanOf(lookup), proof({ maxUses: 2 }))).kind);
    expect(kinds).toEqual(["accepted", "accepted", "passed_before"]);

    const reasonOf = async (given: Proof) => {
      const outcome = await ledger.decide(anyCode(), given);
      return outcome.kind === "refused" ? outcome.refusal.reason : outcome.kind;
    };
    expect(await reasonOf(proof({ expiresAt: new Date(START - 1) }))).toBe("expired");
    expect(await reasonOf(proof({ notBefore: new Date(START + 1) }))).toBe("not_yet_valid");
    expect(await reasonOf("bad_signature")).toBe("bad_signature");
    expect(await reasonOf("unknown_key")).toBe("unknown_key");
  });

  it("under `open` stops what the server has called used or cancelled", async () => {
    const spent = anyCode();
    const { ledger } = await desk("open", { signed: { ...noKeys, spent: [spent.lookup] } });
    expect(await ledger.decide(spent, proof())).toMatchObject({ kind: "passed_before", at: null });
  });

  it("under `open` believes its list of used and cancelled codes for 12 hours", async () => {
    const { ledger, clock } = await desk("open", { signed: noKeys });
    clock.pass(12 * HOUR - 1);
    expect(await ledger.decide(anyCode(), proof())).toMatchObject({ kind: "accepted" });
    clock.pass(1);
    await expect(ledger.decide(anyCode(), proof())).rejects.toMatchObject({ ...CANNOT, why: "lease_over" });
  });

  it("lets 200 through by their signature, then waits for the server; what it holds ready goes on", async () => {
    const { ledger, store, redeem } = await desk("open", { signed: noKeys });
    const last = MOST_BY_SIGNATURE - 1;
    await store.write(async ({ manifest }) => ((await manifest.update(1, { bySignature: last })) ? {} : null));
    expect(await ledger.decide(anyCode(), proof())).toMatchObject({ kind: "accepted" });
    await expect(ledger.decide(anyCode(), proof())).rejects.toMatchObject({ ...CANNOT, why: "limit_reached" });
    expect(await redeem()).toMatchObject({ kind: "redeemed" });
  });

  it("judges a held code by its lease even when it is signed", async () => {
    const { ledger, code } = await desk("open", { signed: noKeys });
    expect(await ledger.decide(scanOf(code.offlineId), proof())).toMatchObject({ kind: "accepted", basis: "lease" });
  });
});

describe("a new manifest", () => {
  it("is not taken while scans wait to be handed in, so that no used code looks fresh", async () => {
    const { redeem, intake, code } = await desk();
    await redeem();
    expect(await holding({ intake }, await manifestOf([code]))).toBe("hand_in_first");
  });

  it("is not taken when something was scanned between asking and receiving", async () => {
    const { intake, store, code } = await desk();
    const asked = await intake.ask();
    await alsoHolding(store, code);
    expect(await intake.receive(asked, await manifestOf([code]))).toBe("ask_again");
  });
});
