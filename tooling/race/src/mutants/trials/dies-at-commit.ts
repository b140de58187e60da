import type { SqlBench } from "../sql-bench.ts";
import type { TrialTenant } from "../trial-tenant.ts";

/**
 * F5 at the worst moment: as long as it is armed, every session that has written a row of this tenant into the table is
 * ended when it commits. All it did is undone.
 *
 * @returns Takes it away again.
 */
export async function dyingAtCommit(
  { ask }: SqlBench,
  table: "journal" | "redemptions",
  { id }: TrialTenant,
): Promise<() => Promise<void>> {
  const name = `dies_at_commit_of_${table}`;
  await ask(`CREATE OR REPLACE FUNCTION dies_at_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$`);
  await ask(`CREATE CONSTRAINT TRIGGER ${name} AFTER INSERT ON ${table} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.tenant_id = '${id}') EXECUTE FUNCTION dies_at_commit()`);
  return async () => void (await ask(`DROP TRIGGER ${name} ON ${table}`));
}
