import type { FlagBoard } from "@tessera/api";
import type { Flags } from "@tessera/db";
import { evaluateFlag, type FlagSetting } from "@tessera/domain/flags/evaluate";

/** The flags of this process, and how they are brought up to date. */
export interface LiveFlagBoard extends FlagBoard {
  /** Reads the settings again. */
  refresh(): Promise<void>;
}

/** @returns A board with today's settings. */
export async function openFlagBoard(flags: Flags): Promise<LiveFlagBoard> {
  let settings = new Map<string, FlagSetting>();
  const refresh = async () => {
    settings = new Map((await flags.all()).map((setting) => [setting.key, setting]));
  };
  await refresh();

  return {
    refresh,
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
