import { qrMatrix } from "@tessera/domain/qr/matrix";

/** The part of the browser's own detector we use. TypeScript does not know it: only Chromium has it, and not everywhere. */
interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
};

/** The browser's own reader. It misses codes that ours reads, so it never works alone. */
export interface NativeEngine {
  /** False once it has thrown or dawdled: for the rest of the session it is not asked again. */
  readonly trusted: boolean;
  read(source: CanvasImageSource): Promise<string | null>;
}

const TEST_TEXT = "TESSERA";
const SLOW_MS = 80; // seen on some Macs: slower than our own reader, and on the page's thread
const session = { trusted: true };

/**
 * Gives the browser's own reader if it reads a test code we draw; `null` where it is missing, throws, or, as on some
 * Macs, finds nothing in anything and says so politely.
 */
export async function proveNativeEngine(home: object = globalThis): Promise<NativeEngine | null> {
  const Detector = (home as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!Detector || !session.trusted) return null;
  try {
    if (!(await Detector.getSupportedFormats()).includes("qr_code")) return null;
    const engine = nativeEngine(new Detector({ formats: ["qr_code"] }));
    return (await engine.read(drawTestCode())) === TEST_TEXT ? engine : null;
  } catch {
    return null; // it could not even be asked: there are other ways to read, and nobody to tell
  }
}

function nativeEngine(detector: Detector): NativeEngine {
  const state = { reads: 0, ms: 0 };
  return {
    get trusted() {
      return session.trusted;
    },
    async read(source) {
      if (!session.trusted) return null;
      const started = performance.now();
      try {
        const [found] = await detector.detect(source);
        state.reads += 1;
        state.ms += performance.now() - started;
        if (state.reads === 10 && state.ms / state.reads > SLOW_MS) session.trusted = false;
        return found?.rawValue ?? null;
      } catch {
        session.trusted = false; // "service unavailable" does not pass: once is enough
        return null;
      }
    },
  };
}

function drawTestCode(): HTMLCanvasElement {
  const matrix = qrMatrix(TEST_TEXT);
  const [px, quiet] = [6, 4];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = (matrix.length + 2 * quiet) * px;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no canvas to draw on");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "black";
  matrix.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) context.fillRect((x + quiet) * px, (y + quiet) * px, px, px);
    });
  });
  return canvas;
}

/** For tests: a new session, in which the browser's reader is trusted again. */
export function trustNativeAgain(): void {
  session.trusted = true;
}
