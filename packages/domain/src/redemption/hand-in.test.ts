import type { DeviceId, HandInOutcome, OfflineScan, ScanId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { toBase64url } from "../qr/base64url.ts";
import { handIn } from "./hand-in.ts";
import { CHAIN_START, chained } from "./scan-chain.ts";

const desk = "0199c000-0000-7000-8000-00000000000d" as DeviceId;
const judged: HandInOutcome = { kind: "judged", verdicts: [] };

/** A judge that writes down what reaches it. */
function listening() {
  const heard: number[][] = [];
  return {
    heard,
    judge: async (_: DeviceId, scans: readonly OfflineScan[]) => {
      heard.push(scans.map(({ seq }) => seq));
      return judged;
    },
  };
}

async function story(seqs: readonly number[]): Promise<OfflineScan[]> {
  const scans: OfflineScan[] = [];
  for (const seq of seqs) {
    const scanId = `0199c000-0000-7000-8000-${String(seq).padStart(12, "0")}` as ScanId;
    const offlineId = toBase64url(new Uint8Array(32).fill(seq));
    const prev = scans.at(-1)?.hash ?? CHAIN_START;
    scans.push(await chained(prev, { seq, scanId, offlineId, claimedAt: "2026-11-22T12:00:00.000Z", basis: "lease" }));
  }
  return scans;
}

describe("handing in", () => {
  it("gives a desk's story to the judge as it is, gaps and all: what is missing is for the judge to tell", async () => {
    const handIns = listening();
    expect(await handIn(handIns, desk, await story([3, 4, 9]))).toEqual(judged);
    expect(handIns.heard).toEqual([[3, 4, 9]]);
  });

  it.each([[[2, 1]], [[1, 1]], [[1, 3, 2]]])("does not judge %j: numbers rise", async (seqs) => {
    const handIns = listening();
    await expect(handIn(handIns, desk, await story(seqs))).rejects.toThrow("order of their numbers");
    expect(handIns.heard).toEqual([]);
  });

  it("judges nothing of a story in which one scan is not what its hash says", async () => {
    const handIns = listening();
    const scans = await story([1, 2, 3]);
    const forged = scans.map((scan) => (scan.seq === 2 ? { ...scan, claimedAt: "2016-11-22T12:00:00.000Z" } : scan));
    await expect(handIn(handIns, desk, forged)).rejects.toThrow("the hash of scan 2");
    expect(handIns.heard).toEqual([]);
  });
});
