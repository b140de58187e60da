import type { Place } from "@tessera/contracts";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

/** So soon every process knows what happened to somebody's rights, whatever it remembers of them. */
const SOON = { timeout: 1_000, interval: 10 };
const codeOf = (error: { data?: { code?: string } }) => error.data?.code;
const refused = (because: string) => ({ kind: "refused", because });

describe("the guest portal", () => {
  let server: RunningServer;
  let staff: Tessera;
  let library: Tessera;

  beforeAll(async () => {
    server = await runningServer({}, { FEATURE_QR_UNIFIED_PORTAL: "true" });
    staff = await server.signedIn("staff@hotel.example");
    library = await server.signedIn("staff@library.example");
  });
  afterAll(() => server?.stop());

  async function made(name: string, given: Partial<Pick<Place, "kind" | "parentId" | "hours">> = {}): Promise<Place> {
    const input = { kind: "room" as const, parentId: null, hours: null, name, ...given };
    const created = await staff.api.place.create.mutate(input);
    if (created.kind !== "done") throw new Error(created.because);
    return created.place;
  }
  const keyOf = (place: Place) => place.label?.key ?? "";
  const scan = (label: string, language = "en") => server.stranger().api.guest.open.mutate({ label, language });
  async function enteredAt(place: Place, language?: string) {
    const opened = await scan(keyOf(place), language);
    if (opened.kind !== "opened") throw new Error(opened.because);
    return { ...opened, phone: server.deskOf(opened.token) };
  }
  const resumed = (token: string) => server.stranger().api.guest.resume.mutate({ token });

  describe("a scan of a label", () => {
    it("opens a session at the place, with the pictures that hang there, for who has no account", async () => {
      const place = await made("Room 12");
      const { guest, token, phone } = await enteredAt(place, "de-AT");
      expect(token).toMatch(/^tsg_[0-9A-Z]{52}$/);
      expect(guest).toMatchObject({
        tenant: "Harbour hotel",
        place: { id: place.id, name: "Room 12" },
        signs: place.label?.signs,
        language: "de-AT",
      });
      expect(await phone.api.account.me.query()).toMatchObject({
        kind: "guest",
        guestId: guest.guestId,
        placeId: place.id,
        visitId: guest.visit.id,
      });
      expect(await resumed(token)).toEqual({ kind: "here", guest });
    });

    it("opens nothing but what is for guests", async () => {
      const { phone } = await enteredAt(await made("Room 13"));
      expect(await phone.api.resource.list.query().catch(codeOf)).toBe("FORBIDDEN");
      expect(await phone.api.place.list.query().catch(codeOf)).toBe("FORBIDDEN");
    });

    it("brings several phones into one visit, each with a session of its own", async () => {
      const place = await made("Table 4", { kind: "table" });
      const phones = await Promise.all(Array.from({ length: 5 }, () => enteredAt(place)));
      expect(new Set(phones.map(({ guest }) => guest.visit.id)).size).toBe(1);
      expect(new Set(phones.map(({ guest }) => guest.guestId)).size).toBe(5);
      const [shown] = (await staff.api.place.list.query()).filter(({ id }) => id === place.id);
      expect(shown?.visit).toMatchObject({ id: phones[0]?.guest.visit.id, guests: 5 });
    });

    it("is told which kind of no it is, and never whose the label is", async () => {
      const place = await made("Room 14");
      const key = keyOf(place);
      const wrong = key.replace(/^./, (letter) => (letter === "0" ? "1" : "0"));
      expect(await scan(wrong)).toEqual(refused("misread_label"));
      expect(await scan("0".repeat(17))).toEqual(refused("unknown_label"));
      await staff.api.place.relabel.mutate({ placeId: place.id });
      expect(await scan(key)).toEqual(refused("retired_label"));
    });

    it("hears from a place that is closed when it opens", async () => {
      const never = await made("Bar", { kind: "spot", hours: [] });
      expect(await scan(keyOf(never))).toEqual({
        kind: "closed",
        because: "place_closed",
        tenant: "Harbour hotel",
        place: "Bar",
        opensAt: null,
      });
      await staff.api.place.setHours.mutate({ placeId: never.id, hours: null });
      expect((await scan(keyOf(never))).kind).toBe("opened");
    });
  });

  describe("a visit", () => {
    it("ends with all its phones, and the same label begins another", async () => {
      const place = await made("Room 15");
      const first = await enteredAt(place);
      const line = await rawSocket(server.url, { token: first.token });
      line.say({ id: 1, method: "query", params: { path: "account.me" } });
      await line.until((message) => message.includes(first.guest.guestId));

      const closed = await staff.api.visit.close.mutate({ visitId: first.guest.visit.id });
      expect(closed).toMatchObject({ kind: "done", already: false, visit: { guests: 1, endedAt: expect.any(String) } });
      expect(await line.closed).toEqual({ code: 4403, reason: "you are signed out" });
      await expect.poll(() => first.phone.api.account.me.query(), SOON).toBeNull();
      expect(await resumed(first.token)).toEqual({ kind: "over", because: "visit_ended" });
      expect(await staff.api.visit.close.mutate({ visitId: first.guest.visit.id })).toMatchObject({ already: true });

      const second = await enteredAt(place);
      expect(second.guest.visit.id).not.toBe(first.guest.visit.id);
      expect(await resumed(first.token)).toEqual({ kind: "over", because: "visit_ended" });
    });

    it("is opened by staff at the check-in, and the guest's first scan joins it", async () => {
      const place = await made("Room 16");
      const opened = await staff.api.visit.open.mutate({ placeId: place.id });
      if (opened.kind !== "done") throw new Error(opened.because);
      expect(await staff.api.visit.open.mutate({ placeId: place.id })).toMatchObject({
        already: true,
        visit: { id: opened.visit.id },
      });
      expect((await enteredAt(place)).guest.visit.id).toBe(opened.visit.id);
      expect(await staff.api.visit.list.query()).toContainEqual(expect.objectContaining({ id: opened.visit.id }));
    });

    it("goes on when a guest leaves", async () => {
      const place = await made("Room 17");
      const [one, other] = [await enteredAt(place), await enteredAt(place)];
      expect(await one.phone.api.guest.leave.mutate()).toEqual({ left: true });
      expect(await resumed(one.token)).toEqual({ kind: "over", because: "left" });
      expect(await resumed(other.token)).toMatchObject({ kind: "here" });
    });
  });

  describe("places", () => {
    it("hang in zones, and each has a label but those", async () => {
      const zone = await made("Spa", { kind: "zone" });
      expect(zone.label).toBeNull();
      const cabin = await made("Cabin 1", { kind: "cabin", parentId: zone.id });
      expect(cabin.label?.path).toBe(`/l/${keyOf(cabin)}`);
      expect(await staff.api.place.rename.mutate({ placeId: cabin.id, name: "Cabin A" })).toMatchObject({
        place: { name: "Cabin A", parentId: zone.id },
      });
      const inRoom = { kind: "spot" as const, parentId: cabin.id, hours: null, name: "Shelf" };
      expect(await staff.api.place.create.mutate(inRoom)).toEqual(refused("no_zone"));
      expect(await staff.api.place.relabel.mutate({ placeId: zone.id })).toEqual(refused("has_no_label"));
      expect(await staff.api.place.retire.mutate({ placeId: zone.id })).toEqual(refused("has_places"));
      expect(await staff.api.place.retire.mutate({ placeId: cabin.id })).toEqual({ kind: "done" });
      expect(await scan(keyOf(cabin))).toEqual(refused("retired_label"));
      expect((await staff.api.place.list.query()).map(({ id }) => id)).not.toContain(cabin.id);
    });

    it("are another tenant's to nobody", async () => {
      const place = await made("Room 18");
      const { guest } = await enteredAt(place);
      expect(await library.api.place.list.query()).toEqual([]);
      expect(await library.api.visit.open.mutate({ placeId: place.id })).toEqual(refused("not_found"));
      expect(await library.api.visit.close.mutate({ visitId: guest.visit.id })).toEqual(refused("not_found"));
      expect(await library.api.place.rename.mutate({ placeId: place.id, name: "x" })).toEqual(refused("not_found"));
    });
  });
});
