import type { RedemptionOutcome, Scan, ScanId, TenantId } from "@tessera/contracts";
import { expect, it } from "vitest";
import type { Guard } from "../guard/guard.ts";
import { inProcessGuard } from "../guard/in-process-guard.ts";
import { compactCode } from "../qr/compact-code.ts";
import { codeKeys } from "../qr/keys.ts";
import type { RedemptionLedger } from "./ledger.ts";
import { type RedeemTools, redeemCode } from "./redeem-code.ts";

const desk = { deviceId: crypto.randomUUID(), memberId: null } as Parameters<typeof redeemCode>[2];
const text = compactCode(new Uint8Array(16).fill(7));
const scan = (given: Partial<Scan> = {}): Scan => ({
  scanId: crypto.randomUUID() as ScanId,
  text,
  source: "camera",
  ...given,
});

const noGuard: Guard = { hold: (_key, work) => work() };

/** A ledger that looks, waits until the door opens, and only then writes: a database without a conditional write. */
function blindLedger(doorOpens: Promise<void>) {
  let used = false;
  let wins = 0;
  const ledger: RedemptionLedger = {
    async redeem({ scanId }) {
      const wasUsed = used;
      await doorOpens;
      used = true;
      if (!wasUsed) wins++;
      return { kind: "refused", scanId, replayed: false, refusal: { reason: "not_found" } };
    },
    answerOf: async () => null,
  };
  return { ledger, wins: () => wins };
}

const crowdSize = 50;

/** The door opens once the whole crowd stands at the guard, so that how fast a code is read decides nothing. */
async function crowd(guard: Guard): Promise<number> {
  let openDoor = () => {};
  const { ledger, wins } = blindLedger(new Promise((resolve) => (openDoor = resolve)));
  let arrived = 0;
  const counted: Guard = {
    hold(key, work) {
      const held = guard.hold(key, work);
      if (++arrived === crowdSize) openDoor();
      return held;
    },
  };
  const tools = await toolsWith(counted, ledger);
  await Promise.all(Array.from({ length: crowdSize }, () => redeemCode(tools, scan(), desk)));
  return wins();
}

it("keeps a crowd at one code in line, so that even a blind ledger lets one through", async () => {
  expect(await crowd(inProcessGuard(10_000))).toBe(1);
});

it("lets many through with a blind ledger and no guard, so that the test above can fail", async () => {
  expect(await crowd(noGuard)).toBe(crowdSize);
});

it.each([
  ["malformed", "hello"],
  ["unsupported", `T1${"9".repeat(40)}`],
])("never asks the ledger about a %s text", async (reason, foreign) => {
  const outcome = await redeemCode(await untouchable(), scan({ text: foreign }), desk);
  expect(outcome).toMatchObject({ kind: "refused", refusal: { reason } });
});

it("lets the ledger decide nothing while codes are switched off", async () => {
  const tools = { ...(await untouchable()), isOn: () => false };
  expect(await redeemCode(tools, scan(), desk)).toMatchObject({ refusal: { reason: "disabled" } });
});

async function untouchable(): Promise<RedeemTools> {
  const redeem = (): Promise<RedemptionOutcome> => Promise.reject(new Error("the ledger was asked"));
  const ledger: RedemptionLedger = { redeem, answerOf: async () => null };
  return toolsWith(noGuard, ledger);
}

/** A compact code is read without asking anybody for choices or keys. */
async function toolsWith(guard: Guard, ledger: RedemptionLedger): Promise<RedeemTools> {
  const nobodyAsks = () => Promise.reject(new Error("a compact code needs no choices and no signing keys"));
  const keys = await codeKeys("x".repeat(32));
  const tenantId = crypto.randomUUID() as TenantId;
  return { tenantId, keys, guard, ledger, choices: nobodyAsks, ring: nobodyAsks, signer: nobodyAsks, isOn: () => true };
}
