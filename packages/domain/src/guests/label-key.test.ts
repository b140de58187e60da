import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { drawLabelKey, labelPath, readLabelKey } from "./label-key.ts";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const key = drawLabelKey(() => Uint8Array.from({ length: 10 }, (_, index) => 37 * index));

describe("the key of a label", () => {
  it("is 80 random bits and a letter that checks them", () => {
    expect(drawLabelKey(() => new Uint8Array(10))).toBe("00000000000000000");
    const drawn = Array.from({ length: 200 }, () => drawLabelKey(randomBytes));
    expect(drawn.every((one) => /^[0-9A-HJKMNP-TV-Z]{17}$/.test(one) && readLabelKey(one) === one)).toBe(true);
    expect(new Set(drawn).size).toBe(200);
  });

  it("is read as people type it: in small letters, in groups, with look-alikes", () => {
    const typed = key.toLowerCase().replace(/(.{4})/g, "$1-");
    expect(readLabelKey(` ${typed} `)).toBe(key);
    expect(readLabelKey("OOOO-OOOO-OOOO-OOOO-O")).toBe("00000000000000000");
  });

  it("is known to be misread with any one letter wrong, and with any two neighbours swapped", () => {
    for (let at = 0; at < key.length; at++) {
      for (const letter of LETTERS.replace(key.charAt(at), "")) {
        expect(readLabelKey(key.slice(0, at) + letter + key.slice(at + 1))).toBeNull();
      }
      const swapped = key.slice(0, at) + key.charAt(at + 1) + key.charAt(at) + key.slice(at + 2);
      if (swapped !== key && at + 1 < key.length) expect(readLabelKey(swapped)).toBeNull();
    }
  });

  it.each(["", key.slice(1), `${key}0`, key.replace(/.$/, "U"), "<script>", "💥".repeat(9)])("is not %j", (text) => {
    expect(readLabelKey(text)).toBeNull();
  });

  it("stands alone in its path", () => {
    expect(labelPath(key)).toBe(`/l/${key}`);
  });
});
