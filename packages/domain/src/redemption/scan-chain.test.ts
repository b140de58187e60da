import { OfflineScan, type ScanId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { toBase64url } from "../qr/base64url.ts";
import { CHAIN_START, chained, isChained, type UnchainedScan } from "./scan-chain.ts";

const told: UnchainedScan = {
  seq: 1,
  scanId: "0199c000-0000-7000-8000-000000000001" as ScanId,
  offlineId: toBase64url(new Uint8Array(32).fill(7)),
  claimedAt: "2026-11-22T12:00:00.000Z",
  basis: "lease",
};

describe("the chain of a desk's scans", () => {
  it("begins with 32 zero bytes and gives scans that the contract accepts", async () => {
    const first = await chained(CHAIN_START, told);
    expect(CHAIN_START).toBe("A".repeat(43));
    expect(OfflineScan.parse(first)).toEqual(first);
    expect(await isChained(first)).toBe(true);
  });

  it("is the same in another language: this one was computed in Python", async () => {
    expect((await chained(CHAIN_START, told)).hash).toBe("CJHUJmyXides9Q5-Wv49hAmuiVZtQ18KFrmFaoT4KPc");
  });

  it.each<[string, Partial<OfflineScan>]>([
    ["number", { seq: 2 }],
    ["scan id", { scanId: "0199c000-0000-7000-8000-000000000002" as ScanId }],
    ["code", { offlineId: toBase64url(new Uint8Array(32).fill(8)) }],
    ["claimed time", { claimedAt: "2026-11-22T12:00:00.001Z" }],
    ["basis", { basis: "signature" }],
    ["predecessor", { prev: toBase64url(new Uint8Array(32).fill(1)) }],
  ])("shows when a scan's %s was changed", async (_, change) => {
    expect(await isChained({ ...(await chained(CHAIN_START, told)), ...change })).toBe(false);
  });

  it("ties every scan to all before it", async () => {
    const end = async (first: UnchainedScan) => {
      const one = await chained(CHAIN_START, first);
      const two = await chained(one.hash, { ...told, seq: 2 });
      return (await chained(two.hash, { ...told, seq: 3 })).hash;
    };
    expect(await end({ ...told, basis: "signature" })).not.toBe(await end(told));
    expect(await end(told)).toBe(await end(told));
  });
});
