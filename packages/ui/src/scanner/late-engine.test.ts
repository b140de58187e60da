import { describe, expect, it } from "vitest";
import { blankImage } from "./decoding/index.ts";
import { lateEngine } from "./late-engine.ts";

const image = blankImage(30, 30);

function late(load = async () => ({ name: "late", read: async () => "T1 found" })) {
  const clock = { ms: 0 };
  const asked = { times: 0 };
  const counted = () => {
    asked.times++;
    return load();
  };
  return { clock, asked, ...lateEngine({ load: counted, now: () => clock.ms }) };
}

describe("the engine that comes late", () => {
  it("is fetched once, after two seconds in vain, and holds nobody up meanwhile", async () => {
    const { frame, clock, asked } = late();
    expect(await frame(image)).toBeNull();
    clock.ms = 1_999;
    expect([await frame(image), asked.times]).toEqual([null, 0]);
    clock.ms = 2_000;
    await frame(image);
    expect([await frame(image), asked.times]).toEqual(["T1 found", 1]);
  });

  it("is not asked again before the next two seconds in vain", async () => {
    const { frame, hit, clock } = late();
    await frame(image);
    clock.ms = 2_000;
    await frame(image);
    hit();
    expect(await frame(image)).toBeNull();
    clock.ms = 4_000;
    expect(await frame(image)).toBe("T1 found");
  });

  it("looks at every third frame only", async () => {
    const { frame, clock } = late();
    await frame(image);
    clock.ms = 2_000;
    await frame(image);
    const found: (string | null)[] = [];
    for (let look = 0; look < 6; look++) found.push(await frame(image));
    expect(found.map(Boolean)).toEqual([true, false, false, true, false, false]);
  });

  it("is waited for by a photo", async () => {
    expect(await late().photo(image)).toBe("T1 found");
  });

  it("is done without where it cannot be had, and asked for once", async () => {
    const { frame, photo, clock, asked } = late(async () => {
      throw new Error("a content policy forbids it");
    });
    expect(await photo(image)).toBeNull();
    await frame(image);
    clock.ms = 5_000;
    expect([await frame(image), asked.times]).toEqual([null, 1]);
  });
});
