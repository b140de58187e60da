import type { MemberId, TenantId } from "@tessera/contracts";
import { expect, it } from "vitest";
import { z } from "zod";
import { contextOf } from "./context.ts";
import { publicProcedure } from "./gate.ts";
import type { Caller, MeteredCall, Platform } from "./platform.ts";
import { router } from "./trpc.ts";

const KEY = "ff/qr_unified_portal";
const tenant = { id: "tenant" as TenantId, name: "Tenant" };
const guest: Caller = {
  kind: "member",
  memberId: "guest" as MemberId,
  name: "Guest",
  role: "member",
  waitingRole: null,
  tenant,
};

const portal = router({
  enter: publicProcedure.meta({ flag: KEY, closes: true }).query(() => "come in"),
  ask: publicProcedure.meta({ flag: KEY }).query(() => "we are closed"),
  fail: publicProcedure.meta({ flag: KEY }).query(() => {
    throw new Error("a fault of ours");
  }),
  desk: publicProcedure.meta({ flag: KEY, atDesk: true }).query(() => "next, please"),
  count: publicProcedure
    .meta({ flag: KEY })
    .input(z.number())
    .query(({ input }) => input),
  look: publicProcedure.query(() => "a wall"),
});

/** The portal for a guest, with the flag as it is, and what was metered. */
function visited(isOn: boolean, who: Caller | null = guest) {
  const metered: MeteredCall[] = [];
  const platform = {
    flags: {
      decide: () => ({ value: isOn, rule: "default", bucket: null }),
      reaches: () => ({ value: true, rule: "default", bucket: null }), // somebody of the tenant
    },
    security: { blockedBy: () => null },
    traffic: { called: (call: MeteredCall) => metered.push(call) },
  } as unknown as Platform;
  const caller = portal.createCaller(contextOf({ platform, recognise: async () => who, address: "" }));
  return { caller, metered };
}

it("lets nobody in while the flag is off for them, where the procedure is closed by it", async () => {
  const { caller } = visited(false);
  await expect(caller.enter()).rejects.toMatchObject({ code: "FORBIDDEN", message: "This is switched off here." });
  expect(await visited(true).caller.enter()).toBe("come in");
});

it("lets no stranger in where the procedure is closed by its flag: it is on for none of them", async () => {
  await expect(visited(true, null).caller.enter()).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await visited(true, null).caller.ask()).toBe("we are closed");
});

it("asks the flag as it is at the desk where the desk is what the procedure is about, whoever calls", async () => {
  const staff: Caller = { ...guest, role: "staff" };
  const { caller, metered } = visited(false, staff);
  await caller.desk();
  await caller.ask();
  expect(metered.map(({ exposedTo }) => exposedTo)).toEqual([KEY, null]);
});

it("does not meter as exposed what was refused before the flag mattered", async () => {
  const { caller, metered } = visited(true);
  await caller.count("no number" as unknown as number).catch(() => {});
  await caller.count(3);
  expect(metered.map(({ exposedTo }) => exposedTo)).toEqual([null, KEY]);
});

it("leaves the answer to the procedure, where it has one of its own", async () => {
  expect(await visited(false).caller.ask()).toBe("we are closed");
});

it("meters a call as exposed only while the flag is on for who calls", async () => {
  for (const isOn of [true, false]) {
    const { caller, metered } = visited(isOn);
    await caller.ask();
    await caller.look();
    expect(metered.map(({ exposedTo }) => exposedTo)).toEqual([isOn ? KEY : null, null]);
  }
});

it("meters a fault of ours with its trace, and what a caller did wrong as none", async () => {
  const { caller, metered } = visited(true);
  await caller.fail().catch(() => {});
  expect(metered).toEqual([
    {
      path: "fail",
      tenantId: tenant.id,
      exposedTo: KEY,
      failure: "internal",
      trace: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ]);
});
