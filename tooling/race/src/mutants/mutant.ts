import type { CheckerName } from "../checkers/check-run.ts";
import type { Change } from "../failpoints/one-change.ts";

/** Where a planted bug is put: always into a copy, or into a database that belongs to the test. */
export type Planted =
  /**
   * Into one SQL function. `also`: the other places of the same protection. `without`: a belt that must go with it, since the
   * bug stands for a design that has none.
   */
  | ({ layer: "sql"; function: string; also?: readonly Change[]; without?: string } & Change)
  /** Into a copy of the built server. */
  | ({ layer: "server" } & Change)
  /** Into the text of one module of the kiosk, below the top of the repository. */
  | ({ layer: "kiosk"; file: string } & Change);

/** A bug that somebody could write, planted to see it caught. Each is exactly one change of the product. */
export interface Mutant {
  id: string;
  /** What is wrong in it. */
  says: string;
  planted: Planted;
  /** The checker that must name it, or the kiosk's own rule. */
  caughtBy: CheckerName | "kiosk";
  /** The fault under which it shows; without it the mutant passes for the product. */
  runsUnder: string;
}
