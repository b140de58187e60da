import { randomUUID } from "node:crypto";
import { MOST_IMPORTED, type ResourceId, type Thing, type ThingOutcome } from "@tessera/contracts";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const WORDS = {
  name: "Bench vice",
  kind: "tool",
  description: "Opens 15 cm",
  place: "Shelf 9",
  loanMinutes: 1_440,
} as const;
const because = "broken for good";

describe("things", () => {
  let server: RunningServer;
  let staff: Tessera;
  let member: Tessera;

  beforeAll(async () => {
    server = await runningServer();
    [staff, member] = await Promise.all([
      server.signedIn("staff@library.example"),
      server.signedIn("member@library.example"),
    ]);
  });
  afterAll(() => server?.stop());

  const idIn = (outcome: ThingOutcome): ResourceId => {
    if (outcome.kind !== "done") throw new Error(`refused: ${outcome.because}`);
    return outcome.resourceId;
  };
  const made = async (name: string) => idIn(await staff.api.resource.create.mutate({ ...WORDS, name }));
  const namesOf = (things: readonly { name: string }[]) => things.map(({ name }) => name);
  const found = async (query: Parameters<typeof staff.api.resource.page.query>[0]) =>
    namesOf((await staff.api.resource.page.query(query)).things);

  it("that staff make are lent at once", async () => {
    const resourceId = await made("Bench vice");
    const expected = { ...WORDS, id: resourceId, availability: { state: "free", version: 0 } };
    expect(await member.api.resource.get.query({ resourceId })).toMatchObject(expected);
    expect(await member.api.qr.issue.mutate({ purpose: "check_out", resourceId })).toMatchObject({ kind: "issued" });
  });

  it("are made once, however often the same wish arrives", async () => {
    const again = { context: { idempotencyKey: randomUUID() } };
    const wish = () => staff.api.resource.create.mutate({ ...WORDS, name: "Only one" }, again);
    expect(await wish()).toEqual(await wish());
    expect(await found({ text: "only one" })).toEqual(["Only one"]);
  });

  it("have other words when they are changed, and a higher version", async () => {
    const resourceId = await made("Clamp");
    const changed = { resourceId, ...WORDS, name: "Clamp, 30 cm", place: "Shelf 10" };
    expect(await staff.api.resource.change.mutate(changed)).toEqual({ kind: "done", resourceId });
    expect(await member.api.resource.get.query({ resourceId })).toMatchObject({
      name: "Clamp, 30 cm",
      place: "Shelf 10",
      availability: { version: 1 },
    });
  });

  it("are found by words, kind, place and state, a page at a time", async () => {
    for (const name of ["Zither A", "Zither B", "Zither C", "Zither D", "Zither E"]) await made(name);
    expect(await found({ text: "SHELF zither" })).toHaveLength(5);
    expect(await found({ text: "zither %" })).toEqual([]);
    expect(await found({ text: "zither", kind: "bike" })).toEqual([]);
    expect(await found({ text: "zither", place: "Shelf 9", state: "free" })).toHaveLength(5);
    expect(await found({ text: "zither", state: "out" })).toEqual([]);

    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const page = await staff.api.resource.page.query({ text: "zither", limit: 2, after });
      pages.push(namesOf(page.things));
      expect(page.count).toBe(5);
      after = page.next ?? undefined;
    } while (after);
    expect(pages).toEqual([["Zither A", "Zither B"], ["Zither C", "Zither D"], ["Zither E"]]);
    await expect(staff.api.resource.page.query({ after: "nowhere" })).rejects.toMatchObject({
      data: { code: "BAD_REQUEST" },
    });
    expect(await staff.api.resource.places.query()).toContain("Shelf 9");
  });

  it("go out of use with their codes, and come back", async () => {
    const resourceId = await made("Old saw");
    const code = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId });
    if (code.kind !== "issued") throw new Error("no code");

    expect(await staff.api.resource.retire.mutate({ resourceId, because })).toEqual({ kind: "done", resourceId });
    expect(await member.api.resource.get.query({ resourceId })).toBeNull();
    expect(namesOf(await member.api.resource.list.query())).not.toContain("Old saw");
    expect(await found({ text: "old saw" })).toEqual([]);
    expect(await found({ text: "old saw", state: "retired" })).toEqual(["Old saw"]);
    const nothing = { kind: "refused", refusal: { reason: "not_found" } };
    expect(await member.api.qr.issue.mutate({ purpose: "check_out", resourceId })).toEqual(nothing);
    expect(await (await server.desk()).redeem(code.text)).toMatchObject({ refusal: { reason: "revoked" } });
    expect(await staff.api.resource.retire.mutate({ resourceId, because })).toMatchObject({ because: "not_found" });

    expect(await staff.api.resource.bringBack.mutate({ resourceId })).toEqual({ kind: "done", resourceId });
    expect(await staff.api.resource.bringBack.mutate({ resourceId })).toMatchObject({ because: "not_retired" });
    expect(await member.api.qr.issue.mutate({ purpose: "check_out", resourceId })).toMatchObject({ kind: "issued" });
  });

  it("do not go out of use while they are out: it is told with whom, and until when", async () => {
    const resourceId = await made("Borrowed saw");
    const code = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId });
    const desk = await server.desk();
    if (code.kind === "issued") await desk.redeem(code.text);
    expect(await staff.api.resource.retire.mutate({ resourceId, because })).toEqual({
      kind: "refused",
      because: "still_out",
      holder: "Library member",
      dueAt: expect.any(String),
    });
    expect(await found({ text: "borrowed saw", state: "out" })).toEqual(["Borrowed saw"]);
  });

  it("are either taken or retired, when both are tried at once", async () => {
    const desk = await server.desk();
    for (let round = 0; round < 6; round++) {
      const resourceId = await made(`Race ${round}`);
      const code = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId });
      if (code.kind !== "issued") throw new Error("no code");
      const [taken, retired] = await Promise.all([
        desk.redeem(code.text),
        staff.api.resource.retire.mutate({ resourceId, because }),
      ]);
      expect([taken.kind === "redeemed", retired.kind === "done"].filter(Boolean)).toHaveLength(1);
    }
  });

  it("go into a file that can be read back", async () => {
    const { csv } = await staff.api.resource.export.query();
    expect(csv).toContain("Bench vice,tool,Shelf 9,Opens 15 cm,1 d");
    expect(await staff.api.resource.checkImport.mutate({ csv })).toMatchObject({ problemCount: 0 });
  });

  it("come from a file, all of them or none", async () => {
    const wrong = { csv: "name,kind\nFile A,tool\n,hammer" };
    const report = { count: 2, problemCount: 2 };
    expect(await staff.api.resource.checkImport.mutate(wrong)).toMatchObject(report);
    expect(await staff.api.resource.import.mutate(wrong)).toMatchObject({ kind: "refused", ...report });
    expect(await found({ text: "file a" })).toEqual([]);

    const rows = Array.from(
      { length: MOST_IMPORTED },
      (_, row) => `Imported ${row},tool,Loft,${"long ".repeat(20)},4 h`,
    );
    const csv = ["name,kind,place,description,loan", ...rows].join("\n");
    expect(csv.length).toBeGreaterThan(200_000); // more than any other call may hold
    expect(await staff.api.resource.checkImport.mutate({ csv })).toMatchObject({
      count: MOST_IMPORTED,
      problemCount: 0,
    });
    expect(await staff.api.resource.import.mutate({ csv })).toEqual({ kind: "imported", count: MOST_IMPORTED });
    expect(await staff.api.resource.page.query({ place: "Loft", limit: 1 })).toMatchObject({
      count: MOST_IMPORTED,
      things: [{ loanMinutes: 240 } satisfies Partial<Thing>],
    });
  });

  it("have their story in the journal, with who did it", async () => {
    const admin = await server.signedIn("admin@library.example");
    const typesOf = async (type: string) => (await admin.api.audit.list.query({ type, limit: 1 })).entries;
    for (const type of ["resource.created", "resource.changed", "resource.retired", "resource.brought_back"]) {
      await expect
        .poll(() => typesOf(type))
        .toMatchObject([{ actorId: expect.any(String), payload: { name: expect.any(String) } }]);
    }
    await expect.poll(() => typesOf("resources.imported")).toMatchObject([{ payload: { count: MOST_IMPORTED } }]);
  });

  it("are nobody's to change but the staff's", async () => {
    await expect(member.api.resource.create.mutate(WORDS)).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    await expect(member.api.resource.page.query({})).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
  });
});
