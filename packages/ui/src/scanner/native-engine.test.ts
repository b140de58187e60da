// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { proveNativeEngine, trustNativeAgain } from "./native-engine.ts";

const source = {} as CanvasImageSource;

/** A browser whose detector answers with these, one after another. */
function browserReading(...answers: (string | null | Error)[]) {
  return {
    BarcodeDetector: class {
      static getSupportedFormats = async () => ["qr_code"];
      async detect() {
        const answer = answers.shift() ?? null;
        if (answer instanceof Error) throw answer;
        return answer === null ? [] : [{ rawValue: answer }];
      }
    },
  };
}

beforeEach(() => {
  trustNativeAgain();
  const paper = { fillRect: () => {} } as unknown as CanvasRenderingContext2D;
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(paper as never);
});

describe("the browser's own reader", () => {
  it("is used once it has read our test code", async () => {
    const engine = await proveNativeEngine(browserReading("TESSERA", "T1"));
    expect(await engine?.read(source)).toBe("T1");
    expect(engine?.trusted).toBe(true);
  });

  it("is not used where it is missing, reads no QR codes, or finds nothing in anything", async () => {
    const barsOnly = browserReading("TESSERA");
    barsOnly.BarcodeDetector.getSupportedFormats = async () => ["ean_13"];
    expect(await proveNativeEngine({})).toBeNull();
    expect(await proveNativeEngine(barsOnly)).toBeNull();
    expect(await proveNativeEngine(browserReading(null))).toBeNull();
  });

  it("is not asked again in this session after it threw once", async () => {
    const engine = await proveNativeEngine(browserReading("TESSERA", new Error("service unavailable"), "T1"));
    expect([await engine?.read(source), await engine?.read(source)]).toEqual([null, null]);
    expect(engine?.trusted).toBe(false);
    expect(await proveNativeEngine(browserReading("TESSERA"))).toBeNull();
  });

  it("is not asked again when it takes longer than our own", async () => {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (clock += 100));
    const engine = await proveNativeEngine(browserReading("TESSERA"));
    for (let i = 0; i < 9; i++) await engine?.read(source);
    expect(engine?.trusted).toBe(false);
    vi.mocked(performance.now).mockRestore();
  });
});
