import type { MemberId, TenantId } from "@tessera/contracts";
import { codeSigning } from "@tessera/domain/qr/code-signing";
import type { KeyBook } from "@tessera/domain/qr/key-ring";
import { verifyingKeys } from "@tessera/domain/qr/verifying-keys";
import { describe, expect, it } from "vitest";
import { builders, inTenant, scopeOf, type TestDatabase } from "../testing.ts";
import { codeKeysOf } from "./code-keys.ts";

/** A database for the suite, and a way to let its keys grow old. */
export interface KeyWorld {
  database: TestDatabase;
  /** Runs a statement as someone whom row security does not hold back. */
  asSuperuser(sql: string, values?: unknown[]): Promise<unknown[]>;
}

/**
 * What every shape of the database must do with signing keys.
 *
 * @param name Of the shape.
 * @param world Asked when the tests run; opened and closed by the caller.
 */
export function codeKeysSuite(name: string, world: () => KeyWorld): void {
  describe(name, () => {
    let tenants = 0;

    /** A tenant of its own for each test. */
    async function book(): Promise<{ keys: KeyBook; tenantId: TenantId; admin: MemberId }> {
      const { database } = world();
      const build = builders(database);
      const tenantId = await build.tenant({ slug: `keys-${++tenants}`, name: "Keys" });
      const admin = await build.member(tenantId, { name: "Admin", role: "admin" });
      const scope = scopeOf(tenantId);
      const keys = codeKeysOf(scope, inTenant(database, scope), await codeSigning("s".repeat(32)), () => {});
      return { keys, tenantId, admin };
    }

    const age = (tenantId: TenantId, hours: number) =>
      world().asSuperuser("UPDATE code_keys SET since = since - make_interval(hours => $2) WHERE tenant_id = $1", [
        tenantId,
        hours,
      ]);
    const states = async (keys: KeyBook) => (await keys.ring()).map(({ keyId, state }) => `${keyId} ${state}`);
    const news = (tenantId: TenantId) =>
      world().asSuperuser(
        `SELECT payload->>'keyId' || ' ' || (payload->>'state') AS change, actor_id AS by, entity_version::int AS version
           FROM outbox WHERE tenant_id = $1 AND type = 'key.changed' ORDER BY id`,
        [tenantId],
      );

    it("has no key before the first one is needed, then one that signs and one known ahead", async () => {
      const { keys, tenantId } = await book();
      expect(await keys.ring()).toEqual([]);
      expect(await keys.ensureActive()).toMatchObject({ keyId: 0, state: "active" });
      expect(await states(keys)).toEqual(["0 active", "1 next"]);
      expect(await news(tenantId)).toEqual([
        { change: "0 active", by: null, version: 0 },
        { change: "1 next", by: null, version: 0 },
      ]);
    });

    it("makes one first key for a crowd that needs it at once", async () => {
      const { keys, tenantId } = await book();
      const first = await Promise.all(Array.from({ length: 10 }, () => keys.ensureActive()));
      expect(new Set(first.map(({ publicKey }) => Buffer.from(publicKey).toString("hex"))).size).toBe(1);
      expect(await news(tenantId)).toHaveLength(2);
    });

    it("rotates when the next key was known for a day, and says who did it", async () => {
      const { keys, tenantId, admin } = await book();
      await keys.ensureActive();
      expect(await keys.rotate({ from: 0 }, admin)).toMatchObject({ kind: "left_alone", reason: "too_early" });
      expect(await states(keys)).toEqual(["0 active", "1 next"]);

      await age(tenantId, 24);
      expect(await keys.rotate({ from: 0 }, admin)).toMatchObject({ kind: "rotated" });
      expect(await states(keys)).toEqual(["0 retiring", "1 active", "2 next"]);
      expect((await news(tenantId)).slice(2)).toEqual([
        { change: "0 retiring", by: admin, version: 1 },
        { change: "1 active", by: admin, version: 1 },
        { change: "2 next", by: admin, version: 0 },
      ]);
    });

    it("verifies with the old key for 36 hours, then retires it", async () => {
      const { keys, tenantId, admin } = await book();
      await keys.ensureActive();
      await keys.rotate({ from: 0, forced: true }, admin);
      const verifying = async () => [...(await verifyingKeys(await keys.ring(), new Date())).keys()];

      await age(tenantId, 35);
      expect(await verifying()).toEqual([0, 1, 2]);
      await age(tenantId, 2);
      expect(await verifying()).toEqual([1, 2]);
      await keys.ensureActive();
      expect(await states(keys)).toEqual(["0 retired", "1 active", "2 next"]);
    });

    it("makes one rotation of ten at once away from the same key", async () => {
      const { keys, admin } = await book();
      await keys.ensureActive();
      const rotate = () => keys.rotate({ from: 0, forced: true }, admin);
      const outcomes = await Promise.all(Array.from({ length: 10 }, rotate));
      expect(outcomes.map(({ kind }) => kind).filter((kind) => kind === "rotated")).toHaveLength(1);
      expect(await states(keys)).toEqual(["0 retiring", "1 active", "2 next"]);
    });

    it("makes two of two that each name the key they find, so the test above can fail", async () => {
      const { keys, admin } = await book();
      for (let turn = 0; turn < 2; turn++) {
        await keys.rotate({ from: (await keys.ensureActive()).keyId, forced: true }, admin);
      }
      expect(await states(keys)).toEqual(["0 retiring", "1 retiring", "2 active", "3 next"]);
    });

    it("puts the next key in the place of a revoked one, and revokes once", async () => {
      const { keys, admin } = await book();
      await keys.ensureActive();
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => keys.revoke(0, admin)));
      expect(outcomes.filter(({ kind }) => kind === "revoked")).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === "left_alone")).toHaveLength(4);
      expect(await states(keys)).toEqual(["0 revoked", "1 active", "2 next"]);
      expect(await keys.revoke(9, admin)).toEqual({ kind: "left_alone", reason: "not_found" });
    });

    it("stays whole when the key that signs is rotated and revoked at once", async () => {
      for (let round = 0; round < 5; round++) {
        const { keys, admin } = await book();
        await keys.ensureActive();
        await Promise.all([keys.rotate({ from: 0, forced: true }, admin), keys.revoke(0, admin), keys.ensureActive()]);
        expect(await states(keys)).toEqual(["0 revoked", "1 active", "2 next"]);
      }
    });

    it("takes up the number of a key that has retired, as a new key with a new salt", async () => {
      const { keys, tenantId, admin } = await book();
      const before = await keys.ensureActive();
      await keys.rotate({ from: 0, forced: true }, admin);
      await world().asSuperuser(
        `INSERT INTO code_keys (tenant_id, key_id, state, salt, public_key)
         SELECT tenant_id, n, 'revoked', salt, public_key FROM code_keys, generate_series(3, 255) AS n
          WHERE tenant_id = $1 AND key_id = 0`,
        [tenantId],
      );
      await age(tenantId, 36);
      await keys.ensureActive(); // the first key retires
      await keys.rotate({ from: 1, forced: true }, admin);

      const again = (await keys.ring()).find(({ keyId }) => keyId === 0);
      expect(again?.state).toBe("next");
      expect(again?.salt).not.toEqual(before.salt);
      expect(again?.publicKey).not.toEqual(before.publicKey);
    });
  });
}
