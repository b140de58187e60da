import { randomUUID } from "node:crypto";
import type { FlagKey, TenantId } from "@tessera/contracts";
import type { Incident } from "@tessera/contracts/flags";
import {
  breakerBook,
  flagBook,
  openProcesses,
  platformSecurity,
  rampBook,
  securityDesk,
  tidyUp,
  watchTasks,
} from "@tessera/db";
import type { TestDatabase } from "@tessera/db/testing";
import type { BreakerBook } from "@tessera/domain/flags/breaker-book";
import { type Exhaustion, exhaustionOf } from "./exhaustion.ts";
import { type FlagWatch, startFlagWatch } from "./flag-watch.ts";
import { startSecurityWatch } from "./security-watch.ts";
import { type Traffic, trafficMeter } from "./traffic.ts";

export const KEY: FlagKey = "qr-checkout-enabled";
const HOUR_MS = 3_600_000;
/** The next full hour: the history is written by the database's own clock, and nobody judges before what was changed. */
const START = new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS);
const BY = { id: "a test", via: "console" } as const;

/** Several processes that look after flags over one database, on a clock that a test drives. */
export function flagWorld(database: TestDatabase, tenants: readonly TenantId[]) {
  const world = { clock: START, told: [] as string[], incidents: [] as Incident[] };
  const now = () => world.clock;
  const breakers = breakerBook(database, () => {});
  const book = flagBook(database, () => {});
  const ramps = rampBook(database);

  /** @param mine What this process does its breakers' business with; another one can be made to wait. */
  function process(mine: BreakerBook = breakers): { watch: FlagWatch; traffic: Traffic; exhaustion: Exhaustion } {
    const traffic = trafficMeter(now);
    const exhaustion = exhaustionOf(randomUUID(), now);
    const rampTools = {
      ramps,
      book,
      now,
      exposed: async (key: FlagKey, from: Date) => (await breakers.traffic(key, from)).exposed,
    };
    const watch = startFlagWatch(
      {
        processes: openProcesses(database, randomUUID()),
        breakers: mine,
        ramps: rampTools,
        traffic,
        exhaustion,
        tasks: watchTasks(database),
        lookAtFlags: async () => {},
        now,
        breaks: true,
        onBeat: () => {},
        onIncident: (incident) => world.incidents.push(incident),
        onRamp: ({ state, step }) => world.told.push(`${state} ${step}`),
        onTrouble: (cause) => world.told.push(String(cause instanceof AggregateError ? cause.errors : cause)),
      },
      0,
    );
    return { watch, traffic, exhaustion };
  }

  /** What one process notes of those who may mean harm, and writes down when it is told to look. */
  const securityWatch = (desk = securityDesk(database, () => {})) =>
    startSecurityWatch(
      {
        desk,
        book: platformSecurity(database, () => {}),
        now,
        onRaised: ({ kind, severity }) => world.told.push(`${kind} ${severity}`),
        onTrouble: (cause) => world.told.push(String(cause)),
      },
      0,
    );

  const setting = async () => {
    const found = (await book.read()).settings.find(({ key }) => key === KEY);
    if (!found) throw new Error("the flag is gone");
    return found;
  };

  return {
    world,
    now,
    book,
    ramps,
    breakers,
    process,
    securityWatch,
    setting,
    pass: (minutes: number) => {
      world.clock = new Date(world.clock.getTime() + minutes * 60_000);
    },
    /** So many calls in a process, the first of which fail by our fault. */
    calls(traffic: Traffic, count: number, failures: number, isExposed = true) {
      for (let call = 0; call < count; call++) {
        traffic.called({
          path: isExposed ? "qr.redeem" : "resource.list",
          tenantId: tenants[call % tenants.length] ?? null,
          exposedTo: isExposed ? KEY : null,
          failure: call < failures ? "unavailable" : null,
          trace: call < failures ? `trace-${call}` : "",
        });
      }
    },
    /** As if nothing had ever happened. */
    async reset() {
      for (const table of [
        "flag_traffic",
        "flag_failures",
        "signals",
        "security_alerts",
        "flag_ramps",
        "flag_cohort",
        "alerts",
        "incidents",
        "server_processes",
        "watch_tasks",
      ])
        await database.asSuperuser(`DELETE FROM ${table}`);
      await database.asSuperuser(`UPDATE feature_flags SET enabled = true, archived = false, killed_at = NULL, config = '{}',
        target_tenants = NULL, tenant_share = NULL WHERE key = '${KEY}'`);
      await database.asSuperuser(`UPDATE feature_flags SET breaker_state = 'closed', breaker_since = NULL, breaker_share = NULL,
        breaker_incident = NULL, breaker_limits = '{}'`);
      await database.asSuperuser("UPDATE feature_flags SET breaker_changed_at = NULL");
      await database.asSuperuser("DELETE FROM outbox");
      world.clock = START;
      world.told.length = 0;
      world.incidents.length = 0;
    },
    /** The work of each hour. */
    tidyUp: () => tidyUp(database, world.clock),
    kill: () => book.kill(KEY, "a test", BY),
    /** What a query says, as the superuser. */
    async rows(sql: string) {
      return (await database.hot.query<Record<string, unknown>>(sql)).rows;
    },
  };
}
