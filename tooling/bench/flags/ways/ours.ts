import { flagScheme } from "@tessera/contracts";
import type { FlagSetting } from "@tessera/contracts/flags";
import { compileFlags } from "@tessera/domain/flags/evaluate";
import { names } from "../names.ts";
import type { Crowd, Lists, Person } from "../people.ts";
import type { Way } from "../way.ts";

const KEY = "qr-checkout-enabled";
const noon = "2026-11-22T12:00:00Z";

/** The product's own evaluation, as server and kiosk use it. */
export const ours = (crowd: Crowd): Way => way(names.ours, crowd, crowd.lists);
export const oursLong = (crowd: Crowd): Way => way(names.oursLong, crowd, crowd.longLists);

function way(name: string, { people, salt, percentage }: Crowd, { tenants, users }: Lists): Way {
  const setting: FlagSetting = {
    ...{ key: KEY, description: "", enabled: true, archived: false, tenantShare: null, denied: {}, prerequisites: [] },
    ...{ targetTenants: tenants, config: { rollout: "percentage", percentage, users } },
    ...{ age: { minutes: 60, after: "off" }, killed: null, breaker: { state: "closed" } },
    ...{ salt, scheme: flagScheme, revision: 7, updatedAt: noon },
  };
  const flags = compileFlags([setting], { tenantsByAge: [], overrides: {}, stale: false });
  return {
    name,
    count: 1_000_000,
    run(count) {
      let on = 0;
      for (let turn = 0; turn < count; turn++) {
        if (flags.decide(KEY, people[turn % people.length] as Person).value) on++;
      }
      return on;
    },
  };
}
