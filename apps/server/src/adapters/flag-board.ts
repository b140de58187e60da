import type { FlagBoard } from "@tessera/api";
import type { Flags } from "@tessera/db";
import { evaluateFlag, type FlagSetting } from "@tessera/domain/flags/evaluate";

/** The flags of this process, and how they are brought up to date. */
export interface LiveFlagBoard extends FlagBoard {
  /** Lets a reading that is under way end; after it none begins. */
  close(): Promise<void>;
}

const TRY_AGAIN_MS = 250;

/**
 * @param flags Where they are written down.
 * @param onTrouble Told of each reading that failed; until one passes the last known settings hold.
 * @returns A board with today's settings.
 */
export async function openFlagBoard(flags: Flags, onTrouble: (cause: unknown) => void): Promise<LiveFlagBoard> {
  let settings = new Map<string, FlagSetting>();
  let reading: Promise<void> | null = null;
  let isStale = false;
  let isClosed = false;

  async function read(): Promise<void> {
    settings = new Map((await flags.all()).map((setting) => [setting.key, setting]));
  }

  /** One reading at a time, so that an older one cannot end last; and again when something changed meanwhile. */
  async function readUntilFresh(): Promise<void> {
    while (isStale && !isClosed) {
      isStale = false;
      await read().catch(async (cause) => {
        onTrouble(cause);
        isStale = true; // a kill must not be lost because the database was away for a moment
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
      });
    }
  }

  function refresh(): Promise<void> {
    isStale = true;
    reading ??= readUntilFresh().finally(() => {
      reading = null;
    });
    return reading;
  }

  await read();
  return {
    refresh,
    async close() {
      isClosed = true;
      await reading;
    },
    decide: (key, tenant) => evaluateFlag(key, settings.get(key), tenant),
    async kill(key, because, by) {
      const killed = await flags.kill(key, because, by);
      await refresh();
      return killed;
    },
    async restore(key, because, by) {
      const restored = await flags.restore(key, because, by);
      await refresh();
      return restored;
    },
  };
}
