import { randomUUID } from "node:crypto";
import { type Database, openTenants, startRelay } from "@tessera/db";
import { inProcessGuard } from "@tessera/domain/guard/in-process-guard";
import { codeSigning } from "@tessera/domain/qr/code-signing";
import { codeKeys } from "@tessera/domain/qr/keys";
import { redeemCode } from "@tessera/domain/redemption/redeem-code";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { type House, SECRET } from "../house.ts";
import type { Way } from "../way.ts";

type Tools = Parameters<typeof redeemCode>[0];
type Scan = Parameters<typeof redeemCode>[1];
type Redeemer = Parameters<typeof redeemCode>[2];

/**
 * The product inside one process: the use case, the guard, the ledger with its queue, and the relay that writes the
 * journal beside it. No HTTP.
 *
 * @param database Open, as the product's own login.
 */
export async function inProcess(database: Database, { tenantId, deviceId }: House): Promise<Way> {
  const relay = startRelay(database, { everyMs: 250, onNews: () => {}, onTrouble: (cause) => console.error(cause) });
  const openTenant = openTenants(database, { signing: await codeSigning(SECRET), onChange: relay.poke });
  const never = () => Promise.reject(new Error("compact codes need none of this"));
  const tools = {
    tenantId: tenantId as Tools["tenantId"],
    keys: await codeKeys(SECRET),
    choices: never,
    ring: never,
    signer: never,
    guard: inProcessGuard(),
    isOn: () => true,
  };
  const by = { deviceId, memberId: null } as Redeemer;

  return {
    async redeem({ text }) {
      const { ledger } = openTenant(tenantId as TenantScope);
      const outcome = await redeemCode(
        { ...tools, ledger },
        { scanId: randomUUID() as Scan["scanId"], text, source: "camera" },
        by,
      );
      return outcome.kind === "redeemed" ? outcome.kind : outcome.refusal.reason;
    },
    close: () => relay.stop(),
  };
}
