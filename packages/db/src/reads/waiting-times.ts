import type { WaitingTime } from "@tessera/contracts";
import { type Timings, waitingTimeOf } from "@tessera/domain/guests/waiting-time";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";

interface Row {
  kind_id: string;
  hour_of: number;
  hour: number[] | null;
  day_of: number;
  day: number[] | null;
}

const timings = (of: number, times: number[] | null): Timings => {
  const [medianSeconds = 0, p90Seconds = 0] = times ?? [];
  return { of, medianSeconds, p90Seconds };
};

/**
 * How long requests took in the last 28 days, from being made to being done, by their kind: at this hour of the tenant's day,
 * and at any.
 *
 * @returns By the kind's id. A kind with too little history is left out.
 */
export async function waitingTimes(
  tx: Tx,
  scope: TenantScope,
  { at, timeZone }: { at: Date; timeZone: string },
): Promise<Map<string, WaitingTime>> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH done AS (
      SELECT kind_id, extract(epoch FROM done_at - made_at)::float8 AS took,
             extract(hour FROM made_at AT TIME ZONE ${timeZone}) = extract(hour FROM ${at}::timestamptz AT TIME ZONE ${timeZone}) AS now
        FROM requests
       WHERE tenant_id = ${scope}::uuid AND done_at IS NOT NULL
         AND made_at > ${at}::timestamptz - interval '28 days' AND made_at <= ${at}::timestamptz)
    SELECT kind_id::text, (count(*) FILTER (WHERE now))::int AS hour_of, count(*)::int AS day_of,
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY took) FILTER (WHERE now) AS hour,
           percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY took) AS day
      FROM done GROUP BY kind_id`;
  return new Map(
    rows.flatMap((row) => {
      const wait = waitingTimeOf(timings(row.hour_of, row.hour), timings(row.day_of, row.day));
      return wait ? [[row.kind_id, wait] as const] : [];
    }),
  );
}
