import type { Database } from "./database.ts";

/**
 * @param database Which.
 * @param withinMs How long it may take to answer.
 * @returns Whether it answered in time.
 */
export async function isAnswering({ hot }: Database, withinMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), withinMs);
  });
  const answer = hot.query("SELECT 1").then(
    () => true,
    () => false,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
