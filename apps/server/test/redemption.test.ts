import { type IssuedCode, newScanId, type Purpose, type RedemptionOutcome, type Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hearEvents, hearShelf } from "./support/listening.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

describe("one redemption, through the SDK", () => {
  let server: RunningServer;
  let member: Tessera;
  let desk: Tessera;

  beforeAll(async () => {
    server = await runningServer();
    [member, desk] = await Promise.all([server.signedIn("member@library.example"), server.desk()]);
  });
  afterAll(() => server?.stop());

  async function resourceNamed(name: string) {
    const found = (await member.api.resource.list.query()).find((resource) => resource.name === name);
    if (!found) throw new Error(`the demo has no ${name}`);
    return found;
  }

  async function codeFor(name: string, purpose: Purpose = "check_out", who = member): Promise<IssuedCode> {
    const { id: resourceId } = await resourceNamed(name);
    const outcome = await who.api.qr.issue.mutate({ purpose, resourceId });
    if (outcome.kind !== "issued") throw new Error(`no code for ${name}: ${outcome.refusal.reason}`);
    return outcome;
  }

  it("checks a thing out with a code of 30 characters, and takes it back with another", async () => {
    const code = await codeFor("Cordless drill");
    expect(code.text).toMatch(/^T1[0-9A-HJKMNP-TV-Z]{28}$/);
    expect(await desk.redeem(code.text)).toMatchObject({
      kind: "redeemed",
      purpose: "check_out",
      holder: { name: "Library member" },
      resource: { name: "Cordless drill" },
    });
    expect((await resourceNamed("Cordless drill")).availability).toMatchObject({ state: "out", version: 1 });
    const [mine] = await member.api.checkout.mine.query();
    expect(mine).toMatchObject({ resource: { name: "Cordless drill" }, returnedAt: null });

    const back = await codeFor("Cordless drill", "check_in");
    expect(await desk.redeem(back.text)).toMatchObject({ kind: "redeemed", purpose: "check_in" });
    expect((await resourceNamed("Cordless drill")).availability).toMatchObject({ state: "free", version: 2 });
  });

  it("refuses the code a second time and says who used it, where and when", async () => {
    const code = await codeFor("Tile cutter");
    const first = await desk.redeem(code.text);
    expect(await desk.redeem(code.text)).toMatchObject({
      kind: "refused",
      refusal: {
        reason: "already_redeemed",
        evidence: { holder: "Library member", desk: "Front desk", resource: "Tile cutter", at: atOf(first) },
      },
    });
  });

  it("answers one scan sent twenty times with one redemption and nineteen identical replays", async () => {
    const { text } = await codeFor("Circular saw");
    const scanId = newScanId();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => desk.redeem(text, { scanId })));

    expect(outcomes.filter(({ replayed }) => replayed)).toHaveLength(19);
    expect(new Set(outcomes.map((outcome) => JSON.stringify({ ...outcome, replayed: null }))).size).toBe(1);
    expect(outcomes[0]).toMatchObject({ kind: "redeemed" });
  });

  it("lets one of fifty simultaneous scans through", async () => {
    const { text } = await codeFor("Orbital sander");
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => desk.redeem(text)));
    expect(outcomes.filter(({ kind }) => kind === "redeemed")).toHaveLength(1);
    expect(outcomes.map(reasonOf).filter((reason) => reason === "already_redeemed")).toHaveLength(49);
  });

  it.each([
    ["malformed", "https://example.org/menu"],
    ["malformed", "T1"],
    ["malformed", "t1".padEnd(30, "0")],
    ["malformed", `T1${"U".repeat(28)}`],
    ["unsupported", `T1${"8".repeat(60)}`],
    ["not_found", "T120000000000000000000000000 0".replace(" ", "0")],
  ])("refuses as %s: %s", async (reason, text) => {
    expect(reasonOf(await desk.redeem(text))).toBe(reason);
  });

  it("does not know another tenant's code, in the very words for one that never was", async () => {
    const { text } = await codeFor("Pasta machine");
    const foreign = await (await server.desk("Harbour hotel")).redeem(text);
    const never = await desk.redeem("T12000000000000000000000000000".padEnd(30, "0"));
    expect(foreign).toMatchObject({ refusal: { reason: "not_found" } });
    expect({ ...foreign, scanId: null }).toEqual({ ...never, scanId: null });
    expect(await desk.redeem(text)).toMatchObject({ kind: "redeemed" });
  });

  it("refuses a cancelled code and says who cancelled it", async () => {
    const { text, codeId } = await codeFor("Wheelbarrow");
    expect(await member.api.qr.invalidate.mutate({ codeId })).toMatchObject({ kind: "invalidated" });
    expect(await desk.redeem(text)).toMatchObject({
      refusal: { reason: "revoked", evidence: { by: "Library member" } },
    });
    expect(await member.api.qr.invalidate.mutate({ codeId })).toEqual({ kind: "left_alone", reason: "revoked" });
  });

  it("does not let one member cancel another's code", async () => {
    const other = await server.signedIn("second@library.example");
    const { text, codeId } = await codeFor("Hedge trimmer");
    expect(await other.api.qr.invalidate.mutate({ codeId })).toEqual({ kind: "left_alone", reason: "not_found" });
    expect(await desk.redeem(text)).toMatchObject({ kind: "redeemed" });
  });

  it("gives no code for what is out, without telling another member who has it", async () => {
    await desk.redeem((await codeFor("Cargo bike")).text);
    const other = await server.signedIn("second@library.example");
    const { id: resourceId } = await resourceNamed("Cargo bike");
    expect(await other.api.qr.issue.mutate({ purpose: "check_out", resourceId })).toMatchObject({
      kind: "refused",
      refusal: { reason: "resource_unavailable", evidence: { holder: null, dueAt: expect.any(String) } },
    });
    expect(await other.api.qr.issue.mutate({ purpose: "check_in", resourceId })).toMatchObject({
      refusal: { reason: "not_checked_out" },
    });
  });

  it("tells the member at once, and every watcher of the shelf", async () => {
    const code = await codeFor("Mirrorless camera");
    const events = await hearEvents(member);
    const shelf = await hearShelf(desk);

    const outcome = await desk.redeem(code.text);
    const told = await events.until(({ data }) => data.type === "code.redeemed" && data.entityId === code.codeId);
    expect(told.data).toMatchObject({ type: "code.redeemed", payload: { purpose: "check_out", useNo: 1 } });
    if (outcome.kind !== "redeemed") throw new Error("not redeemed");
    const news = await shelf.until(({ data }) => !data.complete && data.resources[0]?.state === "out");
    expect(news.data.resources).toMatchObject([{ resourceId: outcome.resource.id, dueAt: outcome.dueAt }]);
    events.stop();
    shelf.stop();
  });

  it("replays to a member who was away exactly what they missed", async () => {
    const before = await hearEvents(member);
    const first = await codeFor("Workshop room");
    const { id } = await before.until(({ data }) => data.type === "code.issued" && data.entityId === first.codeId);
    before.stop();

    await desk.redeem(first.text);
    await desk.redeem(first.text);
    const after = await hearEvents(member, id);
    await after.until(({ data }) => data.type === "code.refused");
    expect(after.heard.map(({ data }) => data.type)).toEqual(["code.redeemed", "code.refused"]);
    after.stop();
  });

  it("tells a member nothing of what others do", async () => {
    const other = await server.signedIn("second@library.example");
    const events = await hearEvents(other);
    await desk.redeem((await codeFor("Pressure washer")).text);
    await codeFor("Spirit level, 120 cm", "check_out", other);
    await events.until(({ data }) => data.type === "code.issued");
    expect(events.heard.map(({ data }) => data.type)).toEqual(["code.issued"]);
    events.stop();
  });
});

const reasonOf = (outcome: RedemptionOutcome) => (outcome.kind === "refused" ? outcome.refusal.reason : null);
const atOf = (outcome: RedemptionOutcome) => (outcome.kind === "redeemed" ? outcome.at : null);
