import { EventEmitter, once } from "node:events";
import { type Context, Unleash } from "unleash-client";
import { names } from "../names.ts";
import type { Crowd } from "../people.ts";
import type { Way } from "../way.ts";

const KEY = "new-checkout";

/** Its own repository of flags would ask the server even when it was given some to begin with; so it gets this one. */
class Given extends EventEmitter {
  readonly #toggle: object;
  constructor(toggle: object) {
    super();
    this.#toggle = toggle;
  }
  getToggle = (name: string) => (name === KEY ? this.#toggle : undefined);
  getToggles = () => [this.#toggle];
  getTogglesWithSegmentData = () => [this.#toggle];
  getSegment = () => undefined;
  start = async () => {
    this.emit("ready");
  };
  stop = () => {};
}

export async function unleash({ people, lists, salt, percentage }: Crowd): Promise<Way> {
  const rollout = (share: number) => ({ rollout: String(share), stickiness: "userId", groupId: salt });
  const isIn = (contextName: string, values: string[]) => ({ contextName, operator: "IN", values, inverted: false });
  const toggle = {
    ...{ name: KEY, type: "release", enabled: true, stale: false, impressionData: false, project: "default" },
    variants: [],
    strategies: [
      { name: "flexibleRollout", parameters: rollout(100), constraints: [isIn("userId", lists.users)] },
      { name: "flexibleRollout", parameters: rollout(percentage), constraints: [isIn("tenant", lists.tenants)] },
    ],
  };
  const client = new Unleash({
    ...{ appName: "bench", url: "http://unleash.invalid/api/", disableMetrics: true },
    repository: new Given(toggle) as never,
  });
  await once(client, "ready");
  const contexts = people.map(({ userId, tenantId }) => ({ userId, properties: { tenant: tenantId } }));
  return {
    name: names.unleash,
    count: 5_000,
    run(count) {
      let on = 0;
      for (let turn = 0; turn < count; turn++) {
        if (client.isEnabled(KEY, contexts[turn % contexts.length] as Context)) on++;
      }
      return on;
    },
    close: () => client.destroy(),
  };
}
