import type { MakeRequest, RequestKind } from "@tessera/contracts";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

const refused = (because: string) => expect.objectContaining({ kind: "refused", because });

describe("requests of guests", () => {
  let server: RunningServer;
  let staff: Tessera;
  let kinds: RequestKind[];

  beforeAll(async () => {
    server = await runningServer({}, { FEATURE_QR_UNIFIED_PORTAL: "true" });
    staff = await server.signedIn("staff@hotel.example");
    kinds = await (await phone(await room("Room 1"))).api.request.kinds.query();
  });
  afterAll(() => server?.stop());

  async function room(name: string): Promise<string> {
    const made = await staff.api.place.create.mutate({ parentId: null, kind: "room", name, hours: null });
    if (made.kind !== "done") throw new Error(made.because);
    return made.place.label?.key ?? "";
  }
  async function phone(label: string): Promise<Tessera & { token: string }> {
    const opened = await server.stranger().api.guest.open.mutate({ label, language: "en" });
    if (opened.kind !== "opened") throw new Error(opened.because);
    return { ...server.deskOf(opened.token), token: opened.token };
  }
  const kind = (name: string): RequestKind => kinds.find((one) => one.name === name) as RequestKind;
  const towels = (given: Partial<MakeRequest> = {}) => ({
    kindId: kind("Towels").id,
    options: { size: "bath" },
    quantity: 2,
    note: "",
    ...given,
  });
  async function asked(who: Tessera, given: Partial<MakeRequest> = {}) {
    const outcome = await who.api.request.make.mutate(towels(given));
    if (outcome.kind !== "done") throw new Error(outcome.because);
    return { ...outcome.request, merged: outcome.merged };
  }
  const onBoard = async (id: string) => {
    const { open, settled } = await staff.api.request.list.query();
    return [...open, ...settled].find((one) => one.id === id);
  };

  it("come from the ready catalogue of a tenant that has none of its own", () => {
    expect(kinds.map(({ name }) => name)).toContain("Towels");
    expect(kind("Towels")).toMatchObject({ isOpen: true, wait: null, maxQuantity: 6 });
  });

  it("go from the guest to the queue and back, live, and are rated", async () => {
    const guest = await phone(await room("Room 2"));
    const line = await rawSocket(server.url, { token: guest.token });
    line.say({ id: 1, method: "subscription", params: { path: "live.events" } });
    await line.until((message) => message.includes("started"));

    const { id: requestId, ...made } = await asked(guest, { note: "soft ones" });
    expect(made).toMatchObject({
      state: "received",
      choices: ["Size: Bath"],
      quantity: 2,
      acts: ["cancel"],
      isMine: true,
    });
    expect(await onBoard(requestId)).toMatchObject({ place: { name: "Room 2" }, note: "soft ones" });
    await line.until((message) => message.includes("request.made") && message.includes(requestId));

    await staff.api.request.accept.mutate({ requestId });
    await staff.api.request.note.mutate({ requestId, note: "second shelf" });
    await staff.api.request.start.mutate({ requestId });
    await staff.api.request.finish.mutate({ requestId });
    await line.until((message) => message.includes("request.changed") && message.includes('"done"'));

    const [seen] = await guest.api.request.mine.query();
    expect(seen).toMatchObject({ state: "done", owner: null, acts: ["confirm", "rate", "reopen"] });
    expect(seen?.steps.map(({ act, by }) => [act, by])).toEqual([
      ["make", null],
      ["accept", null],
      ["start", null],
      ["finish", null],
    ]);
    await guest.api.request.rate.mutate({ requestId, stars: 5, comment: "so fast" });
    expect(await guest.api.request.confirm.mutate({ requestId })).toMatchObject({ request: { state: "confirmed" } });
    const shown = await onBoard(requestId);
    expect(shown).toMatchObject({ owner: "Hotel staff", stars: 5, comment: "so fast", state: "confirmed" });
    expect(shown?.steps.map(({ act, by, note }) => [act, by, note])).toContainEqual([
      "note",
      "Hotel staff",
      "second shelf",
    ]);
    expect(await staff.api.request.list.query()).toMatchObject({ response: { of: 1 }, rating: { average: 5, of: 1 } });
  });

  it("merge with an equal one that is open in the visit, whoever of it asks", async () => {
    const label = await room("Room 3");
    const [one, other] = [await phone(label), await phone(label)];
    const first = await asked(one);
    expect(await asked(other)).toMatchObject({ id: first.id, merged: true, times: 2, isMine: true });
    expect(await asked(one, { quantity: 3 })).toMatchObject({ merged: false, times: 1 });
    await staff.api.request.decline.mutate({ requestId: first.id, because: "we have none left" });
    expect((await other.api.request.mine.query())[0]).toMatchObject({
      state: "declined",
      because: "we have none left",
    });
    expect((await asked(other)).id).not.toBe(first.id);
  });

  it("are seen by the other phones of the visit only when both share", async () => {
    const label = await room("Room 4");
    const [one, other] = [await phone(label), await phone(label)];
    await asked(one);
    const seen = async () => (await other.api.request.mine.query()).map(({ isMine, acts }) => [isMine, acts]);
    expect(await seen()).toEqual([]);
    await one.api.guest.share.mutate({ shares: true });
    expect(await seen()).toEqual([]);
    await other.api.guest.share.mutate({ shares: true });
    expect(await seen()).toEqual([[false, []]]);
    await one.api.guest.share.mutate({ shares: false });
    expect(await seen()).toEqual([]);
  });

  it("end with the eleventh of a session, exactly, and the other phones go on", async () => {
    const label = await room("Room 5");
    const [one, other] = [await phone(label), await phone(label)];
    const many = Array.from({ length: 14 }, (_, index) => one.api.request.make.mutate(towels({ note: `${index}` })));
    const outcomes = await Promise.all(many);
    expect(outcomes.filter(({ kind: end }) => end === "done")).toHaveLength(10);
    expect(outcomes.find(({ kind: end }) => end === "refused")).toEqual({
      kind: "refused",
      because: "session_request_limit",
      limit: 10,
    });
    expect((await asked(one, { note: "3" })).merged).toBe(true); // the same again is nothing new
    expect(await asked(other, { note: "of another" })).toMatchObject({ merged: false });
  });

  it("are heard once, however often a phone sends the same", async () => {
    const guest = await phone(await room("Room 6"));
    const context = { context: { idempotencyKey: crypto.randomUUID() } };
    const twice = [1, 2].map(() => guest.api.request.make.mutate(towels(), context));
    const [first, second] = await Promise.all(twice);
    expect(second).toEqual(first);
    expect((await guest.api.request.mine.query()).map(({ times }) => times)).toEqual([1]);
  });

  it("belong to who asked: nobody else of another visit or tenant can do anything to them", async () => {
    const label = await room("Room 7");
    const guest = await phone(label);
    const stranger = await phone(await room("Room 8"));
    const library = await server.signedIn("staff@library.example");
    const { id: requestId } = await asked(guest);
    expect(await stranger.api.request.cancel.mutate({ requestId })).toEqual(refused("not_found"));
    expect(await library.api.request.accept.mutate({ requestId })).toEqual(refused("not_found"));
    expect((await library.api.request.list.query()).open).toEqual([]);
    expect(await guest.api.request.confirm.mutate({ requestId })).toEqual(refused("wrong_state"));
    expect(await guest.api.request.make.mutate(towels({ options: { size: "sauna" } }))).toEqual(
      refused("unknown_choice"),
    );
    expect(await guest.api.request.cancel.mutate({ requestId })).toMatchObject({ request: { state: "cancelled" } });
  });

  it("are opened again by a guest who is not content, as nobody's", async () => {
    const guest = await phone(await room("Room 9"));
    const { id: requestId } = await asked(guest);
    await staff.api.request.accept.mutate({ requestId });
    await staff.api.request.finish.mutate({ requestId });
    expect(await guest.api.request.reopen.mutate({ requestId })).toMatchObject({ request: { state: "received" } });
    expect(await onBoard(requestId)).toMatchObject({ state: "received", owner: null });
  });

  it("say how long they take once there is enough history, and from what", async () => {
    const label = await room("Room 10");
    for (let n = 0; n < 5; n++) {
      const { id: requestId } = await asked(await phone(label), {
        kindId: kind("Drinking water").id,
        options: {},
        quantity: n + 1,
      });
      await staff.api.request.start.mutate({ requestId });
      await staff.api.request.finish.mutate({ requestId });
    }
    const known = await (await phone(label)).api.request.kinds.query();
    const wait = known.find(({ name }) => name === "Drinking water")?.wait;
    expect(wait).toMatchObject({ of: 5 });
    expect(wait?.p90Seconds).toBeGreaterThanOrEqual(wait?.medianSeconds ?? 0);
    expect(known.find(({ name }) => name === "Taxi")?.wait).toBeNull();
  });

  it("are told to a guest who polls, and nothing else of the tenant is", async () => {
    const guest = await phone(await room("Room 11"));
    const [began] = await guest.api.live.since.query([{ topic: "events" }]);
    await room("Room 12");
    const { id } = await asked(guest);
    const since = async () => {
      const [told] = await guest.api.live.since.query([{ topic: "events", lastEventId: began?.lastEventId ?? null }]);
      return told?.items.map(({ data }) => data);
    };
    await expect.poll(since).toEqual([expect.objectContaining({ type: "request.made", entityId: id })]);
    await expect(guest.api.live.since.query([{ topic: "availability" }])).rejects.toMatchObject({
      data: { code: "FORBIDDEN" },
    });
  });
});
