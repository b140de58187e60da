import type { DemoDesk, DeviceId, PairedDevice } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { mayPairAgain, pairingPlan } from "./pairing-plan.ts";

const front: DemoDesk = { pairingCode: "DEMOTOOL", name: "Front desk", tenant: "Tool library" };
const hotel: DemoDesk = { pairingCode: "DEMOHOTL", name: "Reception", tenant: "Hotel" };
const demo = [front, hotel];
const held: PairedDevice = {
  kind: "paired",
  deviceId: "1" as DeviceId,
  token: "t",
  name: "Front desk",
  tenant: "Tool library",
};
const fresh = { held: null, wanted: null, mayPairItself: true };

describe("a kiosk without a desk", () => {
  it("becomes the first desk of the demo by itself", () => {
    expect(pairingPlan(fresh, demo)).toEqual({ kind: "pair", demoDesk: front });
  });

  it("becomes the desk that the address names, whatever the case", () => {
    expect(pairingPlan({ ...fresh, wanted: "reception" }, demo)).toEqual({ kind: "pair", demoDesk: hotel });
  });

  it("asks for a code outside the demo", () => {
    expect(pairingPlan(fresh, [])).toEqual({ kind: "ask", unknown: null });
    expect(pairingPlan({ ...fresh, wanted: "Attic" }, [])).toEqual({ kind: "ask", unknown: null });
  });

  it("asks for a code when it was turned away a moment ago, even in the demo", () => {
    expect(pairingPlan({ ...fresh, mayPairItself: false }, demo)).toEqual({ kind: "ask", unknown: null });
  });

  it("asks, and does not become another desk, when nobody knows the name in the address", () => {
    expect(pairingPlan({ ...fresh, wanted: "Attic" }, demo)).toEqual({ kind: "ask", unknown: "Attic" });
  });
});

describe("a kiosk that was a desk", () => {
  it("is that desk again", () => {
    expect(pairingPlan({ ...fresh, held }, demo)).toEqual({ kind: "open", desk: held });
  });

  it("becomes another of the demo when the address names it", () => {
    expect(pairingPlan({ ...fresh, held, wanted: "Reception" }, demo)).toEqual({ kind: "pair", demoDesk: hotel });
  });

  it("asks when nobody in the demo knows the name in the address", () => {
    expect(pairingPlan({ ...fresh, held, wanted: "Attic" }, demo)).toEqual({ kind: "ask", unknown: "Attic" });
  });

  it("stays what it was outside the demo, where a name chooses nothing", () => {
    expect(pairingPlan({ ...fresh, held, wanted: "Attic" }, [])).toEqual({ kind: "open", desk: held });
  });
});

describe("a kiosk that is turned away", () => {
  it("may pair itself once, and then not again for a minute", () => {
    expect(mayPairAgain(null, 0)).toBe(true);
    expect(mayPairAgain(0, 59_000)).toBe(false);
    expect(mayPairAgain(0, 61_000)).toBe(true);
  });
});
