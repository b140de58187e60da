import type { TenantRooms, TransactedRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { experimental_standaloneMiddleware as standaloneMiddleware, TRPCError } from "@trpc/server";
import type { Inside } from "./context.ts";
import { type Caller, idOf } from "./platform.ts";

interface InTenant extends Inside {
  caller: Caller;
  scope: TenantScope;
  tenant: TenantRooms;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Makes a mutation that changes something happen once for each intent of a person: the caller sends an `idempotency-key`
 * (a UUID) and hears the same answer however often it asks. What the mutation writes, and its answer, are one
 * transaction; it works in rooms that write inside it. Close to the IETF draft on the Idempotency-Key header: without a
 * key 400, the same key for something else 422. For answers that may be kept: none may hold a secret. Comes after the input: what is
 * judged there is never deeper than it may be.
 */
export const once = standaloneMiddleware<{ ctx: InTenant }>().create(async ({ ctx, next, path, getRawInput }) => {
  const { caller, idempotencyKey, platform, tenant } = ctx;
  if (!idempotencyKey || !UUID.test(idempotencyKey)) {
    const message = "Send an idempotency-key header: a UUID for each thing a person did, the same for each try.";
    throw new TRPCError({ code: "BAD_REQUEST", message });
  }
  const fingerprint = platform.hashOf(JSON.stringify([path, (await getRawInput()) ?? null]));
  const asked = { callerId: idOf(caller), key: idempotencyKey.toLowerCase(), procedure: path, fingerprint };

  const inRooms = (rooms: TransactedRooms) => next({ ctx: { tenant: rooms } });
  type Result = Awaited<ReturnType<typeof inRooms>>;
  const outcome = await tenant.answers.once(asked, async (rooms) => {
    const result = await inRooms(rooms);
    if (!result.ok) throw result.error; // undoes the transaction, and the key may be used again
    return result.data;
  });
  if (outcome.kind === "mismatch") {
    throw new TRPCError({
      code: "UNPROCESSABLE_CONTENT",
      message: "This idempotency-key was used for something else.",
    });
  }
  return { ok: true, data: outcome.answer, ctx } as unknown as Result;
});
