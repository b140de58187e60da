import type { QueryResultRow } from "pg";
import { type Change, withChange } from "./one-change.ts";

/** One statement as a role that owns the functions. */
export type Ask = <Row extends QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;

/**
 * Changes one SQL function of a test's own database: fetched as PostgreSQL holds it, changed once, written back.
 *
 * @param ask Where.
 * @param name The function's name; it must be the only one of that name.
 * @param change Must fit exactly once.
 * @returns Puts the function back as it was.
 * @throws Error When there is not exactly one such function, or the change does not fit exactly once.
 */
export async function patchFunction(ask: Ask, name: string, change: Change): Promise<() => Promise<void>> {
  const found = await ask<{ definition: string }>(
    "SELECT pg_get_functiondef(oid) AS definition FROM pg_proc WHERE proname = $1 AND pronamespace = 'public'::regnamespace",
    [name],
  );
  const [one] = found;
  if (!one || found.length > 1) throw new Error(`there are ${found.length} functions ${name} instead of one`);
  await ask(withChange(one.definition, change, name));
  return async () => void (await ask(one.definition));
}
