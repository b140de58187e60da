import type { Answers, AskedOnce, TransactedRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { Prisma } from "../generated/prisma/client.ts";
import type { InTenant } from "../tenant.ts";

/**
 * Answers of mutations, each kept with the work it answers, in one transaction.
 *
 * @param scope Which tenant.
 * @param tenant The tenant's door.
 * @param roomsIn Opens the rooms that write inside a given transaction.
 * @param onChange Called after the transaction, so that its news can leave.
 */
export function answersOf(
  scope: TenantScope,
  tenant: InTenant,
  roomsIn: (tenant: InTenant) => TransactedRooms,
  onChange: () => void,
): Answers {
  return {
    async once<T>(asked: AskedOnce, work: (rooms: TransactedRooms) => Promise<T>) {
      const { callerId, key, procedure } = asked;
      const fingerprint = new Uint8Array(asked.fingerprint);
      const which = { tenantId_callerId_key: { tenantId: scope, callerId, key } };

      const outcome = await tenant(async (tx) => {
        // A twin that is under way makes this wait until it has committed, or takes its place when it was undone.
        const claim = { tenantId: scope, callerId, key, procedure, fingerprint };
        const { count } = await tx.idempotency.createMany({ data: [claim], skipDuplicates: true });
        if (count === 0) {
          const before = await tx.idempotency.findUniqueOrThrow({ where: which });
          const isSame = before.procedure === procedure && Buffer.from(before.fingerprint).equals(fingerprint);
          if (!isSame) return { kind: "mismatch" } as const;
          return { kind: "answered", answer: before.answer as T, replayed: true } as const;
        }
        const answer = await work(roomsIn((inner) => inner(tx)));
        await tx.idempotency.update({ where: which, data: { answer: answer ?? Prisma.JsonNull } });
        return { kind: "answered", answer, replayed: false } as const;
      });
      if (outcome.kind === "answered" && !outcome.replayed) onChange();
      return outcome;
    },
  };
}
