import type { Fault } from "./fault.ts";
import { apiClockJumps, apiKilled, apiPausedAnywhere, apiPausedAtPoint, relayKilled, rollingDeploy } from "./of-api.ts";
import { cutFromPostgres, oneWayToRedis, repliesLost, requestsDoubled } from "./of-links.ts";
import {
  backendsKilled,
  postgresCrashes,
  postgresPaused,
  postgresReadOnly,
  postgresRestarts,
  rowsHeld,
} from "./of-postgres.ts";
import { allRedisDead, oneRedisBad, redisForgets } from "./of-redis.ts";

/** Every fault that the programme can bring about, by its number in the fault matrix. */
export const faults: readonly Fault[] = [
  apiKilled,
  apiPausedAtPoint,
  apiPausedAnywhere,
  postgresCrashes,
  backendsKilled,
  postgresPaused,
  postgresRestarts,
  postgresReadOnly,
  rowsHeld,
  oneRedisBad,
  allRedisDead,
  redisForgets,
  apiClockJumps,
  cutFromPostgres,
  oneWayToRedis,
  repliesLost,
  requestsDoubled,
  relayKilled,
  rollingDeploy,
];

/** @throws RangeError When a number is not in the matrix. */
export function faultsOf(...ids: string[]): Fault[] {
  return ids.map((id) => {
    const fault = faults.find((one) => one.id === id);
    if (!fault) throw new RangeError(`there is no fault ${id}`);
    return fault;
  });
}
