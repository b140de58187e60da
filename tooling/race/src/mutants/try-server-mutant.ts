import { fileURLToPath } from "node:url";
import { createTessera, newScanId } from "@tessera/sdk/node";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { type ApiProcess, startApi } from "../api-process.ts";
import { checkRun } from "../checkers/check-run.ts";
import type { Violation } from "../checkers/violation.ts";
import { failpointPatches } from "../failpoints/failpoints.ts";
import { type Patch, patchedServer } from "../failpoints/patched-server.ts";
import { pause } from "../time.ts";
import { attempt, heardInOutcome } from "../workload/attempt.ts";
import type { Mutant } from "./mutant.ts";
import { type MutantResult, resultOf } from "./mutant-result.ts";
import { serverTrials } from "./server-trials.ts";
import type { SqlBench } from "./sql-bench.ts";
import { TRIAL_SECRET, type TrialCode, type TrialTenant, trialTenant } from "./trial-tenant.ts";
import type { ServerScene, ServerTrial } from "./trials/server-trial.ts";

const PRELOAD = fileURLToPath(new URL("../failpoints/preload.mjs", import.meta.url));
const TRIES = 20;

/**
 * Plants one bug into a copy of the built server and plays its story.
 *
 * @throws Error When the change does not fit the build exactly once: then it would prove nothing.
 */
export async function tryServerMutant(bench: SqlBench, mutant: Mutant): Promise<MutantResult> {
  const { planted, id } = mutant;
  const trial = serverTrials[id];
  if (!trial || planted.layer !== "server") throw new Error(`mutant ${id} has no trial of the server`);

  const product = await played(bench, trial, [], [true]);
  const changed = await played(bench, trial, [{ find: planted.find, replace: planted.replace }], [false, true]);
  return resultOf(mutant, { product: product[0] ?? [], calm: changed[0] ?? [], faulted: changed[1] ?? [] });
}

/** Plays the story on one process, once for each wish, with the fault or without. */
async function played(
  bench: SqlBench,
  trial: ServerTrial,
  patches: readonly Patch[],
  wishes: readonly boolean[],
): Promise<Violation[][]> {
  const server = patchedServer("mutant", [...failpointPatches, ...patches]);
  const redis = trial.withRedis ? await startRedis() : null;
  try {
    const settings = {
      DATABASE_URL: bench.url,
      TESSERA_SECRET: TRIAL_SECRET,
      TESSERA_DEMO: "false",
      TESSERA_RATE_LIMITS: "off",
      TESSERA_BREAKER: "false",
    };
    const more = redis ? { REDIS_URLS: redis.url } : {};
    const api = await startApi({ ...settings, ...more }, { main: server.main, preload: PRELOAD });
    try {
      const found: Violation[][] = [];
      for (const isFaulty of wishes) {
        const scene = await sceneOf(bench, api, redis);
        try {
          found.push(checkRun(await trial.play(scene, isFaulty), trial.budgets));
        } finally {
          await scene.desk.close();
        }
      }
      return found;
    } finally {
      await api.stop();
    }
  } finally {
    await redis?.kill();
    server.remove();
  }
}

async function sceneOf(bench: SqlBench, api: ApiProcess, redis: RedisServer | null): Promise<ServerScene> {
  const tenant = await trialTenant(bench.ask);
  const desk = createTessera({ url: api.url, token: tenant.token });
  const scan = (code: TrialCode, scanId: string = newScanId()) => scanned(desk, tenant, code, scanId);
  return {
    bench,
    api,
    tenant,
    desk,
    scan,
    say: (message) => void api.child.send(message),
    async scanUntilDecided(code, scanId = newScanId()) {
      for (let tries = 1; ; tries++) {
        const entry = await scan(code, scanId);
        if (entry.type !== "info" || tries === TRIES) return entry;
        await pause(50);
      }
    },
    killRedis: async () => redis?.kill(),
  };
}

async function scanned(desk: ServerScene["desk"], tenant: TrialTenant, code: TrialCode, scan: string) {
  const sending = tenant.entries.filter((entry) => entry.scan === scan).length + 1;
  const asked = { op: "redeem" as const, key: code.id, scan, attempt: sending, node: "the server", tenant: tenant.id };
  const entry = await attempt(
    asked,
    (signal) => desk.api.qr.redeem.mutate({ scanId: scan, text: code.text, source: "api" }, { signal }),
    heardInOutcome,
  );
  tenant.entries.push(entry);
  return entry;
}
