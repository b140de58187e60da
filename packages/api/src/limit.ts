import { type Taken, takeOne } from "@tessera/domain/limits/limiter";
import { type LimitClass, type LimitHolder, quotasOf } from "@tessera/domain/limits/policies";
import { experimental_standaloneMiddleware as standaloneMiddleware, TRPCError } from "@trpc/server";
import type { Inside } from "./context.ts";
import type { Caller } from "./platform.ts";

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
 * Takes one call from the caller's allowance, and tells whoever wants to know what is left of it.
 *
 * @throws TRPCError TOO_MANY_REQUESTS, `Limited`: it is used up. Nothing was done.
 */
export async function limited(
  { platform: { limiter }, caller, address, tellLimit }: Inside,
  limitClass: LimitClass,
  more: Partial<Record<LimitHolder, string>> = {},
): Promise<void> {
  if (!limiter) return;
  const quotas = quotasOf(limitClass, Object.assign(holdersOf(caller, address), more));
  const taken = await takeOne(limiter, quotas);
  if (!taken) return;
  tellLimit?.(taken);
  if (!taken.isAllowed) {
    const cause = new Limited(taken);
    throw new TRPCError({ code: "TOO_MANY_REQUESTS", message: cause.message, cause });
  }
}

/** Counts how often one code is shown, whoever shows it, beside what its readers are allowed. After the input. */
export const perCode = standaloneMiddleware<{ ctx: Inside; input: { text: string } }>().create(
  async ({ ctx, input, next }) => {
    const { limiter, hashOf } = ctx.platform;
    if (limiter) {
      const code = Buffer.from(hashOf(input.text).subarray(0, 16)).toString("base64url");
      const taken = await takeOne(limiter, quotasOf("scan", { code }));
      if (taken && !taken.isAllowed) {
        ctx.tellLimit?.(taken);
        const cause = new Limited(taken);
        throw new TRPCError({ code: "TOO_MANY_REQUESTS", message: cause.message, cause });
      }
    }
    return next();
  },
);
