import type { CodeId, MemberId, ResourceId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { fromBase64url, toBase64url } from "../qr/base64url.ts";
import type { LeasedCode } from "./leases.ts";
import { openEntry, sealManifest, tagOf } from "./manifest.ts";

const NOON = new Date("2026-11-22T12:00:00.000Z");
const after = (hours: number) => new Date(NOON.getTime() + hours * 3_600_000);
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

const leased = (given: Partial<LeasedCode> = {}): LeasedCode => ({
  codeId: "0199c000-0000-7000-8000-000000000001" as CodeId,
  offlineId: random(32),
  purpose: "check_out",
  uses: 0,
  maxUses: 1,
  opensAt: NOON,
  expiresAt: after(10),
  holder: { id: "0199c000-0000-7000-8000-000000000002" as MemberId, name: "Ada" },
  resource: { id: "0199c000-0000-7000-8000-000000000003" as ResourceId, name: "Drill", loanMinutes: 60 },
  standing: null,
  ...given,
});
const manifestOf = (codes: readonly LeasedCode[], hours = 8) =>
  sealManifest({ random }, { issuedAt: NOON, until: after(hours), codes }, "leased", null);

describe("a manifest", () => {
  it("gives to who has the code all that the server wrote, and the code is found by its tag", async () => {
    const standing = { holderId: "0199c000-0000-7000-8000-000000000009" as MemberId, holder: "Zoë", dueAt: after(1) };
    const codes = [leased(), leased({ standing, maxUses: 3, uses: 1 })];
    const { salt, entries } = await manifestOf(codes);
    for (const code of codes) {
      const tag = await tagOf(fromBase64url(salt), code.offlineId);
      const entry = entries.find((one) => one.tag === tag);
      expect(await openEntry(entry?.sealed ?? "", code.offlineId)).toEqual(code);
    }
  });

  it("is opened by no other code, nor by half of one, and shows when it was changed", async () => {
    const code = leased();
    const [entry] = (await manifestOf([code])).entries;
    const sealed = entry?.sealed ?? "";
    await expect(openEntry(sealed, leased().offlineId)).rejects.toThrow();
    await expect(openEntry(sealed, code.offlineId.slice(0, 16))).rejects.toThrow();

    const changed = fromBase64url(sealed);
    changed[40] = (changed[40] ?? 0) ^ 1;
    await expect(openEntry(toBase64url(changed), code.offlineId)).rejects.toThrow();
  });

  it("contains no name and no id in any letters", async () => {
    const code = leased();
    const manifest = JSON.stringify(await manifestOf([code]));
    const opened = JSON.stringify(await openEntry((await manifestOf([code])).entries[0]?.sealed ?? "", code.offlineId));
    for (const secret of ["Ada", "Drill", code.codeId, code.holder.id, code.resource.id]) {
      expect(manifest).not.toContain(secret);
      expect(opened).toContain(secret); // so that the line above can fail
    }
    expect(manifest).not.toContain(toBase64url(code.offlineId));
  });

  it("has entries of one length, whoever they are about: letters, other scripts, the longest names, a thing that is out", async () => {
    const name = (text: string) => leased({ holder: { id: leased().holder.id, name: text } });
    const standing = { holderId: leased().holder.id, holder: "n".repeat(80), dueAt: NOON };
    const codes = ["A", "Ünïcödé ".repeat(8), "ひらがな".repeat(20), "n".repeat(200)].map(name);
    const { entries } = await manifestOf([...codes, leased({ standing })]);
    expect(entries).toHaveLength(5);
    expect(new Set(entries.map(({ sealed }) => sealed.length)).size).toBe(1);
  });

  it("has no tag and no entry in common with the next one, though the codes are the same", async () => {
    const codes = Array.from({ length: 20 }, () => leased());
    const [one, two] = await Promise.all([manifestOf(codes), manifestOf(codes)]);
    const seen = new Set(one.entries.flatMap(({ tag, sealed }) => [tag, sealed]));
    expect(two.entries.filter(({ tag, sealed }) => seen.has(tag) || seen.has(sealed))).toEqual([]);
    expect(one.salt).not.toBe(two.salt);
  });

  it("lists its entries in an order that says nothing of the order in which they were leased", async () => {
    const { entries } = await manifestOf(Array.from({ length: 20 }, () => leased()));
    const tags = entries.map(({ tag }) => tag);
    expect(tags).toEqual(tags.toSorted());
  });

  it.each([
    [8, 8 * 3_600 - 120],
    [1 / 60, 0],
    [0, 0],
  ])(
    "for leases of %d hours lets a desk decide for %i seconds: two minutes less, never less than none",
    async (hours, seconds) => {
      expect((await manifestOf([], hours)).validForSeconds).toBe(seconds);
    },
  );

  it("with `open`, names codes that must not pass by their tags", async () => {
    const spent = random(32);
    const grant = { issuedAt: NOON, until: after(8), codes: [] };
    const { salt, signed } = await sealManifest({ random }, grant, "open", {
      tenantNumber: 7,
      keys: [],
      spent: [spent],
    });
    expect(signed).toEqual({ tenantNumber: 7, keys: [], spent: [await tagOf(fromBase64url(salt), spent)] });
  });
});
