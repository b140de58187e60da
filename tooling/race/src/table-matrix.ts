import type pg from "pg";

/** What the product's role could do to another tenant's row of a table; empty: nothing. */
export interface Leak {
  table: string;
  by: "read" | "insert" | "unique" | "update" | "move" | "delete";
  detail: string;
}

interface Column {
  table: string;
  name: string;
  type: string;
  /** Has to be given a value. */
  wanted: boolean;
  /** The database gives it a number, which nobody chooses. */
  isNumbered: boolean;
}

/** A value of each type. Rows are made with them, whatever they mean: only whose they are matters here. */
const VALUES: Record<string, string> = {
  uuid: "gen_random_uuid()",
  text: "md5(random()::text)",
  bytea: "decode(md5(random()::text), 'hex')",
  integer: "1",
  smallint: "1",
  bigint: "1",
  "double precision": "1",
  "timestamp with time zone": "now()",
  date: "now()",
  jsonb: "'{}'",
  boolean: "true",
  ARRAY: "'{}'",
};

/** Uniques that reach beyond a tenant: who can name such a value holds the secret it was made from. */
const OF_SECRETS = /_(token|code)_hash_key$/;

/**
 * Makes a row of one tenant in every table that has tenants, and tries as the product's role, in another tenant, to read, write
 * and notice it.
 *
 * @param admin Connected to a migrated database of the test's own as superuser; it is never used again for anything else.
 * @param mine For whom the product works.
 * @param theirs Whose rows are made.
 * @returns Every table that was tried, and every way in that was found.
 */
export async function tryEveryTable(
  admin: pg.Client,
  mine: string,
  theirs: string,
): Promise<{ tables: string[]; leaks: Leak[] }> {
  const columns = await columnsOf(admin);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const leaks: Leak[] = [];
  await withoutChecks(admin);
  for (const table of tables) {
    const all = columns.filter((column) => column.table === table);
    await makeRow(admin, table, all, theirs);
    await makeRow(admin, table, all, mine);
    leaks.push(...(await tryTable(admin, table, all, { mine, theirs })));
  }
  return { tables, leaks };
}

async function columnsOf(admin: pg.Client): Promise<Column[]> {
  const { rows } = await admin.query<Column>(`
    SELECT c.table_name AS table, c.column_name AS name, c.data_type AS type,
           c.is_nullable = 'NO' AND c.column_default IS NULL AND c.is_identity = 'NO' AND c.is_generated = 'NEVER' AS wanted,
           c.is_identity = 'YES' AS "isNumbered"
      FROM information_schema.columns c JOIN pg_tables t ON t.tablename = c.table_name AND t.schemaname = 'public'
     WHERE c.table_schema = 'public' AND EXISTS (SELECT FROM information_schema.columns x
       WHERE x.table_name = c.table_name AND x.column_name = 'tenant_id' AND x.is_generated = 'NEVER')
       AND c.table_name <> 'tenants'
     ORDER BY 1, c.ordinal_position`);
  return rows;
}

/** What a row may say does not matter to whose it is. */
async function withoutChecks(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ sql: string }>(`
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql
      FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`);
  for (const { sql } of rows) await admin.query(sql);
  await admin.query("SET session_replication_role = replica"); // no triggers, no foreign keys
}

async function makeRow(admin: pg.Client, table: string, columns: readonly Column[], tenant: string): Promise<void> {
  const wanted = columns.filter((column) => column.wanted && column.name !== "tenant_id");
  const names = ["tenant_id", ...wanted.map(({ name }) => name)];
  const values = ["$1", ...wanted.map(({ type, name }) => VALUES[type] ?? unknownType(table, name, type))];
  await admin.query(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${values.join(", ")})`, [tenant]);
}

function unknownType(table: string, name: string, type: string): never {
  throw new Error(`${table}.${name} is of type ${type}, of which this matrix has no value: add one to VALUES.`);
}

const DENIED = "42501"; // also what row-level security says
const DUPLICATE = "23505";

interface Tried {
  rows: number;
  code: string | null;
  constraint: string;
}

async function tryTable(
  admin: pg.Client,
  table: string,
  columns: readonly Column[],
  { mine, theirs }: { mine: string; theirs: string },
): Promise<Leak[]> {
  /** As the product would, in a transaction that is taken back. */
  async function tried(sql: string, values: unknown[]): Promise<Tried> {
    await admin.query("BEGIN");
    try {
      await admin.query("SELECT set_config('app.tenant_id', $1, true), set_config('role', 'tessera_app', true)", [
        mine,
      ]);
      const { rowCount } = await admin.query(sql, values);
      return { rows: rowCount ?? 0, code: null, constraint: "" };
    } catch (error) {
      const { code = "?", constraint = "" } = error as { code?: string; constraint?: string };
      return { rows: 0, code, constraint };
    } finally {
      await admin.query("ROLLBACK");
    }
  }

  const leaks: Leak[] = [];
  const found = (by: Leak["by"], detail: string) => leaks.push({ table, by, detail });
  const names = columns.map(({ name }) => name).join(", ");
  const { rows } = await admin.query<{ row: unknown }>(
    `SELECT to_jsonb(t) AS row FROM ${table} t WHERE tenant_id = $1`,
    [theirs],
  );
  const [{ row } = { row: null }] = rows;
  const copyOf = (taken: string) =>
    `INSERT INTO ${table} (${taken}) OVERRIDING SYSTEM VALUE SELECT ${taken} FROM jsonb_populate_record(NULL::${table}, $1)`;

  const read = await tried(`SELECT FROM ${table} WHERE tenant_id = $1`, [theirs]);
  if (read.rows > 0) found("read", `${read.rows} rows`);

  const inserted = await tried(copyOf(names), [JSON.stringify(row)]);
  if (inserted.code !== DENIED) found("insert", inserted.code ?? "a row of theirs");

  // Their row as ours: whoever may write it must not learn from a conflict that they have it.
  await admin.query(`DELETE FROM ${table} WHERE tenant_id = $1`, [mine]); // a conflict with our own row tells nothing
  const chosen = columns.filter(({ isNumbered }) => !isNumbered).map(({ name }) => name);
  const probed = await tried(copyOf(chosen.join(", ")), [JSON.stringify({ ...(row as object), tenant_id: mine })]);
  if (probed.code === DUPLICATE && !OF_SECRETS.test(probed.constraint)) found("unique", probed.constraint);
  await makeRow(admin, table, columns, mine);

  for (const { name } of columns) {
    const updated = await tried(`UPDATE ${table} SET ${name} = ${name} WHERE tenant_id = $1`, [theirs]);
    if (updated.rows > 0) found("update", name);
  }
  const moved = await tried(`UPDATE ${table} SET tenant_id = $1 WHERE tenant_id = $2`, [theirs, mine]);
  if (moved.rows > 0) found("move", "a row of ours became theirs");

  const removed = await tried(`DELETE FROM ${table} WHERE tenant_id = $1`, [theirs]);
  if (removed.rows > 0) found("delete", `${removed.rows} rows`);
  return leaks;
}

/**
 * @returns Foreign keys between tables of tenants that do not carry the tenant: through one of those a row could name another
 *   tenant's, and learn whether it is there.
 */
export async function looseForeignKeys(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ told: string }>(`
    WITH of_tenants AS (
      SELECT attrelid FROM pg_attribute WHERE attname = 'tenant_id' AND NOT attisdropped AND attgenerated = '')
    SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) AS told FROM pg_constraint
     WHERE contype = 'f' AND conrelid IN (SELECT * FROM of_tenants) AND confrelid IN (SELECT * FROM of_tenants)
       AND confrelid <> 'tenants'::regclass
       AND NOT EXISTS (SELECT FROM unnest(conkey, confkey) AS pair (here, there)
         JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = here AND a.attname = 'tenant_id'
         JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = there AND b.attname = 'tenant_id')
     ORDER BY 1`);
  return rows.map(({ told }) => told);
}

/** @returns Tables without tenants of which the product's own role can read or write as much as one column. */
export async function openToTheProduct(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ told: string }>(`
    SELECT format('%s %s', t.tablename, p.privilege) AS told
      FROM pg_tables t, (VALUES ('SELECT'), ('INSERT'), ('UPDATE')) AS p (privilege)
     WHERE t.schemaname = 'public' AND has_any_column_privilege('tessera_app', format('public.%I', t.tablename), p.privilege)
       AND t.tablename <> 'tenants' AND NOT EXISTS (SELECT FROM information_schema.columns c
         WHERE c.table_name = t.tablename AND c.column_name = 'tenant_id')
     ORDER BY 1`);
  return rows.map(({ told }) => told);
}
