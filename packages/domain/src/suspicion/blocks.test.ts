import type { TenantId } from "@tessera/contracts";
import { expect, it } from "vitest";
import { blocksOf } from "./blocks.ts";
import { networkOf } from "./network.ts";

const [OURS, THEIRS] = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"] as TenantId[];
const NOON = new Date("2026-11-27T12:00:00.000Z");
const at = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);
const ours = OURS as TenantId;

it("blocks a tenant's address for that tenant alone, and for nobody who is nobody's", () => {
  const blocks = blocksOf([{ tenantId: ours, address: "203.0.113.7", until: null }]);
  expect(blocks.blockedBy("203.0.113.7", ours, NOON)).toBe("tenant");
  expect(blocks.blockedBy("203.0.113.7", THEIRS ?? null, NOON)).toBeNull();
  expect(blocks.blockedBy("203.0.113.7", null, NOON)).toBeNull();
  expect(blocks.blockedBy("203.0.113.8", ours, NOON)).toBeNull();
});

it("blocks the platform's for everybody", () => {
  const blocks = blocksOf([{ tenantId: null, address: "203.0.113.7", until: null }]);
  expect(blocks.blockedBy("203.0.113.7", ours, NOON)).toBe("platform");
  expect(blocks.blockedBy("203.0.113.7", null, NOON)).toBe("platform");
});

it("ends by itself, with nobody told", () => {
  const blocks = blocksOf([{ tenantId: ours, address: "203.0.113.7", until: at(1) }]);
  expect(blocks.blockedBy("203.0.113.7", ours, NOON)).toBe("tenant");
  expect(blocks.blockedBy("203.0.113.7", ours, at(1))).toBeNull();
});

it.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:DB8:1:2:3::9", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::/64", "2001:db8:1:2::/64"],
  ["0:0:0:0::/64", "0:0:0:0::/64"],
])("calls %s by the name it is counted and blocked under, however often it is asked", (said, network) => {
  expect(networkOf(said)).toBe(network);
  expect(networkOf(networkOf(said))).toBe(network);
});
