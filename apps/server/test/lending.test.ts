import { randomUUID } from "node:crypto";
import type { LoanRule, RenewOutcome } from "@tessera/contracts";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hearEvents, hearShelf } from "./support/listening.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const DAY_MS = 86_400_000;
const rule = (of: Partial<LoanRule>): LoanRule => {
  const open = { place: null, tier: null, kind: null };
  return { ...open, loanMinutes: null, renewals: 1, atOnce: null, reservable: true, ...of };
};

describe("a library that lends by rules", () => {
  let server: RunningServer;
  let member: Tessera;
  let second: Tessera;
  let staff: Tessera;
  let admin: Tessera;
  let desk: Tessera;

  beforeAll(async () => {
    server = await runningServer();
    const as = (name: string) => server.signedIn(`${name}@library.example`);
    [member, second, staff, admin] = await Promise.all([as("member"), as("second"), as("staff"), as("admin")]);
    desk = await server.desk();
    await save([rule({ kind: "tool", loanMinutes: 1_440, atOnce: 2 }), rule({ tier: "friend", loanMinutes: 2_880 })]);
  });
  afterAll(() => server?.stop());

  async function save(rules: LoanRule[]) {
    const { version: seen } = await admin.api.loanRule.get.query();
    return admin.api.loanRule.save.mutate({ rules, hours: [], seen });
  }
  async function idOf(name: string): Promise<string> {
    const found = (await staff.api.resource.list.query()).find((resource) => resource.name === name);
    return found?.id ?? "";
  }
  async function codeFor(name: string, who: Tessera, purpose: "check_out" | "check_in" = "check_out") {
    return who.api.qr.issue.mutate({ purpose, resourceId: await idOf(name) });
  }
  async function scanned(name: string, who: Tessera, purpose: "check_out" | "check_in" = "check_out") {
    const code = await codeFor(name, who, purpose);
    if (code.kind !== "issued") throw new Error(`no code: ${code.refusal.reason}`);
    return desk.redeem(code.text);
  }
  const loanOf = async (name: string, who: Tessera) => {
    const loan = (await who.api.checkout.mine.query()).find(({ resource }) => resource.name === name);
    if (!loan) throw new Error(`nobody has ${name}`);
    return loan;
  };

  it("lends for as long as the rule for the kind says", async () => {
    const outcome = await scanned("Cordless drill", member);
    const { at, dueAt } = outcome as { at: string; dueAt: string };
    expect(Date.parse(dueAt) - Date.parse(at)).toBe(DAY_MS);
  });

  it("goes by the thing where no rule fits", async () => {
    const outcome = await scanned("Wheelbarrow", second);
    const { at, dueAt } = outcome as { at: string; dueAt: string };
    expect(Date.parse(dueAt) - Date.parse(at)).toBe(3 * DAY_MS);
    await scanned("Wheelbarrow", second, "check_in");
  });

  it("gives no code, and takes none, for more than somebody may have", async () => {
    const [saw, sander] = [await codeFor("Circular saw", member), await codeFor("Orbital sander", member)];
    if (saw.kind !== "issued" || sander.kind !== "issued") throw new Error("one may have two");
    const refusal = { reason: "limit_reached", evidence: { limit: 2 } };
    expect((await desk.redeem(saw.text)).kind).toBe("redeemed");
    expect(await desk.redeem(sander.text)).toMatchObject({ kind: "refused", refusal });
    expect(await codeFor("Tile cutter", member)).toEqual({ kind: "refused", refusal });
    expect(await desk.api.qr.preview.query({ text: sander.text })).toEqual({ kind: "refused", refusal });
  });

  it("gives a loan more time once for one intent, tells everybody, and says why not a second time", async () => {
    const shelf = await hearShelf(second);
    const loan = await loanOf("Cordless drill", member);
    expect(loan.renewal).toMatchObject({ kind: "possible", left: 0 });
    const cookie = await server.cookieOf("member@library.example");
    const key = randomUUID();
    const asked = async () => {
      const answer = await fetch(`${server.url}/trpc/checkout.renew`, {
        method: "POST",
        headers: { cookie, "content-type": "application/json", "idempotency-key": key, "x-tessera": "1" },
        body: JSON.stringify({ checkoutId: loan.id }),
      });
      return ((await answer.json()) as { result: { data: RenewOutcome } }).result.data;
    };
    const dueAt = new Date(Date.parse(loan.dueAt) + DAY_MS).toISOString();
    expect(await asked()).toEqual({ kind: "renewed", dueAt, left: 0 });
    expect(await asked()).toEqual({ kind: "renewed", dueAt, left: 0 });
    await shelf.until(({ data }) => data.resources.some((one) => one.dueAt === dueAt));

    expect(await member.api.checkout.renew.mutate({ checkoutId: loan.id })).toEqual({
      kind: "refused",
      refusal: { reason: "renewed_too_often", evidence: { allowed: 1 } },
    });
    expect((await loanOf("Cordless drill", member)).renewal).toMatchObject({ kind: "refused" });
  });

  it("refuses to renew what is somebody else's, and what came back", async () => {
    const { id: checkoutId } = await loanOf("Circular saw", member);
    const refusal = (outcome: RenewOutcome) => (outcome.kind === "refused" ? outcome.refusal.reason : null);
    expect(refusal(await second.api.checkout.renew.mutate({ checkoutId }))).toBe("not_yours");
    expect(refusal(await staff.api.checkout.renew.mutate({ checkoutId }))).toBeNull();
    await scanned("Circular saw", member, "check_in");
    expect(refusal(await member.api.checkout.renew.mutate({ checkoutId }))).toBe("already_back");
  });

  it("sorts members by tiers, and shows what a draft would mean before it is saved", async () => {
    const [{ id: memberId } = { id: "" }] = (await staff.api.member.list.query()).filter(
      ({ name }) => name === "Second member",
    );
    expect(await staff.api.member.changeTier.mutate({ memberId, tier: "friend" })).toEqual({ kind: "done" });
    const outcome = await scanned("Tile cutter", second);
    const { at, dueAt } = outcome as { at: string; dueAt: string };
    expect(Date.parse(dueAt) - Date.parse(at)).toBe(2 * DAY_MS);

    const ask = { tier: "friend", resourceId: await idOf("Tile cutter") };
    expect(await staff.api.loanRule.preview.query(ask)).toMatchObject({ loanMinutes: 2_880, rule: 1 });
    const rules = [rule({ tier: "friend", loanMinutes: 60, atOnce: 1 })];
    expect(await staff.api.loanRule.preview.query({ ...ask, rules: { rules, hours: [] } })).toMatchObject({
      loanMinutes: 60,
      atOnce: 1,
      rule: 0,
    });
  });

  it("keeps what came back for who waited, tells them, and lets nobody else have it", async () => {
    const resourceId = await idOf("Pressure washer");
    await scanned("Pressure washer", member);
    const waiting = { kind: "waiting", place: { place: 1, heldUntil: null } };
    expect(await second.api.checkout.joinQueue.mutate({ resourceId })).toMatchObject(waiting);
    expect(await staff.api.checkout.joinQueue.mutate({ resourceId })).toMatchObject({ place: { place: 2 } });
    const { id: checkoutId } = await loanOf("Pressure washer", member);
    expect(await member.api.checkout.renew.mutate({ checkoutId })).toMatchObject({
      refusal: { reason: "somebody_waits", evidence: { waiting: 2 } },
    });

    const [events, shelf] = [await hearEvents(second), await hearShelf(member)];
    await scanned("Pressure washer", member, "check_in");
    await events.until(({ data }) => data.type === "queue.held" && data.payload.resourceId === resourceId);
    await shelf.until(({ data }) =>
      data.resources.some((one) => one.resourceId === resourceId && one.state === "held"),
    );
    expect(await codeFor("Pressure washer", staff)).toMatchObject({
      refusal: { reason: "queue_ahead", evidence: { resource: "Pressure washer", place: 2 } },
    });
    expect(await staff.api.checkout.line.query({ resourceId })).toMatchObject({
      waiting: 2,
      mine: { place: 2, heldUntil: null },
      keptUntil: expect.any(String),
    });
    expect(await scanned("Pressure washer", second)).toMatchObject({ kind: "redeemed" });
    expect(await staff.api.checkout.myQueues.query()).toMatchObject([{ place: 1, heldUntil: null }]);
    expect(await staff.api.checkout.leaveQueue.mutate({ resourceId })).toEqual({ kind: "done" });
  });

  it("keeps a time to come for who reserved it, and shortens the loans before it", async () => {
    const resourceId = await idOf("Hedge trimmer");
    const hour = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
    const [from, until] = [hour(24), hour(26)];
    const reserved = await second.api.checkout.reserve.mutate({ resourceId, from, until });
    expect(reserved).toMatchObject({ kind: "reserved", reservation: { from, until } });
    expect(await member.api.checkout.reserve.mutate({ resourceId, from: hour(25), until: hour(27) })).toEqual({
      kind: "refused",
      refusal: { reason: "slot_taken", evidence: { from, until } },
    });
    expect(await scanned("Hedge trimmer", member)).toMatchObject({ kind: "redeemed", dueAt: from });
    expect(await second.api.checkout.myReservations.query()).toMatchObject([{ resource: { name: "Hedge trimmer" } }]);
    const reservationId = reserved.kind === "reserved" ? reserved.reservation.id : "";
    expect(await second.api.checkout.cancelReservation.mutate({ reservationId })).toEqual({ kind: "done" });
  });

  it("refuses a time that has passed, or ends before it begins, as a mistake of the program", async () => {
    const resourceId = await idOf("Hedge trimmer");
    const [from, until] = ["2020-01-01T00:00:00.000Z", "2020-01-02T00:00:00.000Z"];
    await expect(second.api.checkout.reserve.mutate({ resourceId, from, until })).rejects.toThrow("from now on");
    await expect(second.api.checkout.reserve.mutate({ resourceId, from: until, until: from })).rejects.toThrow(
      "ends after",
    );
  });

  it("keeps each version, and lets nobody save over what they have not seen", async () => {
    const { version: seen, rules, hours } = await admin.api.loanRule.get.query();
    const both = await Promise.all([1, 2].map(() => admin.api.loanRule.save.mutate({ rules, hours, seen })));
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["refused", "saved"]);
    expect(await admin.api.loanRule.get.query()).toMatchObject({ version: seen + 1, timeZone: "UTC" });
  });
});
