import { clockAhead } from "./trials/clock-ahead.ts";
import { codeHeld } from "./trials/code-held.ts";
import { killedAfterCommit } from "./trials/killed-after-commit.ts";
import { killedAtCommit } from "./trials/killed-at-commit.ts";
import { newsTooEarly } from "./trials/news-too-early.ts";
import { redisGone } from "./trials/redis-gone.ts";
import { sentTwice } from "./trials/sent-twice.ts";
import type { ServerTrial } from "./trials/server-trial.ts";

/** The story in which each planted bug of the server shows, by the mutant's number. */
export const serverTrials: Readonly<Record<string, ServerTrial>> = {
  M3: sentTwice,
  M4: killedAfterCommit,
  M5: newsTooEarly,
  M6: clockAhead,
  M8: killedAtCommit,
  M11: codeHeld,
  M13: redisGone,
};
