import type { TenantId } from "@tessera/contracts";
import type { DeskFlags, SignedFlagSet } from "@tessera/contracts/flags";
import { describe, expect, it } from "vitest";
import { toBase64url } from "../qr/base64url.ts";
import { utf8 } from "../qr/bytes.ts";
import { codeSigning } from "../qr/code-signing.ts";
import { isSignedBy, verifierOf } from "../qr/signature.ts";
import { isNewerSet, makeSignedSet, readSignedSet } from "./signed-set.ts";

const NOON = "2026-11-22T12:00:00.000Z";
const HOUSE = "00000000-0000-4000-8000-000000000007" as TenantId;
const NEIGHBOUR = "00000000-0000-4000-8000-000000000008" as TenantId;

/** A tenant's keys by their numbers; what it signs, and how. */
async function signingHouse(tenantId = HOUSE, keyIds = [1, 2]) {
  const signing = await codeSigning("s".repeat(32));
  const made = keyIds.map(async (keyId) => {
    const key = { keyId, state: "active" as const, since: new Date(NOON), salt: new Uint8Array(32).fill(keyId) };
    const publicKey = await signing.publicKeyOf(tenantId, key);
    return { signer: await signing.signerOf(tenantId, { ...key, publicKey }), publicKey };
  });
  const ring = await Promise.all(made);
  const keys = ring.map(({ signer: { keyId }, publicKey }) => ({ keyId, publicKey: toBase64url(publicKey) }));
  const age = { minutes: 60, after: "off" as const };
  const flags = [{ key: "qr-checkout-enabled", value: true, revision: 7, age }];
  return {
    ring,
    keys,
    trust: { tenantId, keys },
    set: (given: Partial<DeskFlags> = {}): DeskFlags => ({ tenantId, issuedAt: NOON, keys, flags, ...given }),
    sign(flags: DeskFlags, by = 0): Promise<SignedFlagSet> {
      const signer = ring[by]?.signer;
      if (!signer) throw new Error("no such key");
      return makeSignedSet(signer, flags);
    },
  };
}

describe("a signed set of flags", () => {
  it("says what was signed, to who believes its key and to who believes nobody yet", async () => {
    const house = await signingHouse();
    const signed = await house.sign(house.set());
    expect(await readSignedSet(signed, house.trust)).toEqual(house.set());
    expect(await readSignedSet(signed, null)).toEqual(house.set());
  });

  it("is not believed with any one byte of it altered", async () => {
    const house = await signingHouse();
    const signed = await house.sign(house.set());
    const bytes = utf8(signed.set);
    for (let at = 0; at < bytes.length; at++) {
      const altered = bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
      const set = new TextDecoder().decode(altered);
      expect(await readSignedSet({ ...signed, set }, house.trust)).toBe("bad_signature");
    }
  });

  it.each(["", "A", "not base64url!", "A".repeat(86)])("is not believed with the signature %j", async (signature) => {
    const house = await signingHouse();
    expect(await readSignedSet({ ...(await house.sign(house.set())), signature }, house.trust)).toBe("bad_signature");
  });

  it("is not believed by another key, nor by a known number with another key, nor by none", async () => {
    const house = await signingHouse();
    const other = await signingHouse(HOUSE, [3]);
    const signed = await other.sign(other.set());
    expect(await readSignedSet(signed, house.trust)).toBe("unknown_key");
    expect(await readSignedSet({ ...signed, keyId: 1 }, house.trust)).toBe("unknown_key");
    const pretended = { ...signed, keyId: 1, publicKey: house.keys[0]?.publicKey ?? "" };
    expect(await readSignedSet(pretended, house.trust)).toBe("bad_signature");
    expect(await readSignedSet({ ...signed, publicKey: "" }, null)).toBe("bad_signature");
  });

  it("is not believed for another tenant", async () => {
    const house = await signingHouse();
    const neighbour = await signingHouse(NEIGHBOUR);
    expect(await readSignedSet(await neighbour.sign(neighbour.set()), house.trust)).toBe("unknown_key");
    const foreign = await house.sign(house.set({ tenantId: NEIGHBOUR }));
    expect(await readSignedSet(foreign, house.trust)).toBe("other_tenant");
  });

  it("that says nonsense is not believed, however well it is signed", async () => {
    const house = await signingHouse();
    const nonsense = house.set({ flags: [{ key: "a", value: "yes", revision: 1 }] as never });
    expect(await readSignedSet(await house.sign(nonsense), house.trust)).toBe("malformed");
  });

  it("has to name the key that signs it, or nobody could believe the next one", async () => {
    const house = await signingHouse();
    await expect(house.sign(house.set({ keys: house.keys.slice(1) }))).rejects.toThrow("does not name it");
  });

  it("is never taken for a code, nor a code for a set", async () => {
    const { ring, keys, set } = await signingHouse();
    const [{ signer, publicKey } = neverEmpty()] = ring;
    const text = JSON.stringify(set());
    const asCode = toBase64url(await signer.sign(utf8(text)));
    expect(await readSignedSet({ set: text, ...(keys[0] ?? neverEmpty()), signature: asCode }, null)).toBe(
      "bad_signature",
    );
    const payload = new Uint8Array(28);
    const verifier = await verifierOf(publicKey);
    expect(await isSignedBy(verifier, payload, await signer.sign(payload, "flags"))).toBe(false);
    expect(await isSignedBy(verifier, payload, await signer.sign(payload))).toBe(true);
  });
});

describe("of two sets", () => {
  const at = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1_000).toISOString();

  it.each([
    ["the one of the higher revision, though a slow clock issued it", 8, -60, true],
    ["the one issued later, for the same revision", 7, 1, true],
    ["not the same one again", 7, 0, false],
    ["not one issued earlier", 7, -1, false],
    ["not one of a lower revision, though a fast clock issued it", 6, 60, false],
  ])("the newer is %s", async (_, revision, seconds, isNewer) => {
    const { set } = await signingHouse();
    const age = { minutes: 60, after: "off" as const };
    const flags = [{ key: "qr-checkout-enabled", value: false, revision, age }];
    expect(isNewerSet(set(), set({ flags, issuedAt: at(seconds) }))).toBe(isNewer);
  });
});

function neverEmpty(): never {
  throw new Error("a house has keys");
}
