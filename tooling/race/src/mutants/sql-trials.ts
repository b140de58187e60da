import { foreignCode } from "./trials/foreign-code.ts";
import { lateCommit } from "./trials/late-commit.ts";
import { pausedWriter } from "./trials/paused-writer.ts";
import { sharedConnection } from "./trials/shared-connection.ts";
import type { SqlTrial } from "./trials/trial.ts";
import { twoLateDesks } from "./trials/two-late-desks.ts";

/** The story in which each planted bug of the SQL layer shows, by the mutant's number. */
export const sqlTrials: Readonly<Record<string, SqlTrial>> = {
  M1: pausedWriter,
  M2: pausedWriter,
  M7: foreignCode,
  M9: lateCommit,
  M10: sharedConnection,
  M14: twoLateDesks,
};
