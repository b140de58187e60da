import type { AppRouter } from "@tessera/api/router";
import { type RedemptionOutcome, type ScanId, type ScanSource, uuidV7 } from "@tessera/contracts";
import type { TRPCClient } from "@trpc/client";
import { type ConnectOptions, connect } from "./connection.ts";
import { type Flags, openFlags } from "./flags.ts";
import { type RetryOptions, untilAnswered } from "./retry.ts";

/** Tessera, as a program asks it. */
export interface Tessera {
  /**
   * Redeems the text of a code, once: asks again with the same scan id until there is an answer.
   *
   * @param text What was scanned.
   * @param options Whose scan it is. Save the `scanId` before calling when you must survive a crash.
   * @returns Redeemed, or refused with reason and evidence. A refusal is a value, never thrown.
   * @throws TRPCClientError When no answer could be had; `failureIn(error)` tells why. Ask again with the same scan id.
   */
  redeem(text: string, options?: { scanId?: string; source?: ScanSource } & RetryOptions): Promise<RedemptionOutcome>;
  /** The flags as they are for this client. */
  flags: Flags;
  /** Every procedure, typed. */
  api: TRPCClient<AppRouter>;
  close(): Promise<void>;
}

/**
 * The client of one server.
 *
 * @param options Where, and as whom.
 */
export function createTessera(options: ConnectOptions): Tessera {
  const { client, close } = connect(options);

  return {
    api: client,
    flags: openFlags(client),
    close,
    redeem(text, { scanId = newScanId(), source = "api", ...retry } = {}) {
      return untilAnswered((signal) => client.qr.redeem.mutate({ scanId, text, source }, { signal }), retry);
    },
  };
}

/** @returns A fresh scan id: one for each thing a person did, not for each attempt to send it. */
export function newScanId(): ScanId {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))) as ScanId;
}
