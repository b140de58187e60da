import { trialRun } from "../trial-run.ts";
import type { ServerTrial } from "./server-trial.ts";
import { untilNumbered } from "./until-numbered.ts";

const AN_HOUR_MS = 3_600_000;

/** F16: the process believes it is an hour later than it is; the code has half an hour left. */
export const clockAhead: ServerTrial = {
  async play({ bench, tenant, say, scanUntilDecided }, isFaulty) {
    const code = await tenant.code(await tenant.thing());
    if (isFaulty) say({ kind: "clock", shiftMs: AN_HOUR_MS, rate: 1 });
    await scanUntilDecided(code);
    say({ kind: "clock", shiftMs: 0, rate: 1 });
    await untilNumbered(bench, tenant);
    return trialRun(bench.ask, [tenant]);
  },
};
