import { expect, it } from "vitest";
import { impatient } from "./impatient-socket.ts";
import { drivenTiming } from "./testing.ts";

/** A socket that stays as it is until a test says so. */
class Still extends EventTarget {
  readonly CONNECTING = 0;
  readyState = 0;
  closes = 0;

  close(): void {
    this.closes++;
  }

  become(event: "open" | "close", readyState: number): void {
    this.readyState = readyState;
    this.dispatchEvent(new Event(event));
  }
}

function still() {
  const { timing, pass, planned } = drivenTiming();
  const Impatient = impatient(Still as unknown as Parameters<typeof impatient>[0], timing);
  return { socket: new Impatient("ws://desk.example") as unknown as Still, pass, planned };
}

it("gives up a socket that has not opened after ten seconds", async () => {
  const { socket, pass } = still();
  await pass(9_999);
  expect(socket.closes).toBe(0);
  await pass(1);
  expect(socket.closes).toBe(1);
});

it.each([
  ["open", 1],
  ["close", 3],
] as const)("leaves alone one that has said %s", async (event, readyState) => {
  const { socket, pass, planned } = still();
  socket.become(event, readyState);
  expect(planned()).toBe(0);
  await pass(60_000);
  expect(socket.closes).toBe(0);
});
