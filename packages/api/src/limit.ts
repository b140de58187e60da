import { type Taken, takeOne } from "@tessera/domain/limits/limiter";
import { type LimitClass, type LimitHolder, type Quota, quotasOf } from "@tessera/domain/limits/policies";
import { experimental_standaloneMiddleware as standaloneMiddleware, TRPCError } from "@trpc/server";
import type { Inside } from "./context.ts";
import type { Caller } from "./platform.ts";
import { noteLimit } from "./suspects.ts";

/** An allowance was used up before this call. */
export class Limited extends Error {
  readonly taken: Taken;

  constructor(taken: Taken) {
    super(`${taken.limit} calls of class ${taken.quota.class} a minute are allowed.`);
    this.name = "Limited";
    this.taken = taken;
  }

  /** Whole seconds until it may be tried again; at least one. */
  get retryAfter(): number {
    return Math.max(1, Math.ceil(this.taken.resetsInMs / 1_000));
  }
}

/** @returns On whose account a caller's calls go. */
export function holdersOf(caller: Caller | null, address: string): Partial<Record<LimitHolder, string>> {
  if (!caller) return { address };
  const tenant = caller.tenant.id;
  switch (caller.kind) {
    case "device":
      return { address, tenant, desk: caller.deviceId };
    case "key":
      return { address, tenant, key: caller.keyId };
    case "guest":
      return { address, tenant, guest: caller.guestId };
    case "member":
      return { address, tenant, [caller.role === "member" ? "member" : "staff"]: caller.memberId };
  }
}

/**
 * Takes one from each of some allowances, and tells whoever wants to know what is left.
 *
 * @throws TRPCError TOO_MANY_REQUESTS, `Limited`: one is used up. Nothing was done.
 */
async function use(inside: Inside, quotas: readonly Quota[]): Promise<void> {
  const { platform, tellLimit } = inside;
  const { limiter } = platform;
  const taken = limiter && (await takeOne(limiter, quotas));
  if (!taken) return;
  tellLimit?.(taken);
  if (taken.isAllowed) return;
  noteLimit(inside, taken.quota.class);
  const cause = new Limited(taken);
  throw new TRPCError({ code: "TOO_MANY_REQUESTS", message: cause.message, cause });
}

/**
 * Takes one call from its caller's allowance.
 *
 * @throws TRPCError As `use`.
 */
export const limited = (inside: Inside, limitClass: LimitClass): Promise<void> =>
  use(inside, quotasOf(limitClass, holdersOf(inside.caller, inside.address)));

/** Counts how often one code is shown, whoever shows it, beside what its readers are allowed. After the input. */
export const perCode = standaloneMiddleware<{ ctx: Inside; input: { text: string } }>().create(
  async ({ ctx, input, next }) => {
    const digest = ctx.platform.hashOf(input.text).subarray(0, 16);
    await use(ctx, quotasOf("scan", { code: Buffer.from(digest).toString("base64url") }));
    return next();
  },
);
