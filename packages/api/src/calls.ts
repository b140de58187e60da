import {
  type AnyTRPCMiddlewareFunction,
  type AnyTRPCRouter,
  getTRPCErrorFromUnknown,
  type TRPCError,
} from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { getErrorShape } from "@trpc/server/shared";
import type { Context, ErrorShape } from "./closed.ts";
import { appRouter } from "./router.ts";

/** What came of a call. */
export type Answered =
  | { ok: true; data: unknown }
  | {
      ok: false;
      /** As tRPC's adapters would send it. */
      shape: ErrorShape;
      httpStatus: number;
      error: TRPCError;
    };

/** What a procedure's own middlewares made of a call: who asks, and for what. */
export type Admitted<Inside> = { ok: true; inside: Inside; input: unknown } | Extract<Answered, { ok: false }>;

/** A procedure of the router, ready to be called by a door that is not one of tRPC's adapters. */
export interface Call {
  /** As a client names it: `qr.redeem`. */
  path: string;
  type: "query" | "mutation" | "subscription";
  /**
   * Runs it with all its middlewares, as tRPC would.
   *
   * @param context Of `contextOf`.
   * @param rawInput Gives what the caller sent, unchecked. Asked only if the procedure gets so far; what it throws is told.
   */
  answer(context: Context, rawInput: () => unknown): Promise<Answered>;
  /**
   * Runs its middlewares alone: sign-in, tenant, rights, input. For subscriptions that are served in common.
   *
   * @param context Of `contextOf`.
   * @param rawInput As for `answer`.
   */
  admit<Inside>(context: Context, rawInput: () => unknown): Promise<Admitted<Inside>>;
  /**
   * What a caller is told when the call failed outside the procedure's middlewares.
   *
   * @param context Of `contextOf`.
   * @param cause Whatever was thrown.
   */
  failed(context: Context, cause: unknown): Extract<Answered, { ok: false }>;
}

/** What tRPC hands from middleware to middleware. Internal to it: `apps/server/test/doors.test.ts` holds us to it. */
interface Passed {
  ctx: object;
  input: unknown;
  getRawInput: () => Promise<unknown>;
}
interface Result {
  ok: boolean;
  data?: unknown;
  error?: TRPCError;
}
type Middleware = (passed: Passed & Fixed & { next: (more?: Partial<Passed>) => Promise<Result> }) => Promise<Result>;
interface Fixed {
  path: string;
  type: Call["type"];
  meta: unknown;
  signal: AbortSignal;
  batchIndex: number;
}

type Config = AnyTRPCRouter["_def"]["_config"];

/** Nobody takes a mutation back by hanging up, so no call needs a signal of its own. */
const NEVER = new AbortController().signal;

/** Procedures by their path. A `Map`: `constructor` is nobody's procedure. */
export type Calls = ReadonlyMap<string, Call>;

/**
 * @param router Whose procedures.
 * @returns All of them, ready to be called.
 */
export function callsOf(router: AnyTRPCRouter): Calls {
  const { _config: config, procedures } = router._def;
  const all = Object.entries(procedures as unknown as Record<string, { _def: unknown }>);
  return new Map(all.map(([path, { _def }]) => [path, callOf(config, path, _def)]));
}

/** Every procedure of the product. */
export const calls: Calls = callsOf(appRouter);

/**
 * tRPC's own way through a procedure costs 10 µs, most of it for object spreads that its build has turned into loops; this
 * is the same way, without them (docs/decisions/0015-two-hot-doors.md says what to check when tRPC changes).
 */
function callOf(config: Config, path: string, def: unknown): Call {
  const { middlewares, type, meta } = def as {
    middlewares: AnyTRPCMiddlewareFunction[];
    type: Call["type"];
    meta: unknown;
  };
  const steps = middlewares as unknown as Middleware[];
  const resolver = steps.length - 1; // tRPC puts what the procedure does last

  async function step(index: number, passed: Passed, last: Middleware): Promise<Result> {
    try {
      const middleware = index === resolver ? last : (steps[index] as Middleware);
      const { ctx, input, getRawInput } = passed;
      // Said one by one and `Object.assign`: to copy with `{ ...one, more }` takes up to a hundred times as long, since each
      // property that is added to a copy makes V8 look for a new shape.
      return await middleware({
        path,
        type,
        meta,
        signal: NEVER,
        batchIndex: 0,
        ctx,
        input,
        getRawInput,
        next: (more) =>
          step(
            index + 1,
            more === undefined
              ? passed
              : {
                  ctx: more.ctx ? Object.assign({}, ctx, more.ctx) : ctx,
                  input: "input" in more ? more.input : input,
                  getRawInput: more.getRawInput ?? getRawInput,
                },
            last,
          ),
      });
    } catch (cause) {
      return { ok: false, error: getTRPCErrorFromUnknown(cause) };
    }
  }

  function refused(context: Context, error: TRPCError): Extract<Answered, { ok: false }> {
    const shape = getErrorShape({ config, error, type, path, input: undefined, ctx: context }) as ErrorShape;
    return { ok: false, shape, httpStatus: getHTTPStatusCodeFromError(error), error };
  }

  const begin = (context: Context, rawInput: () => unknown): Passed => ({
    ctx: context,
    input: undefined,
    getRawInput: async () => rawInput(),
  });

  return {
    path,
    type,
    failed: (context, cause) => refused(context, getTRPCErrorFromUnknown(cause)),
    async answer(context, rawInput) {
      const { ok, data, error } = await step(0, begin(context, rawInput), steps[resolver] as Middleware);
      return ok ? { ok, data } : refused(context, getTRPCErrorFromUnknown(error));
    },
    async admit<Inside>(context: Context, rawInput: () => unknown): Promise<Admitted<Inside>> {
      let inside: unknown;
      let input: unknown;
      const { ok, error } = await step(0, begin(context, rawInput), async (passed) => {
        inside = passed.ctx;
        input = passed.input;
        return { ok: true };
      });
      return ok ? { ok, inside: inside as Inside, input } : refused(context, getTRPCErrorFromUnknown(error));
    },
  };
}
