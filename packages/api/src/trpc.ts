import { type ApiScope, type DeskScope, type Failure, type FlagKey, failures } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import type { LimitClass } from "@tessera/domain/limits/policies";
import { Misused } from "@tessera/domain/misused";
import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError, z } from "zod";
import type { Access } from "./access.ts";
import type { Context, ErrorShape } from "./closed.ts";
import { type Inside, opened } from "./context.ts";
import { flagAtDesk, flagFor } from "./flag-for.ts";
import { Limited, limited } from "./limit.ts";
import { turnAwayBlocked } from "./suspects.ts";
import { traceOf } from "./trace.ts";

const CODE_OF: Record<Failure, TRPCError["code"]> = {
  busy: "CONFLICT",
  unknown_outcome: "INTERNAL_SERVER_ERROR",
  read_only: "SERVICE_UNAVAILABLE",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
};

function failureIn({ cause }: TRPCError): Failure | null {
  if (cause instanceof Limited) return "rate_limited";
  return cause instanceof Failed ? cause.failure : null;
}

/** Nothing of the inside reaches a caller: no stack, no SQL, no name of a table. */
function messageFor(error: TRPCError): string {
  const { cause } = error;
  if (cause instanceof Limited)
    return `${failures.rate_limited.say} ${cause.message} Try again in ${cause.retryAfter} s.`;
  const failure = failureIn(error);
  if (failure) return failures[failure].say;
  if (error.code === "BAD_REQUEST" && error.cause instanceof ZodError) return z.prettifyError(error.cause);
  return error.code === "INTERNAL_SERVER_ERROR" ? "Something went wrong on our side." : error.message;
}

/** What a procedure says of itself. */
export interface ProcedureMeta {
  /** Who may call it. A procedure that does not say so may be called by nobody. */
  access?: Access;
  /** What a desk must be allowed for it. */
  desk?: DeskScope;
  /** What a key must be allowed for it. Without it no key may call it. */
  key?: ApiScope;
  /** The flag it is behind: its breaker counts these calls. */
  flag?: FlagKey;
  /** Whether it is closed while the flag is off for the caller; else it answers with a refusal of its own. */
  closes?: boolean;
  /** Whether the flag is asked as it is at the desk, which serves everybody, also when staff are the ones who call. */
  atDesk?: boolean;
  /** Whose allowance a call uses up; else a mutation is a `write`, all else a `read`. */
  limit?: LimitClass;
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }): ErrorShape => ({
      code: shape.code,
      message: messageFor(error),
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        failure: failureIn(error),
        ...(error.cause instanceof Limited ? { retryAfter: error.cause.retryAfter } : {}),
      },
    }),
    sse: { enabled: false },
  });

export const { router } = t;

/** A fault of ours, as the breakers count it: never what a caller did wrong, and not that others were first. */
function faultIn(error: TRPCError): string | null {
  const failure = failureIn(error);
  if (failure) return failure === "busy" || failure === "rate_limited" ? null : failure;
  return error.code === "INTERNAL_SERVER_ERROR" ? "internal" : null;
}

/** What the domain failed with gets its status. */
function withStatus(error: TRPCError): TRPCError {
  const { cause } = error;
  if (cause instanceof Misused) return new TRPCError({ code: "BAD_REQUEST", message: cause.message, cause });
  const failure = failureIn(error);
  return failure ? new TRPCError({ code: CODE_OF[failure], cause }) : error;
}

/**
 * @returns The flag when it is on for the caller.
 * @throws FORBIDDEN When it is off and closes the procedure, which is closed to strangers too: it is on for none of them.
 */
function exposure({ platform, caller }: Inside, { flag, closes, atDesk }: ProcedureMeta): FlagKey | null {
  if (!flag) return null;
  const decide = atDesk ? flagAtDesk : flagFor;
  if (caller && decide(platform.flags, caller, flag).value) return flag;
  if (closes) throw new TRPCError({ code: "FORBIDDEN", message: "This is switched off here." });
  return null;
}

const NOTHING: ProcedureMeta = {};

/** Calls that were refused before they came to what the flag is about: they say nothing of it. */
const turnedAway: ReadonlySet<TRPCError["code"]> = new Set(["BAD_REQUEST", "UNAUTHORIZED", "FORBIDDEN"]);

/** Every procedure starts here: it is closed until it says for whom, the context is opened, who comes from a blocked address is turned away, the caller's allowance and its flag are asked, the call counted. */
export const procedure = t.procedure.use(async ({ ctx, next, meta = NOTHING, path, type }) => {
  if (!meta.access)
    throw new TRPCError({ code: "FORBIDDEN", message: `Nobody may call ${path}: it does not say who.` });
  const inside = await opened(ctx);
  turnAwayBlocked(inside);
  await limited(inside, meta.limit ?? (type === "mutation" ? "write" : "read"));
  const exposedTo = exposure(inside, meta);
  const result = await next({ ctx: inside });
  const error = result.ok ? null : withStatus(result.error);
  if (type !== "subscription") {
    const failure = error && faultIn(error);
    const tenantId = inside.caller?.tenant.id ?? null;
    const trace = error && failure ? traceOf(error) : "";
    const wentThrough = error && turnedAway.has(error.code) ? null : exposedTo;
    inside.platform.traffic.called({ path, tenantId, exposedTo: wentThrough, failure, trace });
  }
  if (error) throw error;
  return result;
});
