import type { CodeKind } from "@tessera/contracts";
import { LONGEST_LIFE_MS } from "./signing-key.ts";

/**
 * A signed code must end before its key does, and keys end a day and a half after they were rotated away. So whatever
 * lives longer than a day, a voucher or a code for next week, is compact: judged by the server, until it ends.
 *
 * @param wanted The kind that the tenant gives its members.
 * @param now When the code is made.
 * @param expiresAt When it ends.
 * @returns The kind to make.
 */
export const kindFor = (wanted: CodeKind, now: Date, expiresAt: Date): CodeKind =>
  expiresAt.getTime() - now.getTime() > LONGEST_LIFE_MS ? "compact" : wanted;
