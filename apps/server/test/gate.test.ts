import { connect } from "node:net";
import type { Tessera } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hearShelf } from "./support/listening.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

describe("the gate", () => {
  let server: RunningServer;
  let member: Tessera;

  beforeAll(async () => {
    server = await runningServer();
    member = await server.signedIn("member@library.example");
  });
  afterAll(() => server?.stop());

  it("knows who is asking", async () => {
    expect(await member.api.account.me.query()).toMatchObject({
      kind: "member",
      role: "member",
      tenant: { name: "Tool library" },
    });
    expect(await (await server.desk()).api.account.me.query()).toMatchObject({ kind: "device", name: "Front desk" });
    expect(await server.stranger().api.account.me.query()).toBeNull();
  });

  it("shows a stranger nothing", async () => {
    await expect(server.stranger().api.resource.list.query()).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
    const subscribed = hearShelf(server.stranger());
    await expect(subscribed).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
  });

  it("does not let a member redeem, nor a desk ask for codes", async () => {
    await expect(member.redeem("T1")).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    const desk = await server.desk();
    await expect(desk.api.checkout.mine.query()).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
  });

  it("keeps tenants apart: a thing of one does not exist for the other", async () => {
    const guest = await server.signedIn("guest@hotel.example");
    const [drill] = await member.api.resource.list.query();
    const resourceId = drill?.id ?? "";
    expect(await guest.api.resource.get.query({ resourceId })).toBeNull();
    expect(await guest.api.qr.issue.mutate({ purpose: "check_out", resourceId })).toEqual({
      kind: "refused",
      refusal: { reason: "not_found" },
    });
    expect((await guest.api.resource.list.query()).map(({ id }) => id)).not.toContain(resourceId);
  });

  it("refuses unknown fields and says what is wrong in words", async () => {
    const asking = { scanId: "not-a-uuid", text: "", source: "camera", extra: 1 } as never;
    const desk = await server.desk();
    await expect(desk.api.qr.redeem.mutate(asking)).rejects.toMatchObject({
      data: { code: "BAD_REQUEST" },
      message: expect.stringMatching(/scanId|UUID/),
    });
  });

  it("pairs a new desk once, with a code that staff asked for", async () => {
    const staff = await server.signedIn("staff@library.example");
    await expect(member.api.device.invite.mutate({ name: "Back door" })).rejects.toMatchObject({
      data: { code: "FORBIDDEN" },
    });
    const { pairingCode } = await staff.api.device.invite.mutate({ name: "Back door" });

    const typed = `${pairingCode.slice(0, 4)} ${pairingCode.slice(4).toLowerCase()}`;
    const paired = await server.stranger().api.device.pair.mutate({ pairingCode: typed });
    expect(paired).toMatchObject({ kind: "paired", name: "Back door", tenant: "Tool library" });
    expect(await server.stranger().api.device.pair.mutate({ pairingCode })).toEqual({
      kind: "refused",
      because: "unknown_pairing_code",
    });
  });

  it("refuses a body that is far too long, and an address that cannot be read, without a word of its inside", async () => {
    const long = await fetch(`${server.url}/trpc/device.pair`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ pairingCode: "A".repeat(100_000) }),
    });
    expect(long.status).toBe(413);
    const odd = await fetch(`${server.url}/%E0%A4%A`);
    expect(odd.status).toBe(404);
    expect(await odd.text()).not.toMatch(/at |node_modules|Error:/);
  });

  it.each([
    [
      "an upgrade to an address that is none",
      "GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
    [
      "an upgrade to somewhere else",
      "GET /nope HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
    ["a host that is none", "GET /api/auth/get-session HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n"],
  ])("outlives %s", async (_what, packet) => {
    await Promise.all(Array.from({ length: 20 }, () => sendAndHangUp(server.url, packet)));
    expect(await server.stranger().api.account.me.query()).toBeNull();
  });
});

/** Sends raw bytes and resets the connection as soon as anything comes back. */
function sendAndHangUp(url: string, packet: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "localhost", () => socket.write(packet));
    socket.once("data", () => socket.resetAndDestroy());
    socket.once("error", () => {});
    socket.once("close", () => resolve());
  });
}
