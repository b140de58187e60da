import { provideChromium } from "./services/chromium.mjs";
import { providePostgres } from "./services/postgres.mjs";
import { provideRedis } from "./services/redis.mjs";

/**
 * What the suites need beyond Node: found or started. Each is `{ available, how, reason }`; `env` tells vitest, `stop` ends
 * what was started here. One after the other, because two may need apt, which works for one at a time.
 */
export async function provideServices(env) {
  const services = [
    { name: "PostgreSQL", ...(await providePostgres(env)) },
    { name: "Redis", ...(await provideRedis(env)) },
    { name: "Chromium", ...(await provideChromium(env)) },
  ];
  return {
    services,
    env: Object.assign({}, ...services.map((service) => service.env)),
    async stop() {
      for (const service of services) await service.stop?.();
    },
  };
}
