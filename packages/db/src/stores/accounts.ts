import type { AccountSession } from "@tessera/contracts";
import type { Accounts } from "@tessera/domain/people/accounts";
import { type AsRole, type Database, inRole, inTurn } from "../database.ts";
import { personalDataOf } from "../reads/personal-data.ts";
import { erasePerson } from "./erasure.ts";

/**
 * @param database Where.
 * @param onChange Called after each change, so that its news can leave.
 */
export function openAccounts(database: Database, onChange: () => void): Accounts {
  return {
    sessions: (userId, here) =>
      inRole(database, "tessera_auth", async (tx) => {
        const rows = await tx.session.findMany({
          where: { userId, expiresAt: { gt: new Date() } },
          orderBy: { createdAt: "desc" },
        });
        return rows.map(
          ({ id, userAgent, createdAt }): AccountSession => ({
            id,
            device: userAgent ?? "",
            since: createdAt.toISOString(),
            isHere: id === here,
          }),
        );
      }),

    async endSession(userId, id) {
      const { count } = await inRole(database, "tessera_auth", (tx) =>
        tx.session.deleteMany({ where: { userId, id } }),
      );
      onChange();
      return count > 0;
    },

    async endSessions(userId, but) {
      const which = { userId, ...(but ? { id: { not: but } } : {}) };
      await inRole(database, "tessera_auth", (tx) => tx.session.deleteMany({ where: which }));
      onChange();
    },

    rename: (userId, name) =>
      inTurn(database, async (as) => {
        await as("tessera_auth", (tx) => tx.user.update({ where: { id: userId }, data: { name } }));
        for (const { tenantId, id } of await membershipsOf(as, userId)) {
          await as("tessera_app", (tx) => tx.member.updateMany({ where: { tenantId, id }, data: { name } }), tenantId);
        }
      }),

    dataOf: (userId, at) => inTurn(database, (as) => personalDataOf(as, userId, at)),

    async erase(userId) {
      const outcome = await erasePerson(database, userId);
      onChange();
      return outcome;
    },
  };
}

/** @returns Every membership a person has or had, wherever. */
const membershipsOf = (as: AsRole, userId: string): Promise<{ tenantId: string; id: string }[]> =>
  as("tessera_gate", (tx) =>
    tx.member.findMany({ where: { userId }, select: { tenantId: true, id: true }, orderBy: { tenantId: "asc" } }),
  );
