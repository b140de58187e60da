import { describe, expect, it } from "vitest";
import { rotatingText, stepKeyOf } from "./rotating-code.ts";
import { stepAt } from "./step.ts";
import { NOON, signingTenant } from "./testing.ts";
import { parseCode } from "./token.ts";

async function issued() {
  const tenant = await signingTenant();
  const { text: base, stepSecret } = await tenant.mint("rotating", await tenant.makeKey(1));
  return { base, key: await stepKeyOf(stepSecret ?? new Uint8Array()) };
}

describe("a rotating code", () => {
  it("is 172 characters, and says its step", async () => {
    const { base, key } = await issued();
    const text = await rotatingText(base, key, stepAt(NOON));
    expect(text).toMatch(/^T1[0-9A-HJKMNP-TV-Z]{170}$/);
    expect(parseCode(text)).toMatchObject({ kind: "rotating", step: stepAt(NOON) });
  });

  it("changes with the half minute, and only then", async () => {
    const { base, key } = await issued();
    const inSeconds = (seconds: number) => rotatingText(base, key, stepAt(new Date(NOON.getTime() + seconds * 1_000)));
    expect(await inSeconds(29.999)).toBe(await inSeconds(0));
    expect(await inSeconds(30)).not.toBe(await inSeconds(0));
  });

  it("is no code without its step", async () => {
    const { base } = await issued();
    expect(base).toHaveLength(150);
    expect(parseCode(base)).toBe("malformed");
  });

  it("is made with a key that cannot be read out of the app again", async () => {
    const { key } = await issued();
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  it("cannot be made of a signed code", async () => {
    const tenant = await signingTenant();
    const { text } = await tenant.mint("signed", await tenant.makeKey(1));
    const { key } = await issued();
    await expect(rotatingText(text, key, 1)).rejects.toThrow(RangeError);
  });

  it("needs a step that fits into four bytes", async () => {
    const { base, key } = await issued();
    for (const step of [-1, 1.5, 2 ** 32]) await expect(rotatingText(base, key, step)).rejects.toThrow(RangeError);
  });
});
