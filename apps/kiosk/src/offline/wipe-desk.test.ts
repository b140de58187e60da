import { Dexie } from "dexie";
import { expect, it } from "vitest";
import { storeNameOf } from "./store.ts";
import { deskAt, FRONT_DESK, handClock, holding, scanOf } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";
import { serverModel } from "./testing-server.ts";
import { type WipeTools, wipeDesk } from "./wipe-desk.ts";

/** As much of a browser's storage as is needed: its keys are its own, as a browser's are. */
function storageWith(...keys: string[]): Storage {
  const kept = Object.fromEntries(keys.map((key) => [key, "kept"]));
  return Object.defineProperty(kept, "removeItem", { value: (key: string) => delete kept[key] }) as unknown as Storage;
}

/** A desk that has accepted two codes alone, in a browser that keeps more than that. */
async function deskToWipe() {
  const clock = handClock();
  const server = serverModel(clock);
  const place = freshPlace();
  Object.assign(Dexie.dependencies, place); // what a wipe finds is what the browser has, whoever opened it
  const desk = deskAt(place, clock, undefined, storeNameOf(FRONT_DESK.deviceId));
  const shown = await Promise.all(["Drill", "Saw"].map((resource) => server.addCode({ resource })));
  await holding(desk, await server.manifest());
  for (const { code } of shown) await desk.ledger.redeem(scanOf(code.offlineId));
  desk.store.close();
  const another = deskAt(place, clock, undefined, "of another app").store;
  await another.device();
  another.close();

  const happened: string[] = [];
  const storage = storageWith("tessera.kiosk", "tessera.kiosk.pending", "theme");
  const tools: WipeTools = {
    deviceId: FRONT_DESK.deviceId,
    handIn: async (scans) => {
      happened.push(`handed in ${scans.length}`);
      return server.send(scans);
    },
    giveBack: async () => happened.push("gave back"),
    confirm: async () => happened.push("confirmed"),
    isTurnedAway: () => false,
    storages: [storage],
    isOver: () => false,
  };
  const left = async () => ({ keys: Object.keys(storage), stores: await Dexie.getDatabaseNames() });
  return { tools, happened, left };
}

it("hands in what was accepted alone, gives back its codes, forgets everything, and says so, in this order", async () => {
  const { tools, happened, left } = await deskToWipe();
  expect((await left()).stores).toContain(storeNameOf(FRONT_DESK.deviceId));
  await wipeDesk(tools);
  expect(happened).toEqual(["handed in 2", "gave back", "confirmed"]);
  expect(await left()).toEqual({ keys: ["theme"], stores: ["of another app"] });
});

it("forgets at once, without handing in, when nobody would believe it", async () => {
  const { tools, happened, left } = await deskToWipe();
  await wipeDesk({ ...tools, handIn: null });
  expect(happened).toEqual(["confirmed"]);
  expect((await left()).stores).not.toContain(storeNameOf(FRONT_DESK.deviceId));
});

it("keeps everything when it was called off meanwhile", async () => {
  const { tools, happened, left } = await deskToWipe();
  await wipeDesk({ ...tools, isOver: () => true });
  expect(happened).not.toContain("confirmed");
  expect((await left()).stores).toContain(storeNameOf(FRONT_DESK.deviceId));
});

it("forgets even when the server does not hear of it", async () => {
  const { tools, left } = await deskToWipe();
  await wipeDesk({ ...tools, confirm: () => Promise.reject(new Error("no line")) });
  expect((await left()).keys).toEqual(["theme"]);
});
