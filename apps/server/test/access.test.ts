import { randomBytes, randomUUID } from "node:crypto";
import { type AccessRow, accessTable, admits, appRouter, type CallerKind, callerKinds, isFor } from "@tessera/api";
import { apiScopes } from "@tessera/contracts";
import { drawUserCode } from "@tessera/domain/devices/pairing-request";
import { toBase64url } from "@tessera/domain/qr/base64url";
import { compactCode } from "@tessera/domain/qr/compact-code";
import { labelKey } from "@tessera/domain/qr/label-key";
import { offlineIdOf } from "@tessera/domain/qr/offline-id";
import { parseCode } from "@tessera/domain/qr/token";
import { CHAIN_START, chained } from "@tessera/domain/redemption/scan-chain";
import { newScanId, type Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const rows = accessTable(appRouter);
const calls = rows.filter(({ type }) => type !== "subscription");
const subscriptions = rows.filter(({ type }) => type === "subscription");

describe("the gate, for every procedure", () => {
  let server: RunningServer;
  let headersOf: Record<CallerKind, Record<string, string>>;
  let theirs: Ids;

  beforeAll(async () => {
    server = await runningServer({}, { FEATURE_QR_UNIFIED_PORTAL: "true" });
    const as = async (email: string) => ({ cookie: await server.cookieOf(email) });
    headersOf = {
      stranger: {},
      member: await as("member@library.example"),
      staff: await as("staff@library.example"),
      admin: await as("admin@library.example"),
      operator: await as("operator@library.example"),
      desk: await ofDesk(),
      key: await ofKey([...apiScopes]),
      guest: await ofGuest(),
    };
    theirs = await idsOfTheHotel(server);
  });
  afterAll(() => server?.stop());

  async function ofKey(scopes: (typeof apiScopes)[number][]) {
    const admin = await server.signedIn("admin@library.example");
    const made = await admin.api.apiKey.create.mutate({ name: "A program", scopes });
    if (made.kind === "left_alone") throw new Error("no key was made");
    return { authorization: `Bearer ${made.token}` };
  }
  const ofGuest = async () => ({
    authorization: `Bearer ${await guestToken(server, await labelOf(server, "library"))}`,
  });
  const ofDesk = async () => ({ authorization: `Bearer ${await server.deskToken()}` });

  async function asked({ path, type }: AccessRow, input: unknown, headers: Record<string, string>) {
    const query = type === "query" && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
    const answer = await fetch(`${server.url}/trpc/${path}${query}`, {
      method: type === "query" ? "GET" : "POST",
      headers: { ...headers, "content-type": "application/json", "idempotency-key": randomUUID(), "x-tessera": "1" },
      ...(type === "mutation" ? { body: JSON.stringify(input) } : {}),
    });
    return { status: answer.status, body: await answer.text() };
  }

  it.each(calls)("$path lets in whom docs/access.md names, and nobody else", async (row) => {
    for (const kind of callerKinds) {
      // A number is nobody's input: who is let in is told so, and nothing happens; or the procedure takes none.
      const { status, body } = await asked(row, 1, headersOf[kind]);
      const isAdmitted = isFor(row, kind);
      const refusal = kind === "stranger" ? 401 : 403;
      expect({ kind, isRefused: status === refusal, body }).toEqual({ kind, isRefused: !isAdmitted, body });
      expect([200, 400, refusal]).toContain(status);
    }
    if (row.path === "guest.leave") headersOf.guest = await ofGuest(); // it takes no input, so they have left
  });

  it.each(subscriptions)("$path tells whom docs/access.md names, and nobody else", async (row) => {
    for (const kind of callerKinds) {
      const { socket, say, until } = await rawSocket(server.url, { headers: headersOf[kind] });
      say({ id: 1, jsonrpc: "2.0", method: "subscription", params: { path: row.path, input: {} } });
      const first = await until((message) => message.includes('"id":1'));
      socket.close();
      expect({ kind, isRefused: first.includes('"error"') }).toEqual({
        kind,
        isRefused: !isFor(row, kind),
      });
    }
  });

  it("lets a key do what it was given, and nothing else", async () => {
    for (const scope of [null, ...apiScopes]) {
      const headers = await ofKey(scope ? [scope] : []);
      for (const row of calls.filter(({ access, type }) => access !== "anyone" && type === "query")) {
        const { status } = await asked(row, 1, headers);
        expect([row.path, scope, status === 403]).toEqual([row.path, scope, row.key === null || row.key !== scope]);
      }
    }
  });

  it("has a sample of every procedure's input, so that none is left out below", () => {
    expect(Object.keys(SAMPLES).toSorted()).toEqual(rows.map(({ path }) => path));
  });

  const naming = calls.filter(({ path }) => SAMPLES[path]);
  it.each(naming)("$path answers for another tenant's ids to the letter as for ids of nothing", async (row) => {
    const sample = SAMPLES[row.path] as Sample;
    const nothing = idsOfNothing();
    const kinds = ["operator", "desk", "guest"] as const;
    const kind = kinds.find((one) => row.access && admits(row.access, one)) ?? "operator";
    // A desk's hand-in goes on where its last one ended: each of the two is a new desk's first.
    const caller = async () => (kind === "desk" ? ofDesk() : headersOf[kind]);

    const [foreign, unknown] = [await sample(theirs), await sample(nothing)];
    const told = await asked(row, foreign, await caller());
    const wouldBeTold = await asked(row, unknown, await caller());
    expect(told.status).toBe(200);
    expect(leveled(told.body, foreign)).toBe(leveled(wouldBeTold.body, unknown));
    expect(told.body).not.toMatch(/hotel|bike|bathrobe|sauna|guest/i);
  });

  it("changed nothing in the other tenant by all that", async () => {
    const staff = await server.signedIn("staff@hotel.example");
    const desk = server.deskOf(theirs.deskToken);
    expect(await (await server.signedIn("guest@hotel.example")).api.checkout.mine.query()).toMatchObject([
      { returnedAt: null },
    ]);
    expect(await staff.api.conflict.list.query()).toMatchObject([{ id: theirs.conflictId, settledAt: null }]);
    expect(await desk.api.account.me.query()).toMatchObject({ deviceId: theirs.deviceId });
    expect(await staff.api.member.invitations.query()).toMatchObject([{ id: theirs.invitationId }]);
    expect((await staff.api.member.list.query()).map(({ role }) => role)).toEqual(["member", "staff"]);
    expect((await staff.api.request.list.query()).open).toMatchObject([{ id: theirs.requestId, state: "received" }]);
    expect(await staff.api.place.list.query()).toMatchObject([{ name: "Room 1", visit: { id: theirs.visitId } }]);
    expect(await desk.redeem(theirs.unusedText)).toMatchObject({ kind: "redeemed" });
  });
});

/** What can be named of a tenant. */
interface Ids {
  resourceId: string;
  memberId: string;
  deviceId: string;
  deskToken: string;
  scanId: string;
  conflictId: string;
  checkoutId: string;
  reservationId: string;
  /** On the screen of a kiosk that was approved and has not fetched its token. */
  userCode: string;
  keyId: string;
  invitationId: string;
  sessionId: string;
  alertId: string;
  /** Of a code that was never used, and its text. */
  codeId: string;
  unusedText: string;
  placeId: string;
  visitId: string;
  kindId: string;
  requestId: string;
  /** On a label that is bound to a thing. */
  labelId: string;
  labelText: string;
}

type Sample = (ids: Ids) => unknown;

const because = "a test of the gate";
const WORDS = { name: "Ours", kind: "tool", description: "", place: "", loanMinutes: 60 };
const inTwoHours = new Date(Date.now() + 7_200_000).toISOString();
const inAnHour = new Date(Date.now() + 3_600_000).toISOString();

/**
 * An input that names what belongs to a tenant, for every procedure that can be told such a name. Null: it cannot. Flags are
 * the platform's, and only its operators name tenants there.
 */
const SAMPLES: Record<string, Sample | null> = {
  "account.confirmEmail": null,
  "account.endSession": ({ sessionId }) => ({ sessionId }),
  "account.endSessions": null,
  "account.erase": null,
  "account.export": null,
  "account.join": null,
  "account.lookAtInvitation": null,
  "account.me": null,
  "apiKey.create": null,
  "apiKey.list": null,
  "apiKey.revoke": ({ keyId }) => ({ keyId }),
  "apiKey.rotate": ({ keyId }) => ({ keyId, graceHours: 1 }),
  "account.person": null,
  "account.rename": null,
  "account.sessions": null,
  "audit.export": null,
  "audit.list": null,
  "audit.verify": null,
  "checkout.cancelReservation": ({ reservationId }) => ({ reservationId }),
  "checkout.find": null,
  "checkout.joinQueue": ({ resourceId }) => ({ resourceId }),
  "checkout.leaveQueue": ({ resourceId }) => ({ resourceId }),
  "checkout.line": ({ resourceId }) => ({ resourceId }),
  "checkout.mine": null,
  "checkout.myQueues": null,
  "checkout.myReservations": null,
  "checkout.open": null,
  "checkout.renew": ({ checkoutId }) => ({ checkoutId }),
  "checkout.reserve": ({ resourceId }) => ({ resourceId, from: inAnHour, until: inTwoHours }),
  "conflict.list": null,
  "conflict.settle": ({ conflictId }) => ({ id: conflictId, resolution: "written_off" }),
  "device.act": ({ deviceId }) => ({ deviceId, act: "block", because }),
  "device.approve": ({ userCode }) => ({ userCode, name: "Ours", scopes: [] }),
  "device.change": ({ deviceId }) => ({ deviceId, name: "Ours", scopes: [] }),
  "device.demoDesks": null,
  "device.deny": ({ userCode }) => ({ userCode }),
  "device.invite": null,
  "device.list": null,
  "device.pair": null,
  "device.poll": null,
  "device.release": ({ deviceId }) => ({ deviceId }),
  "device.request": ({ userCode }) => ({ userCode }),
  // Who holds a desk's token may ask how it stands.
  "device.standing": null,
  "device.start": null,
  "device.wiped": null,
  "flag.all": null,
  "flag.breaker.act": null,
  "flag.breaker.incidents": null,
  "flag.breaker.list": null,
  "flag.breaker.setLimits": null,
  "flag.evaluate": ({ resourceId }) => ({ key: "qr-checkout-enabled", resourceId }),
  "flag.explain": null,
  "flag.history": null,
  "flag.kill": null,
  "flag.list": null,
  "flag.people": null,
  "flag.preview": null,
  "flag.ramp.canaries": null,
  "flag.ramp.cohort": null,
  "flag.ramp.get": null,
  "flag.ramp.invite": null,
  "flag.ramp.move": null,
  "flag.ramp.plan": null,
  "flag.reach": null,
  "flag.restore": null,
  "flag.save": null,
  "flag.settle": null,
  "flag.signedSet": null,
  "guest.leave": null,
  // Who has read a label, or holds a guest's token, may know.
  "guest.open": null,
  "guest.resume": null,
  "key.deployment": null,
  "guest.share": null,
  "key.list": null,
  "key.revoke": null,
  "key.rotate": null,
  "label.batches": null,
  "label.claim": ({ labelText, resourceId }) => ({ text: labelText, resourceId }),
  "label.list": ({ resourceId }) => ({ resourceId }),
  "label.makeBatch": null,
  "label.relink": ({ labelId, resourceId }) => ({ labelId, resourceId }),
  "label.resolve": ({ labelText }) => ({ text: labelText }),
  "label.retire": ({ labelId }) => ({ labelId }),
  "label.story": ({ labelId }) => ({ labelId }),
  "live.availability": null,
  "live.events": null,
  "live.flags": null,
  "live.since": null,
  "loanRule.get": null,
  "loanRule.preview": ({ resourceId }) => ({ tier: "standard", resourceId }),
  "loanRule.save": null,
  "member.changeRole": ({ memberId }) => ({ memberId, role: "staff" }),
  "member.changeTier": ({ memberId }) => ({ memberId, tier: "friend" }),
  "member.invitations": null,
  "member.invite": null,
  "member.inviteAgain": ({ invitationId }) => ({ invitationId }),
  "member.list": null,
  "member.remove": ({ memberId }) => ({ memberId }),
  "member.uninvite": ({ invitationId }) => ({ invitationId }),
  "place.create": ({ placeId }) => ({ parentId: placeId, kind: "room", name: "Ours", hours: null }),
  "place.list": null,
  "place.relabel": ({ placeId }) => ({ placeId }),
  "place.rename": ({ placeId }) => ({ placeId, name: "Ours" }),
  "place.retire": ({ placeId }) => ({ placeId }),
  "place.setHours": ({ placeId }) => ({ placeId, hours: [] }),
  "qr.handIn": async ({ unusedText }) => ({ scans: [await offlineScan(unusedText, newScanId())] }),
  "qr.invalidate": ({ codeId }) => ({ codeId }),
  "qr.invalidateAll": null,
  "qr.issue": ({ resourceId }) => ({ purpose: "check_out", resourceId }),
  "qr.issueFor": ({ resourceId, memberId, deviceId }) => ({
    purpose: "check_out",
    resourceId,
    holderId: memberId,
    deskId: deviceId,
    expiresAt: inAnHour,
  }),
  "qr.lease": null,
  "qr.outcomeOf": ({ scanId }) => ({ scanId }),
  "qr.preview": ({ unusedText }) => ({ text: unusedText }),
  "qr.redeem": ({ unusedText }) => ({ scanId: newScanId(), text: unusedText, source: "camera" }),
  "qr.releaseLeases": null,
  "qr.undo": ({ scanId }) => ({ scanId, because }),
  "resource.bringBack": ({ resourceId }) => ({ resourceId }),
  "resource.change": ({ resourceId }) => ({ resourceId, ...WORDS }),
  "resource.checkImport": null,
  "resource.create": null,
  "resource.export": null,
  "request.accept": ({ requestId }) => ({ requestId }),
  "request.cancel": ({ requestId }) => ({ requestId }),
  "request.confirm": ({ requestId }) => ({ requestId }),
  "request.decline": ({ requestId }) => ({ requestId, because }),
  "request.finish": ({ requestId }) => ({ requestId }),
  "request.kinds": null,
  "request.list": null,
  "request.make": ({ kindId }) => ({ kindId, options: {}, quantity: 1, note: "" }),
  "request.mine": null,
  "request.note": ({ requestId }) => ({ requestId, note: "Ours" }),
  "request.rate": ({ requestId }) => ({ requestId, stars: 1, comment: "" }),
  "request.reopen": ({ requestId }) => ({ requestId }),
  "request.start": ({ requestId }) => ({ requestId }),
  "resource.get": ({ resourceId }) => ({ resourceId }),
  "resource.import": null,
  "resource.list": null,
  "resource.page": null,
  "resource.places": null,
  "resource.retire": ({ resourceId }) => ({ resourceId, because }),
  "security.acknowledge": ({ alertId }) => ({ alertId }),
  "security.alerts": ({ alertId }) => ({ after: alertId }),
  "security.blockAddress": null,
  "security.blockedAddresses": null,
  "security.unblockAddress": null,
  "tenant.needSecondFactor": null,
  "tenant.saveSettings": null,
  "tenant.settings": null,
  "visit.close": ({ visitId }) => ({ visitId }),
  "visit.list": null,
  "visit.open": ({ placeId }) => ({ placeId }),
};

async function offlineScan(text: string, scanId: string) {
  const code = parseCode(text);
  if (typeof code === "string") throw new Error(`this is ${code}`);
  const offlineId = toBase64url(await offlineIdOf(code.secretPart));
  const claimedAt = new Date().toISOString();
  return chained(CHAIN_START, { seq: 1, scanId: scanId as never, offlineId, claimedAt, basis: "lease" });
}

/** The answer without what was asked, and without the moment. */
function leveled(body: string, input: unknown): string {
  const said = JSON.stringify(input).match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
  const without = said.reduce((text, id, index) => text.replaceAll(id, `<${index}>`), body);
  return without.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<moment>");
}

/** Everything there is at the hotel: a thing on loan, a code unused, a desk, a scan, a conflict that waits. */
async function idsOfTheHotel(server: RunningServer): Promise<Ids> {
  const guest = await server.signedIn("guest@hotel.example");
  const staff = await server.signedIn("staff@hotel.example");
  const deskToken = await server.deskToken("Harbour hotel");
  const desk = server.deskOf(deskToken);
  const [first, second, third] = await guest.api.resource.list.query();
  const issued = async (resourceId = "") => {
    const code = await guest.api.qr.issue.mutate({ purpose: "check_out", resourceId });
    if (code.kind !== "issued") throw new Error("the hotel gives no code");
    return code;
  };
  const used = await issued(first?.id);
  const scanId = newScanId();
  await desk.api.qr.redeem.mutate({ scanId, text: used.text, source: "camera" });
  await desk.api.qr.handIn.mutate({ scans: [await offlineScan(used.text, newScanId())] });
  const unused = await issued(second?.id);
  const kiosk = await server.stranger().api.device.start.mutate({ userAgent: "" });
  const { userCode } = kiosk;
  await staff.api.device.approve.mutate({ userCode, name: "Hotel bar", scopes: [] });
  const [conflict] = await staff.api.conflict.list.query();
  await staff.api.label.makeBatch.mutate({ count: 1 });
  const [label] = (await staff.api.label.list.query({})).labels;
  await staff.api.label.claim.mutate({ text: label?.key ?? "", resourceId: second?.id ?? "" });
  const invited = await staff.api.member.invite.mutate({ email: "invited@harbour.example", role: "member" });
  const times = { from: inAnHour, until: inTwoHours };
  const reserved = await guest.api.checkout.reserve.mutate({ resourceId: third?.id ?? "", ...times });
  const [session] = await guest.api.account.sessions.query();
  for (let code = 0; code < 5; code++) await desk.redeem(compactCode(randomBytes(16)));
  let alertId = "";
  while (!alertId) alertId = (await staff.api.security.alerts.query({})).alerts[0]?.id ?? ""; // a second at most
  return {
    resourceId: second?.id ?? "",
    memberId: await idOf(guest, "memberId"),
    deviceId: await idOf(desk, "deviceId"),
    deskToken,
    scanId,
    conflictId: conflict?.id ?? "",
    reservationId: reserved.kind === "reserved" ? reserved.reservation.id : "",
    checkoutId: (await guest.api.checkout.mine.query())[0]?.id ?? "",
    userCode,
    keyId: randomUUID(), // nobody at the demo's hotel may make a key; packages/db/src/gate.test.ts asks for another tenant's
    invitationId: invited.kind === "invited" ? invited.invitation.id : "",
    sessionId: session?.id ?? "",
    alertId,
    codeId: unused.codeId,
    unusedText: unused.text,
    ...(await placeOfTheHotel(server)),
    labelId: label?.id ?? "",
    labelText: label?.key ?? "",
  };
}

/** A room with somebody in it, who has asked for something. */
async function placeOfTheHotel(
  server: RunningServer,
): Promise<Pick<Ids, "placeId" | "visitId" | "kindId" | "requestId">> {
  const opened = await server
    .stranger()
    .api.guest.open.mutate({ label: await labelOf(server, "hotel"), language: "en" });
  if (opened.kind !== "opened") throw new Error(opened.because);
  const guest = server.deskOf(opened.token);
  const kindId = (await guest.api.request.kinds.query()).find(({ name }) => name === "Something else")?.id ?? "";
  const made = await guest.api.request.make.mutate({ kindId, options: {}, quantity: 1, note: "A bathrobe" });
  if (made.kind !== "done") throw new Error(made.because);
  return { placeId: opened.guest.place.id, visitId: opened.guest.visit.id, kindId, requestId: made.request.id };
}

async function labelOf(server: RunningServer, house: "hotel" | "library"): Promise<string> {
  const staff = await server.signedIn(`staff@${house}.example`);
  const created = await staff.api.place.create.mutate({ parentId: null, kind: "room", name: "Room 1", hours: null });
  if (created.kind !== "done") throw new Error(created.because);
  return created.place.label?.key ?? "";
}

async function guestToken(server: RunningServer, label: string): Promise<string> {
  const opened = await server.stranger().api.guest.open.mutate({ label, language: "en" });
  if (opened.kind !== "opened") throw new Error(opened.because);
  return opened.token;
}

/** Ids as they could be, of nothing that exists. */
const idsOfNothing = (): Ids => ({
  resourceId: randomUUID(),
  memberId: randomUUID(),
  deviceId: randomUUID(),
  deskToken: "",
  scanId: newScanId(),
  conflictId: randomUUID(),
  checkoutId: randomUUID(),
  reservationId: randomUUID(),
  userCode: drawUserCode(randomBytes),
  keyId: randomUUID(),
  invitationId: randomUUID(),
  sessionId: randomUUID(),
  alertId: randomUUID(),
  codeId: randomUUID(),
  unusedText: compactCode(randomBytes(16)),
  placeId: randomUUID(),
  visitId: randomUUID(),
  kindId: randomUUID(),
  requestId: randomUUID(),
  labelId: randomUUID(),
  labelText: labelKey(randomBytes(10)),
});

async function idOf(who: Tessera, name: "memberId" | "deviceId"): Promise<string> {
  const me = await who.api.account.me.query();
  return (me as unknown as Record<string, string>)[name] ?? "";
}
