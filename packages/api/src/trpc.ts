import { type Failure, failures } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import { Misused } from "@tessera/domain/misused";
import { initTRPC, TRPCError } from "@trpc/server";
import { ZodError, z } from "zod";
import type { Context, ErrorShape } from "./closed.ts";
import { opened } from "./context.ts";

const CODE_OF: Record<Failure, TRPCError["code"]> = {
  busy: "CONFLICT",
  unknown_outcome: "INTERNAL_SERVER_ERROR",
  read_only: "SERVICE_UNAVAILABLE",
  unavailable: "SERVICE_UNAVAILABLE",
};

const failureIn = (error: TRPCError): Failure | null => (error.cause instanceof Failed ? error.cause.failure : null);

/** Nothing of the inside reaches a caller: no stack, no SQL, no name of a table. */
function messageFor(error: TRPCError): string {
  const failure = failureIn(error);
  if (failure) return failures[failure].say;
  if (error.code === "BAD_REQUEST" && error.cause instanceof ZodError) return z.prettifyError(error.cause);
  return error.code === "INTERNAL_SERVER_ERROR" ? "Something went wrong on our side." : error.message;
}

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ shape, error }): ErrorShape => ({
    code: shape.code,
    message: messageFor(error),
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, failure: failureIn(error) },
  }),
  sse: { enabled: false },
});

export const { router } = t;

/** Every procedure starts here: the context is opened, and what the domain failed with gets its status. */
export const procedure = t.procedure.use(async ({ ctx, next }) => {
  const result = await next({ ctx: await opened(ctx) });
  if (!result.ok) {
    const { cause } = result.error;
    if (cause instanceof Misused) throw new TRPCError({ code: "BAD_REQUEST", message: cause.message, cause });
    const failure = failureIn(result.error);
    if (failure) throw new TRPCError({ code: CODE_OF[failure], cause: result.error.cause });
  }
  return result;
});
