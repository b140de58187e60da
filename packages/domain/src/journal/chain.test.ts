import type { JournalRow, JournalSeal } from "@tessera/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { hexOf } from "./bytes.ts";
import { type Expected, GENESIS, hashOf, verifyChain } from "./chain.ts";
import { sealMessage } from "./seal.ts";

const TENANT = "0190a5b0-0000-7000-8000-000000000001";

/** A chain of so many entries, as the relay would have made it. */
async function chainOf(length: number): Promise<JournalRow[]> {
  const rows: JournalRow[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const row: JournalRow = {
      tenantId: TENANT,
      seq,
      prevHash: rows.at(-1)?.hash ?? GENESIS.hash,
      hash: "",
      type: "code.revoked",
      entityId: TENANT,
      entityVersion: "1",
      actorId: null,
      deviceId: TENANT,
      scanId: null,
      at: "2026-11-22T12:00:00.000000Z",
      payload: `{"number": ${seq}}`,
    };
    rows.push({ ...row, hash: await hashOf(row) });
  }
  return rows;
}

async function signed(row: JournalRow, day = "2026-11-22"): Promise<JournalSeal> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("a pair was asked for");
  const { publicKey, privateKey } = pair;
  const sealed = { tenantId: row.tenantId, seq: row.seq, hash: row.hash, day };
  const signature = await crypto.subtle.sign("Ed25519", privateKey, sealMessage(sealed));
  const raw = await crypto.subtle.exportKey("raw", publicKey);
  return { ...sealed, publicKey: hexOf(new Uint8Array(raw)), signature: hexOf(new Uint8Array(signature)) };
}

describe("verifying a chain", () => {
  let rows: JournalRow[];
  let seal: JournalSeal;
  let expected: Expected;

  beforeAll(async () => {
    rows = await chainOf(5);
    seal = await signed(at(3));
    expected = { from: GENESIS, head: at(5), seals: [seal], keys: [seal.publicKey] };
  });

  const at = (seq: number): JournalRow => {
    const row = rows[seq - 1];
    if (!row) throw new Error(`there is no entry ${seq}`);
    return row;
  };
  const without = (seq: number) => rows.filter((row) => row.seq !== seq);
  const withEntry = (seq: number, change: Partial<JournalRow>) =>
    rows.map((row) => (row.seq === seq ? { ...row, ...change } : row));

  it("is the same whether entries are at hand or arrive one by one", async () => {
    async function* arriving() {
      yield* rows;
    }
    const intact = { kind: "intact", upTo: 5, seals: 1 };
    expect(await verifyChain(rows, expected)).toEqual(intact);
    expect(await verifyChain(arriving(), expected)).toEqual(intact);
  });

  it("can begin in the middle, and passes over what came after the question", async () => {
    const part = { ...expected, from: { seq: 2, hash: at(2).hash }, head: { seq: 4, hash: at(4).hash } };
    expect(await verifyChain(rows.slice(2), part)).toEqual({ kind: "intact", upTo: 4, seals: 1 });
  });

  it("finds an empty journal intact", async () => {
    expect(await verifyChain([], { ...expected, head: GENESIS, seals: [] })).toEqual({
      kind: "intact",
      upTo: 0,
      seals: 0,
    });
  });

  it("names the first bad entry, and what is wrong with it", async () => {
    const other = "ff".repeat(32);
    const cases: Array<[number, string, JournalRow[], Partial<Expected>]> = [
      [2, "gap", without(2), {}],
      [5, "gap", without(5), {}],
      [4, "prev_hash", withEntry(4, { prevHash: other }), {}],
      [2, "hash", withEntry(2, { payload: '{"number": 3}' }), {}],
      [2, "hash", withEntry(2, { hash: other }), {}],
      [1, "hash", withEntry(1, { actorId: TENANT }), {}],
      [5, "head", rows, { head: { seq: 5, hash: other } }],
      [3, "seal", rows, { seals: [{ ...(await signed({ ...at(3), hash: other })) }] }],
      [3, "signature", rows, { seals: [{ ...seal, day: "2026-11-23" }] }],
      [3, "signature", rows, { seals: [{ ...seal, signature: "not hexadecimal" }] }],
      [3, "signature", rows, { keys: [] }],
      [6, "seal", rows, { seals: [seal, { ...seal, seq: 9 }] }],
    ];
    for (const [seq, because, tampered, change] of cases) {
      const keys = [...expected.keys, ...(change.seals ?? []).map(({ publicKey }) => publicKey)];
      const verdict = await verifyChain(tampered, { ...expected, keys, ...change });
      expect(verdict).toEqual({ kind: "broken", seq, because });
    }
  });
});
