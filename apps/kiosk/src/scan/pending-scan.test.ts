import { describe, expect, it } from "vitest";
import { freshMemory, scan } from "../testing.ts";
import { pendingScan } from "./pending-scan.ts";

describe("the pending scan", () => {
  it("outlives a reload, with its own id", () => {
    const memory = freshMemory();
    pendingScan(memory).keep(scan(1));
    expect(pendingScan(memory).held()).toEqual(scan(1));
  });

  it("is gone once it is answered, and its text with it", () => {
    const memory = freshMemory();
    const pending = pendingScan(memory);
    pending.keep(scan(1));
    pending.settle(scan(1).scanId);
    expect([...memory.kept]).toEqual([]);
  });

  it("stays when the answer is that of an older scan", () => {
    const pending = pendingScan(freshMemory());
    pending.keep(scan(1));
    pending.keep(scan(2));
    pending.settle(scan(1).scanId);
    expect(pending.held()).toEqual(scan(2));
  });

  it.each(["", "no json", "null", "{}", '{"scanId":"1","text":"T1","source":"camera"}'])("is none for %j", (kept) => {
    expect(pendingScan(freshMemory({ "tessera.kiosk.pending": kept })).held()).toBeNull();
  });
});
