import pg from "pg";

/** Why a login role must not be used: for it the database's row security is off. */
export interface LoginProblem {
  user: string;
  is: "superuser" | "bypassrls";
}

/**
 * Asks the database who we are.
 *
 * @param url The deployment's `DATABASE_URL`.
 * @returns The problem with this login, or null when row security holds for it.
 * @throws Error When the database cannot be reached or refuses the login.
 */
export async function loginProblem(url: string): Promise<LoginProblem | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean }>(
      "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user",
    );
    const [role] = rows;
    if (!role?.rolsuper && !role?.rolbypassrls) return null;
    return { user: role.rolname, is: role.rolsuper ? "superuser" : "bypassrls" };
  } finally {
    await client.end();
  }
}
