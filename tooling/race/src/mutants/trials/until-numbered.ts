import { until } from "../../time.ts";
import type { SqlBench } from "../sql-bench.ts";
import type { TrialTenant } from "../trial-tenant.ts";

/** Resolves when the server's own relay has numbered all that this tenant has in the outbox. */
export function untilNumbered({ ask }: SqlBench, { id }: TrialTenant): Promise<void> {
  return until("the outbox is empty", async () => {
    const [left] = await ask<{ n: number }>("SELECT count(*)::int AS n FROM outbox WHERE tenant_id = $1", [id]);
    return left?.n === 0;
  });
}
