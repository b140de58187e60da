import { randomBytes } from "node:crypto";
import type { ResourceId, ThingLabel } from "@tessera/contracts";
import { labelKey } from "@tessera/domain/qr/label-key";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const UNKNOWN = { kind: "unknown" };

describe("labels", () => {
  let server: RunningServer;
  let staff: Tessera;
  let member: Tessera;
  let admin: Tessera;
  let things: ResourceId[];

  beforeAll(async () => {
    server = await runningServer();
    [staff, member, admin] = (await Promise.all(
      ["staff", "member", "admin"].map((who) => server.signedIn(`${who}@library.example`)),
    )) as [Tessera, Tessera, Tessera];
    things = (await member.api.resource.list.query()).map(({ id }) => id);
  });
  afterAll(() => server?.stop());

  const drawn = async (count: number): Promise<ThingLabel[]> => {
    const { id: batchId } = await staff.api.label.makeBatch.mutate({ count });
    return (await staff.api.label.list.query({ batchId })).labels.toReversed();
  };
  const one = async () => {
    const [label] = await drawn(1);
    if (!label) throw new Error("no label was drawn");
    return label;
  };
  const thing = (number: number) => things[number] as ResourceId;
  const resolved = (who: Tessera, text: string) => who.api.label.resolve.mutate({ text });
  const eventsOf = async (type: string, entityId: string) =>
    (await admin.api.audit.list.query({ type, entityId })).entries.map(({ payload }) => payload);

  it("are drawn in batches, each with a key and a name of its own, and lead nowhere yet", async () => {
    const labels = await drawn(3);
    expect(labels.map(({ name }) => name)).toEqual(["B1-001", "B1-002", "B1-003"]);
    expect(new Set(labels.map(({ key }) => key)).size).toBe(3);
    expect(labels.every(({ state }) => state === "unbound")).toBe(true);
    expect(await staff.api.label.batches.query()).toMatchObject([{ number: 1, count: 3, madeBy: "Library staff" }]);
  });

  it("get numbers of their own when two batches are drawn at once", async () => {
    const batches = await Promise.all([1, 2, 3].map(() => staff.api.label.makeBatch.mutate({ count: 500 })));
    expect(new Set(batches.map(({ number }) => number)).size).toBe(3);
  });

  it("are bound by the first scan, and lead every one of the tenant to their thing", async () => {
    const { key } = await one();
    expect(await resolved(staff, key)).toMatchObject({ kind: "unbound", label: { key } });
    const claim = { text: `https://anywhere.example/l/${key}`, resourceId: thing(0) };
    expect(await staff.api.label.claim.mutate(claim)).toMatchObject({ kind: "done", label: { state: "bound" } });
    const found = { kind: "thing", resource: { id: thing(0) } };
    for (const who of [member, staff, await server.desk()])
      expect(await resolved(who, key.toLowerCase())).toMatchObject(found);
    expect(await staff.api.label.claim.mutate(claim)).toEqual({ kind: "refused", because: "already_bound" });
  });

  it("are bound once, when two scan at once", async () => {
    const { key } = await one();
    const claims = [thing(1), thing(2)].map((resourceId) => staff.api.label.claim.mutate({ text: key, resourceId }));
    expect((await Promise.all(claims)).map(({ kind }) => kind).toSorted()).toEqual(["done", "refused"]);
  });

  it("are moved to another thing, and the journal keeps where they led before", async () => {
    const { id: labelId, key } = await one();
    expect(await staff.api.label.relink.mutate({ labelId, resourceId: thing(3) })).toMatchObject({
      because: "not_bound",
    });
    await staff.api.label.claim.mutate({ text: key, resourceId: thing(3) });
    await staff.api.label.relink.mutate({ labelId, resourceId: thing(4) });
    expect(await resolved(member, key)).toMatchObject({ kind: "thing", resource: { id: thing(4) } });
    await expect.poll(() => eventsOf("label.relinked", labelId)).toEqual([{ resourceId: thing(4), was: thing(3) }]);
    expect((await staff.api.label.story.query({ labelId })).map(({ type, by }) => [type, by])).toEqual([
      ["label.relinked", "Library staff"],
      ["label.claimed", "Library staff"],
    ]);
  });

  it("take the place of one that was lost, which leads nowhere then", async () => {
    const [lost, fresh] = await drawn(2);
    await staff.api.label.claim.mutate({ text: lost?.key ?? "", resourceId: thing(5) });
    await staff.api.label.claim.mutate({ text: fresh?.key ?? "", resourceId: thing(5), replaces: true });
    expect(await resolved(member, fresh?.key ?? "")).toMatchObject({ kind: "thing" });
    expect(await resolved(member, lost?.key ?? "")).toEqual({ kind: "dead", because: "replaced" });
    const onThing = await staff.api.label.list.query({ resourceId: thing(5) });
    expect(onThing.labels.map(({ state }) => state)).toEqual(["bound", "ended"]);
  });

  it("that lead nowhere raise an alarm when they are scanned, told once a minute and counted each time", async () => {
    const { id: labelId, key } = await one();
    expect(await resolved(member, key)).toEqual({ kind: "dead", because: "unbound" });
    await staff.api.label.claim.mutate({ text: key, resourceId: thing(6) });
    expect(await staff.api.label.retire.mutate({ labelId })).toMatchObject({ kind: "done", label: { deadScans: 0 } });
    expect(await staff.api.label.retire.mutate({ labelId })).toEqual({ kind: "refused", because: "ended" });
    for (let scan = 0; scan < 3; scan++) {
      expect(await resolved(member, key)).toEqual({ kind: "dead", because: "retired" });
    }
    const { labels, alarms } = await staff.api.label.list.query({ state: "alarm" });
    expect(labels).toContainEqual(
      expect.objectContaining({ id: labelId, deadScans: 3, deadScannedAt: expect.any(String) }),
    );
    expect(alarms).toBe(labels.length);
    await expect
      .poll(() => eventsOf("label.dead_scan", labelId))
      .toEqual([
        { because: "unbound", scans: 1 },
        { because: "retired", scans: 1 },
      ]);
  });

  it("lead nowhere while their thing is retired, and back to it afterwards", async () => {
    const { key } = await one();
    const [resourceId, because] = [thing(7), "a test of labels"];
    await staff.api.label.claim.mutate({ text: key, resourceId });
    await staff.api.resource.retire.mutate({ resourceId, because });
    expect(await resolved(member, key)).toEqual({ kind: "dead", because: "thing_retired" });
    expect(await staff.api.label.claim.mutate({ text: (await one()).key, resourceId })).toMatchObject({
      because: "no_thing",
    });
    await staff.api.resource.bringBack.mutate({ resourceId });
    expect(await resolved(member, key)).toMatchObject({ kind: "thing" });
  });

  it("of another house, of none, and no labels at all are the same to whoever scans them", async () => {
    const guest = await server.signedIn("guest@hotel.example");
    const { key } = await one();
    await staff.api.label.claim.mutate({ text: key, resourceId: thing(8) });
    for (const text of [key, labelKey(randomBytes(10)), "https://example.com", "T1000"]) {
      expect(await resolved(guest, text)).toEqual(UNKNOWN);
    }
  });

  describe("as pictures", () => {
    const KEY = labelKey(new Uint8Array(10).fill(7));
    const got = (path: string, headers = {}) => fetch(`${server.url}${path}`, { headers });

    it.each([
      ["svg", "image/svg+xml; charset=utf-8"],
      ["png", "image/png"],
    ])("may be kept for ever as %s, and are the same each time", async (kind, type) => {
      const first = await got(`/img/${KEY}.${kind}`);
      expect(first.status).toBe(200);
      expect(Object.fromEntries(first.headers)).toMatchObject({
        "content-type": type,
        "cache-control": "public, max-age=31536000, immutable",
        etag: expect.stringMatching(/^"[\w-]{27}"$/),
        "cross-origin-resource-policy": "cross-origin",
      });
      const etag = first.headers.get("etag") ?? "";
      const again = await got(`/img/${KEY}.${kind}`, { "if-none-match": etag });
      expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
      expect((await got(`/img/${KEY}.${kind}?size=512`)).headers.get("etag")).not.toBe(etag);
    });

    it("have four modules of white around the code", async () => {
      const svg = await (await got(`/img/${KEY}.svg`)).text();
      expect(svg).toContain('viewBox="0 0 37 37"'); // 29 and four on each side
      expect(svg).toContain("translate(4 4)");
    });

    it.each([
      `/img/${KEY.toLowerCase()}.svg`,
      `/img/${KEY.slice(0, -1)}Z.svg`,
      `/img/${KEY}.gif`,
      `/img/${KEY}.svg?size=63`,
      `/img/${KEY}.png?size=4096`,
      `/img/${KEY}.png?size=1e3`,
      "/img/x.svg",
    ])("are not at %s, where nothing is said", async (path) => {
      const answer = await got(path);
      expect([answer.status, await answer.text()]).toEqual([404, ""]);
    });
  });

  describe("on sheets", () => {
    const sheet = async (email: string | null, path: string) =>
      fetch(`${server.url}/api/labels/${path}`, { headers: email ? { cookie: await server.cookieOf(email) } : {} });

    it("are printed by staff, in the formats that are sold", async () => {
      const { id } = await staff.api.label.makeBatch.mutate({ count: 22 });
      for (const [format, pages] of [
        ["L7160", 2],
        ["5163", 3],
      ] as const) {
        const answer = await sheet("staff@library.example", `${id}.pdf?format=${format}`);
        expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
        const pdf = Buffer.from(await answer.arrayBuffer()).toString("latin1");
        expect(pdf.startsWith("%PDF-")).toBe(true);
        expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(pages);
      }
    });

    it("are nobody else's, and of no other format", async () => {
      const { id } = await staff.api.label.makeBatch.mutate({ count: 1 });
      const statusOf = async (email: string | null, path: string) => (await sheet(email, path)).status;
      expect(await statusOf(null, `${id}.pdf`)).toBe(401);
      expect(await statusOf("member@library.example", `${id}.pdf`)).toBe(403);
      expect(await statusOf("staff@hotel.example", `${id}.pdf`)).toBe(404);
      expect(await statusOf("staff@library.example", "nothing.pdf")).toBe(404);
      expect(await statusOf("staff@library.example", `${id}.pdf?format=B5`)).toBe(400);
    });
  });
});
