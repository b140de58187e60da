import type { Tessera } from "@tessera/sdk/node";
import type { ApiProcess } from "../../api-process.ts";
import type { InfoBudgets } from "../../checkers/progress.ts";
import type { ToProcess } from "../../failpoints/messages.ts";
import type { HistoryEntry } from "../../history/history.ts";
import type { Run } from "../../history/run.ts";
import type { SqlBench } from "../sql-bench.ts";
import type { TrialCode, TrialTenant } from "../trial-tenant.ts";

/** One API process with a tenant that nobody else uses. */
export interface ServerScene {
  bench: SqlBench;
  api: ApiProcess;
  tenant: TrialTenant;
  /** The tenant's desk, as the SDK speaks for it. */
  desk: Tessera;
  /** Says something to the process; see failpoints/preload.mjs. */
  say(message: ToProcess): void;
  /** One attempt of one scan; its line in the history is kept. */
  scan(code: TrialCode, scan?: string): Promise<HistoryEntry>;
  /** The same scan again and again until it is decided. */
  scanUntilDecided(code: TrialCode, scan?: string): Promise<HistoryEntry>;
  killRedis(): Promise<void>;
}

/** How a planted bug in the server is tried: the same story with the fault and without, without it first. */
export interface ServerTrial {
  /** Whether it works with a Redis of its own. */
  withRedis?: boolean;
  /** What the fault may leave undecided; see `checkProgress`. */
  budgets?: InfoBudgets;
  play(scene: ServerScene, isFaulty: boolean): Promise<Run>;
}
