import type { HouseCode } from "./house.ts";

/** One way to redeem codes, opened and ready. */
export interface Way {
  /** @returns `redeemed`, or why not. */
  redeem(code: HouseCode, caller: number): Promise<string>;
  close(): Promise<void>;
}
