import type { TenantId } from "@tessera/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase32, encodeBase32 } from "./base32.ts";
import { joinBytes } from "./bytes.ts";
import { readCode } from "./read-code.ts";
import { rotatingText, stepKeyOf } from "./rotating-code.ts";
import { stepAt } from "./step.ts";
import { NOON, signingTenant } from "./testing.ts";

const ALPHABET = Array.from("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
const STEP = stepAt(NOON);

const bytesOf = (text: string, length: number) => decodeBase32(text.slice(2), length) ?? new Uint8Array();
const textOf = (bytes: Uint8Array) => `T1${encodeBase32(bytes)}`;

/** A tenant with one active key, one code of each kind, and its kiosk. */
async function world() {
  const tenant = await signingTenant();
  const key = await tenant.makeKey(1);
  const compact = await tenant.mint("compact", key);
  const signed = await tenant.mint("signed", key);
  const rotating = await tenant.mint("rotating", key);
  const stepKey = await stepKeyOf(rotating.stepSecret ?? new Uint8Array());
  const shown = await rotatingText(rotating.text, stepKey, STEP);
  return { tenant, key, compact, signed, rotating, shown, stepKey, tools: await tenant.readerWith([key]) };
}

/** Every text that differs from this one in exactly one place. */
const mutantsOf = (text: string) =>
  Array.from(text).flatMap((was, at) =>
    ALPHABET.filter((letter) => letter !== was).map((letter) => text.slice(0, at) + letter + text.slice(at + 1)),
  );

async function answersTo(texts: readonly string[], tools: Parameters<typeof readCode>[1]) {
  const counts: Record<string, number> = {};
  for (let at = 0; at < texts.length; at += 64) {
    const answers = await Promise.all(texts.slice(at, at + 64).map((text) => readCode(text, tools)));
    for (const answer of answers) {
      const name = typeof answer === "string" ? answer : "read";
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

describe("reading a genuine code", () => {
  it("gives a compact code's secret part, and asks nobody for keys", async () => {
    const { compact } = await world();
    const ring = () => expect.unreachable("a compact code has no signature");
    expect(await readCode(compact.text, { keys: null, ring, tenantNumber: 7, audience: "kiosk" })).toEqual({
      kind: "compact",
      secretPart: compact.secretPart,
      step: null,
      signed: null,
    });
  });

  it("gives a signed code's secret part and what it says of itself", async () => {
    const { signed, tools } = await world();
    expect(await readCode(signed.text, tools)).toEqual({
      kind: "signed",
      secretPart: signed.secretPart,
      step: null,
      signed: {
        keyId: 1,
        tenantNumber: 7,
        notBefore: NOON,
        expiresAt: new Date("2026-11-22T12:10:00Z"),
        audience: ["kiosk"],
        maxUses: 1,
      },
    });
  });

  it("gives a rotating code's step as well, whichever it is: the database's clock judges it", async () => {
    const { rotating, stepKey, tools } = await world();
    for (const step of [0, STEP - 5, STEP, STEP + 5]) {
      const read = await readCode(await rotatingText(rotating.text, stepKey, step), tools);
      expect(read).toMatchObject({ kind: "rotating", secretPart: rotating.secretPart, step });
    }
  });

  it("tells no step where it cannot be checked", async () => {
    const { shown, tools } = await world();
    expect(await readCode(shown, { ...tools, keys: null })).toMatchObject({ kind: "rotating", step: null });
  });

  it("reads everything that was ever minted", async () => {
    const { tenant, key, tools } = await world();
    const facts = fc.record({
      kind: fc.constantFrom("compact" as const, "signed" as const),
      maxUses: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(facts, async ({ kind, maxUses }) => {
        const { text, secretPart } = await tenant.mint(kind, key, { maxUses });
        expect(await readCode(text, tools)).toMatchObject({ kind, secretPart });
      }),
    );
  });
});

describe("a forged code (T4)", () => {
  it("is never read when one character of a signed code was changed, at any place and to any letter", async () => {
    const { signed, tools } = await world();
    const answers = await answersTo(mutantsOf(signed.text), tools);
    expect(Object.keys(answers).sort()).toEqual(["bad_signature", "malformed", "unknown_key", "unsupported"]);
    expect(answers.bad_signature).toBeGreaterThan(4_000);
  }, 60_000);

  it("is never read when one character of a rotating code was changed, at any place and to any letter", async () => {
    const { shown, tools } = await world();
    const answers = await answersTo(mutantsOf(shown), tools);
    expect(Object.keys(answers).sort()).toEqual(["bad_signature", "malformed", "unknown_key", "unsupported"]);
    expect(answers.bad_signature).toBeGreaterThan(4_600);
  }, 60_000);

  it("is read when nothing was changed, so the two tests above can fail", async () => {
    const { signed, shown, tools } = await world();
    expect(await answersTo([signed.text, shown], tools)).toEqual({ read: 2 });
  });

  it("is not read when it was cut, at any place", async () => {
    const { signed, shown, tools } = await world();
    const cut = [signed.text, shown].flatMap((text) => Array.from(text, (_, at) => text.slice(0, at)));
    expect(await answersTo(cut, tools)).toEqual({ malformed: cut.length });
  });

  it("does not become a code of another kind with another mark", async () => {
    const { signed, shown, tools } = await world();
    const asRotating = joinBytes(
      Uint8Array.of(0x13),
      bytesOf(signed.text, 92).subarray(1),
      bytesOf(shown, 106).subarray(92),
    );
    const asSigned = joinBytes(Uint8Array.of(0x12), bytesOf(shown, 106).subarray(1, 92));
    expect(await readCode(textOf(asRotating), tools)).toBe("bad_signature");
    expect(await readCode(textOf(asSigned), tools)).toBe("bad_signature");
  });

  it("cannot borrow the name of another key of the tenant", async () => {
    const { tenant, key, signed } = await world();
    const tools = await tenant.readerWith([key, await tenant.makeKey(2, "next")]);
    const bytes = bytesOf(signed.text, 92);
    bytes[1] = 2;
    expect(await readCode(textOf(bytes), tools)).toBe("bad_signature");
    bytes[1] = 3;
    expect(await readCode(textOf(bytes), tools)).toBe("unknown_key");
  });

  it("has one signature: its twin under the order of the curve is refused", async () => {
    const { signed, tools } = await world();
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const bytes = bytesOf(signed.text, 92);
    const s = BigInt(`0x${Buffer.from(bytes.subarray(60)).reverse().toString("hex")}`) + order;
    bytes.set(Buffer.from(s.toString(16).padStart(64, "0"), "hex").reverse(), 60);
    expect(await readCode(textOf(bytes), tools)).toBe("bad_signature");
  });

  it("is not found by guessing (T3): thousands that name the tenant and its key, and not one is read", async () => {
    const { signed, tools } = await world();
    const known = bytesOf(signed.text, 92).subarray(0, 6);
    const guesses = fc.sample(fc.uint8Array({ minLength: 86, maxLength: 86 }), { numRuns: 3_000, seed: 3 });
    expect(
      await answersTo(
        guesses.map((guess) => textOf(joinBytes(known, guess))),
        tools,
      ),
    ).toEqual({
      bad_signature: 3_000,
    });
  }, 30_000);
});

describe("a picture of a rotating code (T5)", () => {
  it("cannot be given another step, or the step of another code", async () => {
    const { tenant, key, shown, tools } = await world();
    const other = await tenant.mint("rotating", key);
    const otherKey = await stepKeyOf(other.stepSecret ?? new Uint8Array());
    const later = bytesOf(await rotatingText(other.text, otherKey, STEP + 1), 106);

    const bytes = bytesOf(shown, 106);
    expect(await readCode(textOf(joinBytes(bytes.subarray(0, 92), later.subarray(92))), tools)).toBe("bad_signature");
    bytes[95] = (bytes[95] ?? 0) + 1;
    expect(await readCode(textOf(bytes), tools)).toBe("bad_signature");
  });

  it("cannot be made with the step secret of another deployment", async () => {
    const { rotating, tools } = await world();
    const stranger = await signingTenant("another secret of thirty-two chars");
    const secret = await stranger.keys.stepSecretOf(7, rotating.secretPart);
    expect(await readCode(await rotatingText(rotating.text, await stepKeyOf(secret), STEP), tools)).toBe(
      "bad_signature",
    );
  });
});

describe("another tenant's code (T6)", () => {
  it("reads like a key that never was, be it genuine or made up", async () => {
    const { key, tools } = await world();
    const neighbour = await signingTenant("s".repeat(32), 8);
    const neighbourKey = await neighbour.makeKey(key.keyId);
    const genuine = await neighbour.mint("signed", neighbourKey);
    const madeUp = bytesOf(genuine.text, 92);
    madeUp.fill(0, 28);

    expect(await readCode(genuine.text, await neighbour.readerWith([neighbourKey]))).toMatchObject({ kind: "signed" });
    expect(await readCode(genuine.text, tools)).toBe("unknown_key");
    expect(await readCode(textOf(madeUp), tools)).toBe("unknown_key");
  });

  it("is not ours with our number written into it", async () => {
    const { key, tools } = await world();
    const neighbour = await signingTenant("s".repeat(32), 8);
    const bytes = bytesOf((await neighbour.mint("signed", await neighbour.makeKey(key.keyId))).text, 92);
    bytes[5] = 7;
    expect(await readCode(textOf(bytes), tools)).toBe("bad_signature");
  });
});

describe("the keys and the place", () => {
  it.each([
    ["next", "read"],
    ["active", "read"],
    ["retiring", "read"],
    ["retired", "unknown_key"],
    ["revoked", "unknown_key"],
  ] as const)("a code whose key is %s by now: %s", async (state, answer) => {
    const { tenant, key, signed } = await world();
    const tools = await tenant.readerWith([{ ...key, state }, await tenant.makeKey(2)]);
    expect(await answersTo([signed.text], tools)).toEqual({ [answer]: 1 });
  });

  it("tells of a code that is for another place, and only of a genuine one", async () => {
    const { tenant, key, tools } = await world();
    const { text } = await tenant.mint("signed", key, { audience: ["portal", "sdk"] });
    expect(await readCode(text, tools)).toBe("wrong_audience");
    expect(await readCode(text, { ...tools, audience: "portal" })).toMatchObject({ kind: "signed" });
    const forged = bytesOf(text, 92);
    forged[91] = (forged[91] ?? 0) ^ 1;
    expect(await readCode(textOf(forged), tools)).toBe("bad_signature");
  });

  it("signs with no key but the active one", async () => {
    const tenant = await signingTenant();
    for (const state of ["next", "retiring", "retired", "revoked"] as const) {
      await expect(tenant.mint("signed", await tenant.makeKey(1, state))).rejects.toThrow(RangeError);
    }
  });

  it("has another key for every secret, tenant, number and salt", async () => {
    const one = await signingTenant();
    const { salt, publicKey } = await one.makeKey(1);
    const tenant = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff" as TenantId;
    const other = "6f9619ff-8b86-4d01-b42d-00cf4fc964fe" as TenantId;
    const stranger = await signingTenant("another secret of thirty-two chars");
    const otherSalt = salt.map((byte) => byte ^ 1);
    const made = await Promise.all([
      one.signing.publicKeyOf(tenant, { keyId: 1, salt }),
      one.signing.publicKeyOf(other, { keyId: 1, salt }),
      one.signing.publicKeyOf(tenant, { keyId: 2, salt }),
      one.signing.publicKeyOf(tenant, { keyId: 1, salt: otherSalt }),
      stranger.signing.publicKeyOf(tenant, { keyId: 1, salt }),
    ]);
    expect(new Set([publicKey, ...made].map((bytes) => encodeBase32(bytes))).size).toBe(6);
    expect(publicKey).toHaveLength(32);
  });
});
