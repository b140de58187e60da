import { probePostgres } from "./postgres-probe.mjs";
import { postgresPrograms } from "./postgres-programs.mjs";
import { startPostgres } from "./postgres-start.mjs";

const answer = (url, how, stop) => ({ available: true, how, stop, env: { TEST_DATABASE_URL: url } });
const missing = (reason) => ({ available: false, reason, env: { TEST_DATABASE_MISSING: reason } });

/** Where a server usually listens, each with the users that commonly get in without a password. */
function usualUrls(env) {
  const users = [...new Set([env.PGUSER, env.USER, "postgres"].filter(Boolean))].map(encodeURIComponent);
  const sockets = ["/var/run/postgresql", "/tmp"].map(
    (folder) => (user) => `postgresql://${user}@/postgres?host=${folder}`,
  );
  const places = [(user) => `postgresql://${user}@127.0.0.1:5432/postgres`, ...sockets];
  return places.flatMap((place) => users.map(place));
}

/**
 * A real PostgreSQL on which the suites may create databases and roles: the one that was named, one that listens already,
 * or one of our own in a temporary folder. A DATABASE_URL that does not serve is a mistake to be seen, not to be passed over.
 */
export async function providePostgres(env) {
  if (env.DATABASE_URL) {
    const reason = await probePostgres(env.DATABASE_URL);
    return reason === null
      ? answer(env.DATABASE_URL, "DATABASE_URL")
      : missing(`DATABASE_URL does not serve: ${reason}`);
  }
  for (const url of usualUrls(env)) {
    if ((await probePostgres(url)) === null) return answer(url, `listening already (${url})`);
  }

  const tried = [];
  for await (const programs of postgresPrograms()) {
    try {
      const { url, stop } = await startPostgres(programs);
      return answer(url, `started for this run (${programs.from})`, stop);
    } catch (error) {
      tried.push(`${programs.from}: ${error.message}`);
    }
  }
  return missing(
    `no server on port 5432 lets us in, and none could be started (${tried.join("; ") || "no programs found"})`,
  );
}
