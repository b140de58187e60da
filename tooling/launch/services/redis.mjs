import { aptInstall } from "./apt.mjs";
import { findProgram } from "./find-program.mjs";

/** A redis-server program: the suites start and kill servers of their own. REDIS_URL is an extra, never a substitute. */
export async function provideRedis(env) {
  const url = env.REDIS_URL ? { TEST_REDIS_URL: env.REDIS_URL } : {};
  const answer = (server, how) => ({
    available: true,
    how: `${how} (${server})`,
    env: { TEST_REDIS_SERVER: server, ...url },
  });

  const found = findProgram(["redis-server"]);
  if (found) return answer(found, "on PATH");

  const refused = await aptInstall("redis-server");
  const installed = findProgram(["redis-server"]);
  if (installed) return answer(installed, "installed with apt");

  const reason = `no redis-server on PATH, and ${refused ?? "apt brought none"}`;
  return { available: false, reason, env: { TEST_REDIS_MISSING: reason, ...url } };
}
