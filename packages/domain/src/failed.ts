import type { Failure } from "@tessera/contracts";

/** Nothing was decided, or nobody knows: the caller asks again with the same id. */
export class Failed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure, options);
    this.name = "Failed";
    this.failure = failure;
  }
}
