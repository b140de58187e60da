import type { PairedDevice, PollOutcome, StartedPairing } from "@tessera/contracts";
import { expect, it } from "vitest";
import { type Asking, askToPair } from "./ask-to-pair.ts";

const paired = { kind: "paired", token: "t", name: "Door", tenant: "Library" } as PairedDevice;
const pending = (intervalSeconds = 5): PollOutcome => ({ kind: "pending", intervalSeconds });

/** A kiosk whose server gives these answers in turn; null: it cannot be reached. */
function kioskThat(answers: (PollOutcome | null)[], starts: boolean[] = [true]) {
  const told: Asking["kind"][] = [];
  const waited: number[] = [];
  const codes: string[] = [];
  let at = 0;
  const start = async (): Promise<StartedPairing> => {
    if (starts.shift() === false) throw new Error("no server");
    const deviceCode = `secret ${codes.length}`;
    codes.push(deviceCode);
    const expiresAt = new Date(at + 600_000).toISOString();
    return { deviceCode, userCode: "BCDFGHJK", verificationPath: "/", expiresAt, intervalSeconds: 5 };
  };
  const poll = async () => {
    const answer = answers.shift();
    if (!answer) throw new Error("no server");
    return answer;
  };
  const wait = async (ms: number) => {
    waited.push(ms);
    at += ms;
  };
  const asked = askToPair({ start, poll, wait, now: () => at, tell: ({ kind }) => void told.push(kind) });
  return { asked, told, waited, codes };
}

it("asks every five seconds until staff say yes", async () => {
  const { asked, waited } = kioskThat([pending(), pending(), paired]);
  expect(await asked).toEqual(paired);
  expect(waited).toEqual([5_000, 5_000, 5_000]);
});

it("waits longer when it is told that it asks too often", async () => {
  const { asked, waited } = kioskThat([{ kind: "slow_down", intervalSeconds: 10 }, pending(10), paired]);
  await asked;
  expect(waited).toEqual([5_000, 10_000, 10_000]);
});

it("shows a new code when the one it had ran out", async () => {
  const { asked, codes } = kioskThat([{ kind: "expired" }, paired]);
  await asked;
  expect(codes).toEqual(["secret 0", "secret 1"]);
});

it("goes on with its code while the server cannot be reached, and with a new one when it is too old", async () => {
  const { asked, codes } = kioskThat([...Array<null>(120).fill(null), paired]);
  expect(await asked).toEqual(paired);
  expect(codes).toHaveLength(2);
});

it("tries again to get a code when nobody answers", async () => {
  const { asked, told } = kioskThat([paired], [false, true]);
  expect(await asked).toEqual(paired);
  expect(told.slice(0, 3)).toEqual(["starting", "unreachable", "waiting"]);
});

it("stops when staff say no", async () => {
  const { asked, told } = kioskThat([{ kind: "denied" }]);
  expect(await asked).toBeNull();
  expect(told.at(-1)).toBe("denied");
});
