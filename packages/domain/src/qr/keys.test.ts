import { describe, expect, it } from "vitest";
import { codeKeys } from "./keys.ts";

const SECRET = "a secret of at least thirty-two characters";
const secretPart = Uint8Array.from({ length: 16 }, (_, at) => at);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("the keys for codes", () => {
  it("find tomorrow what they wrote down yesterday: the look-up of a code never changes", async () => {
    const { lookupOf } = await codeKeys(SECRET);
    expect(hex(await lookupOf(secretPart))).toBe("3bf0c0131b152bf0157edcc73158993f493b3c43fa2a318322ef83a8b5636454");
  });

  it("look up the twelve bytes of a signed code as well, and never as a part of sixteen", async () => {
    const { lookupOf } = await codeKeys(SECRET);
    expect(await lookupOf(secretPart.slice(0, 12))).toHaveLength(32);
    expect(hex(await lookupOf(secretPart.slice(0, 12)))).not.toBe(hex(await lookupOf(secretPart)));
  });

  it("make another step secret for every tenant, code and deployment, and the same one each time", async () => {
    const [ours, theirs] = await Promise.all([codeKeys(SECRET), codeKeys(`${SECRET}!`)]);
    const id = secretPart.slice(0, 12);
    const made = await Promise.all([
      ours.stepSecretOf(7, id),
      ours.stepSecretOf(8, id),
      ours.stepSecretOf(7, id.toReversed()),
      theirs.stepSecretOf(7, id),
    ]);
    expect(new Set(made.map(hex)).size).toBe(4);
    expect(await ours.stepSecretOf(7, id)).toEqual(made[0]);
  });
});
