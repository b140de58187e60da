import type { GreyImage } from "./decoding/grey-image.ts";
import type { LateEngine } from "./decoding/wasm-engine.ts";

/** So long somebody holds something up in vain before more is fetched. */
const IN_VAIN_MS = 2_000;
/** An idle desk sees nothing all day: asked at every look it would only warm the tablet. */
const EVERY = 3;

export interface LateOptions {
  /** Fetches the engine. */
  load(): Promise<LateEngine>;
  now(): number;
}

/** The engine that comes when the others find nothing. */
export interface Late {
  /** Looks at a frame of a video that nobody has read: `null` until the engine is here. */
  frame(image: GreyImage): Promise<string | null>;
  /** The same for a photo, which is worth waiting for. */
  photo(image: GreyImage): Promise<string | null>;
  /** Somebody has read something: the next search begins anew. */
  hit(): void;
}

/** Fetched once, and only when it is needed; where it cannot be had the scanner goes on without it. */
export function lateEngine({ load, now }: LateOptions): Late {
  let inVainSince: number | null = null;
  let engine: LateEngine | null = null;
  let loading: Promise<LateEngine | null> | null = null;
  let looks = 0;

  const fetched = () => {
    loading ??= load().then(
      (loaded) => {
        engine = loaded;
        return loaded;
      },
      () => null,
    );
    return loading;
  };

  return {
    async frame(image) {
      inVainSince ??= now();
      if (now() - inVainSince < IN_VAIN_MS) return null;
      void fetched();
      return engine && looks++ % EVERY === 0 ? engine.read(image) : null;
    },
    async photo(image) {
      return (await fetched())?.read(image) ?? null;
    },
    hit() {
      inVainSince = null;
    },
  };
}
