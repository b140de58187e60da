import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { addressOf } from "./address.ts";

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

it("is the other end of the connection where no proxy stands before us, whatever the sender claims", () => {
  expect(addressOf(from("203.0.113.7", "198.51.100.1"), 0)).toBe("203.0.113.7");
  expect(addressOf(from("::ffff:203.0.113.7"), 0)).toBe("203.0.113.7");
});

it("is what our own proxies heard, and never what the sender wrote before it", () => {
  const invented = "10.0.0.1, 10.0.0.2, 203.0.113.7";
  expect(addressOf(from("192.0.2.1", invented), 1)).toBe("203.0.113.7");
  expect(addressOf(from("192.0.2.1", `${invented}, 192.0.2.9`), 2)).toBe("203.0.113.7");
});

it("is the farthest we know when fewer proxies have spoken than there should be", () => {
  expect(addressOf(from("192.0.2.1", "203.0.113.7"), 3)).toBe("203.0.113.7");
  expect(addressOf(from("192.0.2.1"), 1)).toBe("192.0.2.1");
  expect(addressOf(from("192.0.2.1", " "), 1)).toBe("192.0.2.1");
});

it.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:ffff::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["1::", "1:0:0:0::/64"],
])("counts everybody of one IPv6 network together: %s", (address, network) => {
  expect(addressOf(from(address), 0)).toBe(network);
});

it("keeps no more of what is no address than an address has letters", () => {
  expect(addressOf(from("192.0.2.1", "x".repeat(4_000)), 1)).toHaveLength(45);
});
