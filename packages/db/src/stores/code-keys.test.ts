import type { TenantId } from "@tessera/contracts";
import { codeSigning } from "@tessera/domain/qr/code-signing";
import { isSignedBy, verifierOf } from "@tessera/domain/qr/signature";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builders, embeddedForTest, inRole, inTenant, scopeOf, type TestDatabase } from "../testing.ts";
import { codeKeysSuite } from "./code-keys.suite.ts";
import { codeKeysOf } from "./code-keys.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await embeddedForTest();
});
afterAll(() => database?.close());

codeKeysSuite("signing keys on the embedded database", () => ({
  database,
  asSuperuser: async (sql, values = []) => (await database.hot.query(sql, values)).rows,
}));

describe("the table of signing keys", () => {
  let tenantId: TenantId;
  const secret = "s".repeat(32);
  const inside = (tenant: TenantId) => inTenant(database, scopeOf(tenant));
  const booked = async (tenant = tenantId) =>
    codeKeysOf(scopeOf(tenant), inside(tenant), await codeSigning(secret), () => {});

  beforeAll(async () => {
    tenantId = await builders(database).tenant({ slug: "one", name: "One" });
    await (await booked()).ensureActive();
  });

  it("is empty for another tenant", async () => {
    const other = await builders(database).tenant({ slug: "two", name: "Two" });
    expect(await (await booked(other)).ring()).toEqual([]);
    const theirs = inside(other)((tx) => tx.codeKey.updateMany({ where: { tenantId }, data: { state: "revoked" } }));
    expect(await theirs).toEqual({ count: 0 });
  });

  it("makes no key for whoever has read it but not the deployment's secret (T10)", async () => {
    const active = await (await booked()).ensureActive();
    const [ours, thief] = await Promise.all([codeSigning(secret), codeSigning("a guess of at least thirty-two chars")]);
    const signatureBy = async (signing: typeof ours) =>
      (await signing.signerOf(tenantId, active)).sign(new Uint8Array(28));
    const verifier = await verifierOf(active.publicKey);
    const isGenuine = async (signing: typeof ours) =>
      isSignedBy(verifier, new Uint8Array(28), await signatureBy(signing));

    expect(await isGenuine(ours)).toBe(true);
    expect(await isGenuine(thief)).toBe(false);
  });

  it("lets no key go back, be changed, or stand beside another that signs, whoever asks", async () => {
    const asApp = (sql: TemplateStringsArray) => inside(tenantId)((tx) => tx.$executeRaw(sql));
    const asOperator = (sql: TemplateStringsArray) => inRole(database, "tessera_operator", (tx) => tx.$executeRaw(sql));
    await asApp`UPDATE code_keys SET state = 'revoked' WHERE key_id = 1`;

    await expect(asOperator`UPDATE code_keys SET state = 'next' WHERE key_id = 1`).rejects.toThrow("cannot become");
    await expect(asApp`UPDATE code_keys SET state = 'next' WHERE key_id = 0`).rejects.toThrow("cannot become");
    await expect(asApp`UPDATE code_keys SET salt = public_key WHERE key_id = 0`).rejects.toThrow("never changed");
    await expect(asApp`DELETE FROM code_keys`).rejects.toThrow("permission denied");
    await expect(asOperator`UPDATE code_keys SET salt = public_key`).rejects.toThrow("permission denied");
    await expect(
      asApp`INSERT INTO code_keys (tenant_id, key_id, state, salt, public_key)
            SELECT tenant_id, 9, 'active', salt, public_key FROM code_keys WHERE key_id = 0`,
    ).rejects.toThrow("code_keys_one_active");
  });

  it("is mended after an operator revoked by hand, and the journal hears of both", async () => {
    await inRole(
      database,
      "tessera_operator",
      (tx) =>
        tx.$executeRaw`UPDATE code_keys SET state = 'revoked' WHERE tenant_id = ${tenantId}::uuid AND state = 'active'`,
    );
    const active = await (await booked()).ensureActive();
    expect(active).toMatchObject({ state: "active" });
    const { rows } = await database.hot.query(
      "SELECT payload FROM outbox WHERE tenant_id = $1 AND type = 'key.changed' ORDER BY id DESC LIMIT 3",
      [tenantId],
    );
    expect(rows.map(({ payload }) => payload).reverse()).toEqual([
      { keyId: 0, state: "revoked" },
      { keyId: active.keyId, state: "active" },
      { keyId: active.keyId + 1, state: "next" },
    ]);
  });
});
