import type { Change } from "../../failpoints/one-change.ts";
import type { Run } from "../../history/run.ts";
import type { SqlBench } from "../sql-bench.ts";

/** How a planted bug in SQL is tried: the same story with the fault and without. */
export interface SqlTrial {
  /** What the fault needs in the function itself: a place where it can be held up. */
  faultNeeds?: { function: string } & Change;
  /** @returns What came of it. */
  play(bench: SqlBench, isFaulty: boolean): Promise<Run>;
}
