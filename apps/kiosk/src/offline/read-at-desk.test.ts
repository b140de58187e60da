import { fromBase64url, toBase64url } from "@tessera/domain/qr/base64url";
import { compactCode } from "@tessera/domain/qr/compact-code";
import { offlineIdOf } from "@tessera/domain/qr/offline-id";
import { privateKeyOf, signPayload } from "@tessera/domain/qr/signature";
import { signedCode } from "@tessera/domain/qr/signed-code";
import { encodeFacts, type SignedFacts } from "@tessera/domain/qr/signed-facts";
import { describe, expect, it } from "vitest";
import { readAtDesk } from "./read-at-desk.ts";
import { deskAt, handClock, holding, manifestOf, random, START, scanOf } from "./testing.ts";
import { freshPlace } from "./testing-place.ts";

const facts: SignedFacts = {
  keyId: 3,
  tenantNumber: 7,
  notBefore: new Date(START - 3_600_000),
  expiresAt: new Date(START + 3_600_000),
  audience: ["kiosk"],
  maxUses: 1,
};

/** A tenant's key, what a manifest says of it, and codes made with it. */
async function signing() {
  const seed = random(32);
  const key = await privateKeyOf(seed);
  const { x = "" } = await crypto.subtle.exportKey("jwk", await privateKeyOf(seed, "export"));
  const signed = { tenantNumber: 7, keys: [{ keyId: 3, publicKey: toBase64url(fromBase64url(x)) }] };
  const secretPart = random(12);
  const code = async (given: Partial<SignedFacts> = {}) => {
    const payload = encodeFacts("signed", { ...facts, ...given }, secretPart);
    return signedCode(payload, await signPayload(key, payload));
  };
  return { signed, secretPart, code };
}

describe("a code read at a desk", () => {
  it("is known by its offline id, whatever its kind; a compact one proves nothing", async () => {
    const secretPart = random(16);
    const read = await readAtDesk(compactCode(secretPart), null);
    expect(read).toMatchObject({ offlineId: await offlineIdOf(secretPart), proof: null });

    const { signed, code, secretPart: id } = await signing();
    expect(await readAtDesk(await code(), signed)).toMatchObject({ offlineId: await offlineIdOf(id), proof: facts });
    expect(await readAtDesk(await code(), null)).toMatchObject({ offlineId: await offlineIdOf(id), proof: null });
  });

  it.each([
    ["https://elsewhere.example/", "malformed"],
    ["", "malformed"],
    ["T1Z0000000000000", "unsupported"],
  ])("that is none of ours is none: %j is %s", async (text, reason) => {
    expect(await readAtDesk(text, null)).toBe(reason);
  });

  it("that fails its proof says why, and is still looked for among the codes that are held", async () => {
    const { signed, code } = await signing();
    const other = await signing();
    const proofOf = async (text: string) => {
      const read = await readAtDesk(text, signed);
      return typeof read === "string" ? read : read.proof;
    };
    expect(await proofOf(await other.code())).toBe("bad_signature");
    expect(await proofOf(await code({ keyId: 4 }))).toBe("unknown_key");
    expect(await proofOf(await code({ tenantNumber: 8 }))).toBe("unknown_key");
    expect(await proofOf(await code({ audience: ["portal"] }))).toBe("wrong_audience");
  });

  it("passes once under `open`, from the letters to the store", async () => {
    const { signed, code } = await signing();
    const desk = deskAt(freshPlace(), handClock());
    await holding(desk, await manifestOf([], { policy: "open", signed: { ...signed, spent: [] } }));
    const kept = await desk.store.read(({ manifest }) => manifest.get(1));
    const show = async () => {
      const read = await readAtDesk(await code(), kept?.signed ?? null);
      if (typeof read === "string") throw new Error(read);
      return desk.ledger.decide({ ...scanOf(read.offlineId), fingerprint: read.fingerprint }, read.proof);
    };
    expect(await show()).toMatchObject({ kind: "accepted", basis: "signature" });
    expect(await show()).toMatchObject({ kind: "passed_before" });
  });
});
