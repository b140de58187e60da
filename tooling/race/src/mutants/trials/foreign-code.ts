import { relayAll, trialRun } from "../trial-run.ts";
import { trialTenant } from "../trial-tenant.ts";
import type { SqlTrial } from "./trial.ts";

/**
 * A desk scans a code of another tenant that was used there. The fault is what F31 would let happen: the function works as
 * a superuser, for whom there is no row security, and only its own predicates keep tenants apart.
 */
export const foreignCode: SqlTrial = {
  async play(bench, isFaulty) {
    const [own, other] = [await trialTenant(bench.ask), await trialTenant(bench.ask)];
    const code = await other.code(await other.thing());
    await other.redeem(bench.product, code);

    if (isFaulty) await bench.ask(`ALTER FUNCTION redeem_codes RESET role`);
    try {
      await own.redeem(isFaulty ? bench.asSuperuser : bench.product, code);
    } finally {
      if (isFaulty) await bench.ask(`ALTER FUNCTION redeem_codes SET role = 'tessera_app'`);
    }
    await relayAll(bench.product);
    return trialRun(bench.ask, [own, other]);
  },
};
