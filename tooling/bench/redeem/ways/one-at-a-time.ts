import { randomUUID } from "node:crypto";
import type { Database } from "@tessera/db";
import type { House } from "../house.ts";
import type { Way } from "../way.ts";

const ONE = {
  name: "bench_redeem_one",
  text: `SELECT outcome, reason FROM redeem_codes($1, ARRAY[$2]::uuid[], ARRAY[$3]::bytea[], ARRAY[$4]::bytea[],
    ARRAY['camera'], ARRAY[NULL]::uuid[], ARRAY[$5]::uuid[], ARRAY[NULL]::bigint[], ARRAY[NULL]::timestamptz[])`,
};

/** The product's statement without its queue: each scan goes alone. */
export const oneAtATime = ({ hot }: Database, { tenantId, deviceId }: House): Way => ({
  async redeem({ lookup, fingerprint }) {
    const values = [tenantId, randomUUID(), lookup, fingerprint, deviceId];
    const { rows } = await hot.query<{ outcome: string; reason: string | null }>({ ...ONE, values });
    return rows[0]?.reason ?? rows[0]?.outcome ?? "nothing";
  },
  close: async () => {},
});
