import { postgres, redis } from "@tessera/vitest/services";
import { CannotAsk } from "../run-steps.ts";

/** @throws CannotAsk When this machine has no PostgreSQL or no Redis. */
export function needServices(): void {
  for (const service of [postgres, redis]) {
    if (!service.available) throw new CannotAsk(`there is no ${service.name}: ${service.reason}`);
  }
}
