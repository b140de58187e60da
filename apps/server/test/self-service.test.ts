import type { ResourceId } from "@tessera/contracts";
import { newScanId, type Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, runningServer } from "./support/running-server.ts";

describe("a member who needs no desk", () => {
  let server: RunningServer;
  let member: Tessera;
  let second: Tessera;
  let admin: Tessera;
  let things: ResourceId[];

  beforeAll(async () => {
    server = await runningServer();
    [member, second, admin] = (await Promise.all(
      ["member", "second", "admin"].map((who) => server.signedIn(`${who}@library.example`)),
    )) as [Tessera, Tessera, Tessera];
    things = (await member.api.resource.list.query()).map(({ id }) => id);
  });
  afterAll(() => server?.stop());

  const thing = (number: number) => things[number] as ResourceId;
  const takes = (who: Tessera, resourceId: ResourceId, scanId: string = newScanId()) =>
    who.api.checkout.selfCheckOut.mutate({ resourceId, scanId });
  const returns = (who: Tessera, resourceId: ResourceId, scanId: string = newScanId()) =>
    who.api.checkout.checkIn.mutate({ resourceId, scanId });

  it("is sent to one while the tenant has not said otherwise, and nothing happens", async () => {
    expect(await takes(member, thing(0))).toEqual({ kind: "not_allowed" });
    expect(await returns(member, thing(0))).toEqual({ kind: "not_allowed" });
    expect(await member.api.checkout.mine.query()).toEqual([]);
  });

  it("takes a thing and brings it back once the tenant allows it", async () => {
    await admin.api.tenant.allowSelfService.mutate({ isAllowed: true });
    expect(await member.api.tenant.settings.query()).toMatchObject({ selfService: true });
    const taken = await takes(member, thing(0));
    expect(taken).toMatchObject({
      kind: "redeemed",
      purpose: "check_out",
      resource: { id: thing(0) },
      replayed: false,
    });
    expect(await second.api.resource.get.query({ resourceId: thing(0) })).toMatchObject({
      availability: { state: "out" },
    });
    expect(await takes(second, thing(0))).toMatchObject({
      refusal: { reason: "resource_unavailable", evidence: { holder: null } },
    });
    expect(await returns(second, thing(0))).toMatchObject({ refusal: { reason: "not_checked_out" } });
    expect(await returns(member, thing(0))).toMatchObject({ kind: "redeemed", purpose: "check_in" });
    expect(await member.api.resource.get.query({ resourceId: thing(0) })).toMatchObject({
      availability: { state: "free" },
    });
  });

  it("hears the same answer when the same wish is sent again, also after the thing went on", async () => {
    const scanId = newScanId();
    const first = await takes(member, thing(1), scanId);
    expect(await takes(member, thing(1), scanId)).toEqual({ ...first, replayed: true });
    await returns(member, thing(1));
    expect(await takes(member, thing(1), scanId)).toEqual({ ...first, replayed: true });
    expect(await member.api.resource.get.query({ resourceId: thing(1) })).toMatchObject({
      availability: { state: "free" },
    });
  });

  it("takes it once when the same wish arrives many times at once", async () => {
    const scanId = newScanId();
    const answers = await Promise.all(Array.from({ length: 6 }, () => takes(member, thing(2), scanId)));
    expect(answers.every(({ kind }) => kind === "redeemed")).toBe(true);
    const loans = (await member.api.checkout.mine.query()).filter(({ resource }) => resource.id === thing(2));
    expect(loans).toHaveLength(1);
    await returns(member, thing(2));
  });

  it("is the only one who gets it when two reach for it at once", async () => {
    for (const number of [3, 4, 5]) {
      const answers = await Promise.all([takes(member, thing(number)), takes(second, thing(number))]);
      expect(answers.filter(({ kind }) => kind === "redeemed")).toHaveLength(1);
      expect(answers.filter(({ kind }) => kind === "refused")).toHaveLength(1);
    }
  });

  it("is told nothing of another's wish by its id", async () => {
    const scanId = newScanId();
    await takes(member, thing(6), scanId);
    expect(await takes(second, thing(6), scanId)).toMatchObject({ kind: "refused" });
    expect(await takes(second, thing(7), scanId)).not.toMatchObject({ kind: "redeemed", replayed: true });
  });
});
