/** One who takes part: decides the same rule for one person after the other. */
export interface Way {
  name: string;
  /** How many decisions make a turn: a tenth of a second's work or two, so that many fit into a run. */
  count: number;
  /**
   * A loop of its own, so that each is compiled for itself alone.
   *
   * @returns For how many of `count` people it was on.
   */
  run(count: number): number | Promise<number>;
  close?(): unknown;
}
