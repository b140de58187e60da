import { fromBase64url, toBase64url } from "@tessera/domain/qr/base64url";
import { offlineIdOf } from "@tessera/domain/qr/offline-id";
import { rotatingText, stepKeyOf } from "@tessera/domain/qr/rotating-code";
import { stepAt } from "@tessera/domain/qr/step";
import { parseCode } from "@tessera/domain/qr/token";
import { openEntry, tagOf } from "@tessera/domain/redemption/manifest";
import { CHAIN_START, chained } from "@tessera/domain/redemption/scan-chain";
import {
  type IssuedCode,
  type IssueOutcome,
  newScanId,
  type OfflineScan,
  type Purpose,
  type RedemptionOutcome,
  type TenantSettings,
  type Tessera,
} from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const because = "a test of the protocol";

describe("the whole protocol, through the SDK", () => {
  let server: RunningServer;
  let member: Tessera;
  let staff: Tessera;
  let operator: Tessera;
  let desk: Tessera;

  beforeAll(async () => {
    server = await runningServer();
    [member, staff, operator, desk] = await Promise.all([
      server.signedIn("member@library.example"),
      server.signedIn("staff@library.example"),
      server.signedIn("operator@library.example"),
      server.desk(),
    ]);
  });
  afterAll(() => server?.stop());

  async function resourceNamed(name: string) {
    const found = (await member.api.resource.list.query()).find((resource) => resource.name === name);
    if (!found) throw new Error(`the demo has no ${name}`);
    return found;
  }
  async function codeFor(name: string, purpose: Purpose = "check_out"): Promise<IssuedCode> {
    const { id: resourceId } = await resourceNamed(name);
    return issued(await member.api.qr.issue.mutate({ purpose, resourceId }));
  }
  async function memberId(): Promise<string> {
    const me = await member.api.account.me.query();
    if (me?.kind !== "member") throw new Error("nobody is signed in");
    return me.memberId;
  }
  const deviceId = async () => {
    const me = await desk.api.account.me.query();
    if (me?.kind !== "device") throw new Error("this is no desk");
    return me.deviceId;
  };
  async function chosen(settings: Partial<TenantSettings>) {
    const { codeKind, offlinePolicy } = await operator.api.tenant.settings.query();
    const before = { codeKind, offlinePolicy };
    await operator.api.tenant.saveSettings.mutate({ ...before, ...settings });
    return before;
  }

  it("tells what a code would do, and uses nothing", async () => {
    const { text } = await codeFor("Cordless drill");
    const ready = { kind: "ready", purpose: "check_out", resource: { name: "Cordless drill" }, usesLeft: 1 };
    expect(await desk.api.qr.preview.query({ text })).toMatchObject(ready);
    expect(await desk.api.qr.preview.query({ text })).toMatchObject(ready);
    await desk.redeem(text);
    expect(await desk.api.qr.preview.query({ text })).toMatchObject({
      kind: "refused",
      refusal: { reason: "already_redeemed", evidence: { desk: "Front desk", holder: "Library member" } },
    });
  });

  it("tells a desk that lost an answer what became of its scan", async () => {
    const scanId = newScanId();
    expect(await desk.api.qr.outcomeOf.query({ scanId })).toEqual({ kind: "undecided", scanId });
    const { text } = await codeFor("Tile cutter");
    const answer = await desk.redeem(text, { scanId });
    expect(await desk.api.qr.outcomeOf.query({ scanId })).toEqual({ ...answer, replayed: true });
  });

  it("takes a check-out back: the thing is free for everybody, the journal knows why", async () => {
    const scanId = newScanId();
    await desk.redeem((await codeFor("Hedge trimmer")).text, { scanId });
    expect((await resourceNamed("Hedge trimmer")).availability.state).toBe("out");
    expect(await desk.api.qr.undo.mutate({ scanId, because })).toMatchObject({ kind: "undone" });
    expect((await resourceNamed("Hedge trimmer")).availability.state).toBe("free");
    await expect
      .poll(async () => (await operator.api.audit.list.query({ type: "code.undone" })).entries)
      .toMatchObject([{ payload: { because } }]);
  });

  it("withdraws a scan nobody has answered, so that its late request is refused", async () => {
    const scanId = newScanId();
    expect(await desk.api.qr.undo.mutate({ scanId, because })).toMatchObject({ kind: "withdrawn" });
    const late = await desk.redeem((await codeFor("Circular saw")).text, { scanId });
    expect(late).toMatchObject({ refusal: { reason: "withdrawn" } });
  });

  it("lets staff make a code for three uses, and uses it three times", async () => {
    const { id: resourceId } = await resourceNamed("Orbital sander");
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const code = issued(
      await staff.api.qr.issueFor.mutate({
        purpose: "check_out",
        resourceId,
        holderId: (await memberId()) as never,
        maxUses: 3,
        expiresAt,
      }),
    );
    for (let use = 1; use <= 3; use++) {
      expect(await desk.redeem(code.text)).toMatchObject({ kind: "redeemed" });
      await desk.redeem((await codeFor("Orbital sander", "check_in")).text);
    }
    expect(reasonOf(await desk.redeem(code.text))).toBe("already_redeemed");
  });

  it("refuses to make a code that makes no sense, and says so", async () => {
    const { id: resourceId } = await resourceNamed("Orbital sander");
    const holderId = (await memberId()) as never;
    const past = { purpose: "check_out" as const, resourceId, holderId, expiresAt: "2020-01-01T00:00:00Z" };
    await expect(staff.api.qr.issueFor.mutate(past)).rejects.toMatchObject({
      data: { code: "BAD_REQUEST" },
      message: expect.stringContaining("already expired"),
    });
  });

  it("cancels every usable code at once, for those who run the tenant only", async () => {
    const codes = [await codeFor("Wheelbarrow"), await codeFor("Pressure washer")];
    await expect(staff.api.qr.invalidateAll.mutate({ because })).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    const { count } = await operator.api.qr.invalidateAll.mutate({ because });
    expect(count).toBeGreaterThanOrEqual(2);
    for (const { text } of codes) expect(reasonOf(await desk.redeem(text))).toBe("revoked");
  });

  it("does a mutation once for one key, however often it is asked", async () => {
    const context = { idempotencyKey: crypto.randomUUID() };
    const first = await operator.api.qr.invalidateAll.mutate({ because }, { context });
    await codeFor("Wheelbarrow");
    expect(await operator.api.qr.invalidateAll.mutate({ because }, { context })).toEqual(first);
    const other = operator.api.qr.invalidateAll.mutate({ because: "something else" }, { context });
    await expect(other).rejects.toMatchObject({ data: { code: "UNPROCESSABLE_CONTENT" } });
  });

  it("asks for the key when there is none", async () => {
    const context = { idempotencyKey: "" };
    const without = operator.api.qr.invalidateAll.mutate({ because }, { context });
    await expect(without).rejects.toMatchObject({
      data: { code: "BAD_REQUEST" },
      message: expect.stringContaining("idempotency-key"),
    });
  });

  it("gives signed codes to a tenant that wants them, and takes none that anybody changed", async () => {
    const before = await chosen({ codeKind: "signed" });
    const { text } = await codeFor("Pressure washer");
    expect(text).toMatch(/^T1[0-9A-HJKMNP-TV-Z]{148}$/);
    const forged = text.slice(0, 60) + (text[60] === "0" ? "1" : "0") + text.slice(61);
    expect(["bad_signature", "unknown_key", "unsupported", "malformed"]).toContain(reasonOf(await desk.redeem(forged)));
    expect(await desk.redeem(text)).toMatchObject({ kind: "redeemed" });
    await desk.redeem((await codeFor("Pressure washer", "check_in")).text);
    await chosen(before);
  });

  it("takes a rotating code as it is now, and no picture of it twice", async () => {
    const before = await chosen({ codeKind: "rotating" });
    const code = await codeFor("Pressure washer");
    const key = await stepKeyOf(fromBase64url(code.stepSecret ?? ""));
    const shown = (steps: number) => rotatingText(code.text, key, stepAt(new Date()) + steps);
    expect(reasonOf(await desk.redeem(await shown(-4)))).toBe("rotating_code_stale");
    expect(await desk.redeem(await shown(0))).toMatchObject({ kind: "redeemed" });
    await chosen(before);
    await desk.redeem((await codeFor("Pressure washer", "check_in")).text);
  });

  it("keeps codes ready for a desk, tells no name to who cannot show the code, and judges what it hands in", async () => {
    const [mine, spare] = [await codeFor("Pasta machine"), await codeFor("Pressure washer")];
    const manifest = await desk.api.qr.lease.mutate({ hours: 2 });
    expect(manifest).toMatchObject({ policy: "leased", signed: null });
    expect(JSON.stringify(manifest)).not.toMatch(/member|pasta/i);

    const offlineId = await offlineIdOf(secretIn(mine.text));
    const tag = await tagOf(fromBase64url(manifest.salt), offlineId);
    const entry = manifest.entries.find((one) => one.tag === tag);
    expect(await openEntry(entry?.sealed ?? "", offlineId)).toMatchObject({
      holder: { name: "Library member" },
      resource: { name: "Pasta machine" },
    });

    const elsewhere = await desk2(server);
    expect(await elsewhere.redeem(spare.text)).toMatchObject({
      refusal: { reason: "held_offline", evidence: { desk: "Front desk" } },
    });

    const scan = await offlineScan(1, CHAIN_START, mine.text);
    const judged = await desk.api.qr.handIn.mutate({ scans: [scan] });
    expect(judged).toMatchObject({ kind: "judged", verdicts: [{ seq: 1, outcome: { kind: "redeemed" } }] });
    const again = await desk.api.qr.handIn.mutate({ scans: [scan] });
    expect(again).toMatchObject({ verdicts: [{ outcome: { kind: "redeemed", replayed: true } }] });

    const second = await offlineScan(2, scan.hash, mine.text);
    expect(await desk.api.qr.handIn.mutate({ scans: [second] })).toMatchObject({
      verdicts: [{ outcome: { refusal: { reason: "already_redeemed" } } }],
    });
    const [conflict] = await staff.api.conflict.list.query();
    expect(conflict).toMatchObject({
      scanId: second.scanId,
      resource: { name: "Pasta machine" },
      purpose: "check_out",
      refusal: { reason: "already_redeemed", evidence: { desk: "Front desk", resource: "Pasta machine" } },
      settledAt: null,
      resolution: null,
    });
    const settlement = { id: conflict?.id ?? "", resolution: "thing_returned" } as const;
    expect(await staff.api.conflict.settle.mutate(settlement)).toEqual({ settled: true });
    expect(await staff.api.conflict.settle.mutate(settlement)).toEqual({ settled: false });
    expect(await staff.api.conflict.list.query()).toMatchObject([{ resolution: "thing_returned" }]);
    expect(await desk.api.qr.releaseLeases.mutate()).toMatchObject({ count: expect.any(Number) });
    expect(await elsewhere.redeem(spare.text)).toMatchObject({ kind: "redeemed" });
  });

  it("quarantines a desk whose story is told in two ways, loses nothing, and goes on when staff release it", async () => {
    const clone = await offlineScan(2, CHAIN_START, (await codeFor("Circular saw")).text);
    expect(await desk.api.qr.handIn.mutate({ scans: [clone] })).toMatchObject({ kind: "quarantined" });
    const id = await deviceId();
    expect(await staff.api.device.release.mutate({ deviceId: id })).toEqual({ released: true });
    expect(await desk.api.qr.handIn.mutate({ scans: [clone] })).toMatchObject({
      verdicts: [{ outcome: { kind: "redeemed" } }],
    });
    await desk.redeem((await codeFor("Circular saw", "check_in")).text);
  });

  it("refuses a scan whose hash does not say what it contains", async () => {
    const scan = await offlineScan(90, CHAIN_START, (await codeFor("Circular saw")).text);
    const changed = { ...scan, claimedAt: "2020-01-01T00:00:00.000Z" };
    await expect(desk.api.qr.handIn.mutate({ scans: [changed] })).rejects.toMatchObject({
      data: { code: "BAD_REQUEST" },
    });
  });

  it("rotates the key that signs, and proves its journal to those who run the tenant", async () => {
    const [active] = (await operator.api.key.list.query()).filter(({ state }) => state === "active");
    const rotated = await operator.api.key.rotate.mutate({ from: active?.keyId ?? 0, forced: true });
    expect(rotated.kind).toBe("rotated");
    await expect.poll(() => operator.api.audit.verify.query()).toMatchObject({ kind: "intact" });
    await expect(member.api.audit.verify.query()).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
  });

  it("knows nothing of another tenant's scans, conflicts, desks, people and things (T6)", async () => {
    const stranger = await server.signedIn("staff@hotel.example");
    const [scan] = (await operator.api.audit.list.query({ type: "code.redeemed", limit: 1 })).entries;
    const scanId = scan?.scanId ?? "";
    const [mine] = await staff.api.conflict.list.query();
    const { id: resourceId } = await resourceNamed("Tile cutter");
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const order = { purpose: "check_out", resourceId, holderId: (await memberId()) as never, expiresAt } as const;
    const unknown = { kind: "refused", refusal: { reason: "not_found" } };

    expect(await stranger.api.qr.outcomeOf.query({ scanId })).toEqual({ kind: "undecided", scanId });
    expect(await stranger.api.conflict.list.query()).toEqual([]);
    expect(await stranger.api.conflict.settle.mutate({ id: mine?.id ?? "", resolution: "written_off" })).toEqual({
      settled: false,
    });
    expect(await stranger.api.device.release.mutate({ deviceId: await deviceId() })).toEqual({ released: false });
    expect(await stranger.api.qr.issueFor.mutate(order)).toEqual(unknown);
    const [theirs] = await stranger.api.resource.list.query();
    const foreignHolder = { ...order, resourceId: theirs?.id ?? "" };
    expect(await stranger.api.qr.issueFor.mutate(foreignHolder as typeof order)).toEqual(unknown);
    // Their withdrawal of our scan's id is theirs alone: ours stands.
    await stranger.api.qr.undo.mutate({ scanId, because });
    expect(await staff.api.qr.outcomeOf.query({ scanId })).toMatchObject({ kind: "redeemed" });
  });

  it.each([
    "javascript:alert(1)",
    "<img src=x onerror=alert(1)>",
    "https://evil.example/T10ABCDEFGHJKMNPQRSTVWXYZ01234",
    "T1\u202e0ABCDEFGHJKMNPQRSTVWXYZ0123",
    "WIFI:S:desk;T:WPA;P:secret;;",
    `{"__proto__":{"admin":true}}`,
    "T1".padEnd(512, "0"),
  ])("takes hostile text for what it is, text: %s (T28)", async (text) => {
    expect(["malformed", "unsupported"]).toContain(reasonOf(await desk.redeem(text)));
    expect(await desk.api.qr.preview.query({ text })).toMatchObject({ kind: "refused" });
  });

  it("lets no forged time change who was first (T19)", async () => {
    const code = await codeFor("Spirit level, 120 cm");
    const live = await desk.redeem(code.text);
    expect(live).toMatchObject({ kind: "redeemed" });
    const other = await desk2(server);
    let [prev, seq] = [CHAIN_START, 0];
    for (const claimedAt of ["2016-11-22T00:00:00.000Z", "2036-11-22T00:00:00.000Z"]) {
      const offlineId = toBase64url(await offlineIdOf(secretIn(code.text)));
      const scan = await chained(prev, { seq: ++seq, scanId: newScanId(), offlineId, claimedAt, basis: "signature" });
      prev = scan.hash;
      expect(await other.api.qr.handIn.mutate({ scans: [scan] })).toMatchObject({
        verdicts: [
          {
            outcome: { refusal: { reason: "already_redeemed", evidence: { at: live.kind === "redeemed" && live.at } } },
          },
        ],
      });
    }
  });

  async function offlineScan(seq: number, prev: string, text: string): Promise<OfflineScan> {
    const offlineId = toBase64url(await offlineIdOf(secretIn(text)));
    const claimedAt = new Date().toISOString();
    return chained(prev, { seq, scanId: newScanId(), offlineId, claimedAt, basis: "lease" });
  }
});

/** Another desk of the same tenant: the demo's invitation may be used again. */
const desk2 = (server: RunningServer) => server.desk();

function issued(outcome: IssueOutcome): IssuedCode {
  if (outcome.kind !== "issued") throw new Error(`no code: ${outcome.refusal.reason}`);
  return outcome;
}

function secretIn(text: string): Uint8Array<ArrayBuffer> {
  const code = parseCode(text);
  if (typeof code === "string") throw new Error(`this is ${code}`);
  return code.secretPart;
}

const reasonOf = (outcome: RedemptionOutcome): string =>
  outcome.kind === "refused" ? outcome.refusal.reason : "redeemed";
