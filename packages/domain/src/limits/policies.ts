/** What is counted together: calls of one class use up one another's allowance. */
export const limitClasses = [
  "session",
  "request",
  "read",
  "write",
  "issue",
  "scan",
  "sign_in",
  "mail",
  "pair",
  "poll",
  "unknown",
] as const;
export type LimitClass = (typeof limitClasses)[number];

/**
 * Whose allowance it is. `address`: of a network address, for whoever is not known. `staff`: whoever works for the tenant,
 * up to operators. `code`: of one code, whoever shows it. `account`: of one e-mail address somebody wants to sign in with.
 * `tenant`: of all of a tenant together.
 */
export const limitHolders = [
  "address",
  "guest",
  "member",
  "staff",
  "desk",
  "key",
  "code",
  "account",
  "tenant",
] as const;
export type LimitHolder = (typeof limitHolders)[number];

/**
 * The one table of rate limits: how many a minute. A holder without a number in a row has no allowance of its own there.
 *
 * A stranger's and a guest's numbers are the documented ones: 10 sessions, 20 requests, 60 reads a minute. Those of people and
 * machines that are known are there to stop a loop or a stolen token, and lie well above what a person or a queue of forty does.
 */
export const limitsPerMinute: Readonly<Record<LimitClass, Readonly<Partial<Record<LimitHolder, number>>>>> = {
  /** Opening a guest session. */
  session: { address: 10, tenant: 3_000 },
  /** A guest asks for something. */
  request: { guest: 20, tenant: 3_000 },
  /** Any query, and the beginning of a subscription. */
  read: { address: 60, guest: 60, member: 300, staff: 600, desk: 600, key: 600 },
  /** Any mutation that has no row of its own. */
  write: { address: 20, guest: 20, member: 60, staff: 120, desk: 120, key: 120, tenant: 6_000 },
  /** A code is made. */
  issue: { member: 20, staff: 60, key: 60, tenant: 3_000 },
  /** A code is looked at or redeemed. */
  scan: { staff: 60, desk: 60, code: 10, tenant: 3_000 },
  /** Somebody wants to be let in by a password, a passkey or a second factor. */
  sign_in: { address: 20, account: 10 },
  /** A mail is asked for: a forgotten password, a confirmation. */
  mail: { address: 10, account: 3 },
  /** A machine wants to become a desk. */
  pair: { address: 20 },
  /** A machine asks how it stands, or whether staff have agreed: every five seconds, and several share an address. */
  poll: { address: 240 },
  /** A token or cookie that nobody was given. */
  unknown: { address: 60 },
};

/** One allowance that a call uses up. */
export interface Quota {
  class: LimitClass;
  holder: LimitHolder;
  /** Which one of its kind. */
  id: string;
  /** How many in a minute. */
  points: number;
}

/** Who is known by more than the address they come from. */
const KNOWN: readonly LimitHolder[] = ["guest", "member", "staff", "desk", "key"];

/**
 * @param limitClass Of the call.
 * @param holders Everybody on whose account it may go, with their ids.
 * @returns The allowances it uses up, all of which must suffice. The address counts only where nobody who is better known has
 *   an allowance: many people may share one. None: the call is not limited.
 */
export function quotasOf(limitClass: LimitClass, holders: Readonly<Partial<Record<LimitHolder, string>>>): Quota[] {
  const row = limitsPerMinute[limitClass];
  const isKnown = KNOWN.some((holder) => row[holder] !== undefined && holders[holder] !== undefined);
  const quotas: Quota[] = [];
  for (const holder of limitHolders) {
    const points = row[holder];
    const id = holders[holder];
    if (points === undefined || id === undefined || (holder === "address" && isKnown)) continue;
    quotas.push({ class: limitClass, holder, id, points });
  }
  return quotas;
}
