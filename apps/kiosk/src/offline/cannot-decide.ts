import type { Failure } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";

/**
 * Why a desk without a network leaves a scan undecided. Never a "no" to the guest: the code may be good, and once the
 * server answers again it is asked.
 */
export const cannotDecide = {
  denied: { failure: "unavailable", say: "This desk decides nothing without the network.", next: "Wait for it." },
  no_manifest: { failure: "unavailable", say: "This desk holds no codes ready.", next: "Wait for the network." },
  not_held: {
    failure: "unavailable",
    say: "This desk does not hold this code ready, and cannot ask.",
    next: "Wait for the network. The code may well be good.",
  },
  lease_over: {
    failure: "unavailable",
    say: "This desk has been without the network for too long to decide alone.",
    next: "Wait for the network.",
  },
  restarted: {
    failure: "unavailable",
    say: "This desk was restarted without the network, so it cannot tell how old its codes are.",
    next: "Wait for the network.",
  },
  limit_reached: {
    failure: "unavailable",
    say: "This desk has let through as many codes as it may without the network.",
    next: "Wait for the network.",
  },
  in_doubt: {
    failure: "unavailable",
    say: "This code was sent to the server just before the network went, and the answer was lost.",
    next: "Wait for the network: the desk will find out.",
  },
  quarantined: {
    failure: "unavailable",
    say: "This desk's story does not fit to what the server knows of it.",
    next: "Ask staff to release this desk.",
  },
  store_full: {
    failure: "read_only",
    say: "This desk has no room left to write down what it does.",
    next: "Make room on this device, then scan again.",
  },
  no_store: {
    failure: "unavailable",
    say: "This browser lets the desk write nothing down, so it decides nothing alone.",
    next: "Wait for the network.",
  },
} as const satisfies Record<string, { failure: Failure; say: string; next: string }>;

export type WhyNot = keyof typeof cannotDecide;

/** Nothing was decided at the desk, for a reason it can name. */
export class CannotDecide extends Failed {
  readonly why: WhyNot;

  constructor(why: WhyNot, options?: ErrorOptions) {
    super(cannotDecide[why].failure, options);
    this.name = "CannotDecide";
    this.message = cannotDecide[why].say;
    this.why = why;
  }
}
