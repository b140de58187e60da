import { GrowthBookClient, type UserContext } from "@growthbook/growthbook";
import { names } from "../names.ts";
import type { Crowd } from "../people.ts";
import type { Way } from "../way.ts";

const KEY = "new-checkout";

export function growthBook({ people, lists, salt, percentage }: Crowd): Way {
  const client = new GrowthBookClient().initSync({
    payload: {
      features: {
        [KEY]: {
          defaultValue: false,
          rules: [
            { condition: { id: { $in: lists.users } }, force: true },
            {
              ...{ condition: { tenant: { $in: lists.tenants } }, force: true },
              ...{ coverage: percentage / 100, hashAttribute: "id", seed: salt, hashVersion: 2 },
            },
          ],
        },
      },
    },
  });
  const contexts = people.map(({ userId, tenantId }) => ({ attributes: { id: userId, tenant: tenantId } }));
  return {
    name: names.growthBook,
    count: 30_000,
    run(count) {
      let on = 0;
      for (let turn = 0; turn < count; turn++) {
        if (client.isOn(KEY, contexts[turn % contexts.length] as UserContext)) on++;
      }
      return on;
    },
    close: () => client.destroy(),
  };
}
