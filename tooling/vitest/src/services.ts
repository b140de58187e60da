import { describe } from "vitest";

export type Missing = { available: false; name: string; reason: string };
export type Postgres = { available: true; name: "PostgreSQL"; url: string };
export type Redis = { available: true; name: "Redis"; server: string; url: string | null };
export type Chromium = { available: true; name: "Chromium"; path: string };
export type Service = Postgres | Redis | Chromium | Missing;

const NOT_ASKED = "run npm test, which finds or starts it";

/** What npm test found or started, read from the environment it sets. Run by an editor, nothing is probed. */
export function readServices(env: NodeJS.ProcessEnv) {
  const missing = (name: string, reason: string | undefined): Missing => ({
    available: false,
    name,
    reason: reason ?? NOT_ASKED,
  });
  const { TEST_DATABASE_URL, TEST_REDIS_SERVER, TEST_REDIS_URL, TEST_CHROME_PATH } = env;

  const postgres: Postgres | Missing = TEST_DATABASE_URL
    ? { available: true, name: "PostgreSQL", url: TEST_DATABASE_URL }
    : missing("PostgreSQL", env.TEST_DATABASE_MISSING);
  const redis: Redis | Missing = TEST_REDIS_SERVER
    ? { available: true, name: "Redis", server: TEST_REDIS_SERVER, url: TEST_REDIS_URL ?? null }
    : missing("Redis", env.TEST_REDIS_MISSING);
  const chromium: Chromium | Missing = TEST_CHROME_PATH
    ? { available: true, name: "Chromium", path: TEST_CHROME_PATH }
    : missing("Chromium", env.TEST_CHROME_MISSING);

  return { postgres, redis, chromium };
}

/** `postgres.url` may create databases and roles; make your own database and drop it. */
export const { postgres, redis, chromium } = readServices(process.env);

/**
 * A suite that needs a service. Without it the suite is skipped and its title says why, in the words that the table at the
 * end of npm test reads. The service is handed to `suite`, so that nobody needs to ask twice whether it is there.
 */
export function describeWith<S extends { available: true }>(
  service: S | Missing,
  title: string,
  suite: (it: S) => void,
): void {
  if (service.available) {
    describe(title, () => suite(service));
    return;
  }
  // The bodies of the tests never run, so the empty service is never looked at: vitest only collects their names.
  describe.skip(`${title} [skipped: no ${service.name}: ${service.reason}]`, () => suite({} as S));
}

/** For suites that need several services: skipped with the reason of the first that is missing. */
export function describeWithAll(services: readonly Service[], title: string, suite: () => void): void {
  const gone = services.find((service) => !service.available);
  describeWith(gone && !gone.available ? gone : { available: true as const }, title, suite);
}
