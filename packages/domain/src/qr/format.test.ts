import { createHmac, createPublicKey, hkdfSync, verify } from "node:crypto";
import type { TenantId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { codeSigning } from "./code-signing.ts";
import { rotatingText, stepKeyOf } from "./rotating-code.ts";
import { signingTenant } from "./testing.ts";

/** Another reader, written from the description of the format alone, on another crypto library. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET = "s".repeat(32);

function bytesOf(text: string): Buffer {
  const bits = Array.from(text.slice(2), (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}

const ed25519 = (publicKey: Uint8Array) =>
  createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey).toString("base64url") },
    format: "jwk",
  });

const isSigned = (bytes: Buffer, publicKey: Uint8Array) =>
  verify(
    null,
    Buffer.concat([Buffer.from("tessera/qr/v1\0"), bytes.subarray(0, 28)]),
    ed25519(publicKey),
    bytes.subarray(28, 92),
  );

describe("the format, read by another reader", () => {
  it.each(["signed", "rotating"] as const)("signs the first 28 bytes of a %s code, under its purpose", async (kind) => {
    const tenant = await signingTenant(SECRET);
    const key = await tenant.makeKey(4);
    const { text, secretPart } = await tenant.mint(kind, key);
    const bytes = bytesOf(text);
    expect(bytes).toHaveLength(92);
    expect(isSigned(bytes, key.publicKey)).toBe(true);
    expect([bytes[0], bytes[1], bytes.readUInt32BE(2)]).toEqual([kind === "signed" ? 0x12 : 0x13, 4, 7]);
    expect(new Uint8Array(bytes.subarray(6, 18))).toEqual(secretPart);
  });

  it("ends a rotating code with ten bytes of HMAC-SHA-256 over all before, with a key made of the code", async () => {
    const tenant = await signingTenant(SECRET);
    const { text, stepSecret } = await tenant.mint("rotating", await tenant.makeKey(4));
    const shown = bytesOf(await rotatingText(text, await stepKeyOf(stepSecret ?? new Uint8Array()), 59_000_000));

    const info = Buffer.concat([Buffer.from("tessera/code-step/v1"), shown.subarray(2, 18)]); // tenant number, code id
    const secret = Buffer.from(hkdfSync("sha256", SECRET, Buffer.alloc(32), info, 32));
    const mac = createHmac("sha256", secret).update("tessera/qr-step/v1\0").update(shown.subarray(0, 96)).digest();
    expect(new Uint8Array(secret)).toEqual(stepSecret);
    expect(shown.readUInt32BE(92)).toBe(59_000_000);
    expect(shown.subarray(96)).toEqual(mac.subarray(0, 10));
  });

  it("makes the same private key for ever of a secret, a tenant, a number and a salt", async () => {
    const tenant = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff" as TenantId;
    const salt = Uint8Array.from({ length: 32 }, (_, at) => at);
    const publicKey = await (await codeSigning(SECRET)).publicKeyOf(tenant, { keyId: 4, salt });

    const info = Buffer.concat([Buffer.from(`tessera/code-signing/v1${tenant}`), Buffer.of(4)]);
    const seed = Buffer.from(hkdfSync("sha256", SECRET, salt, info, 32));
    const jwk = {
      kty: "OKP",
      crv: "Ed25519",
      d: seed.toString("base64url"),
      x: Buffer.from(publicKey).toString("base64url"),
    };
    const signing = { name: "Ed25519" };
    const theirs = await crypto.subtle.importKey("jwk", jwk, signing, false, ["sign"]); // refuses halves that do not fit
    const signature = await crypto.subtle.sign(signing, theirs, Buffer.from("any"));
    expect(verify(null, Buffer.from("any"), ed25519(publicKey), Buffer.from(signature))).toBe(true);
  });
});
