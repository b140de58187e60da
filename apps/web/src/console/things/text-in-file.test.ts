import { describe, expect, it } from "vitest";
import { textIn } from "./text-in-file.ts";

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

describe("a file", () => {
  it("is read as UTF-8", () => expect(textIn(new TextEncoder().encode("Säge 鋸").buffer)).toBe("Säge 鋸"));
  it("is read as Western spreadsheets write it, when it is no UTF-8", () =>
    expect(textIn(bytes(0x53, 0xe4, 0x67, 0x65))).toBe("Säge"));
});
