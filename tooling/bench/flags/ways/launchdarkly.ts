import { basicLogger, init, type LDContext } from "@launchdarkly/node-server-sdk";
import { TestData } from "@launchdarkly/node-server-sdk/integrations";
import { names } from "../names.ts";
import type { Crowd } from "../people.ts";
import type { Way } from "../way.ts";

const KEY = "new-checkout";
const [ON, OFF] = [0, 1];

/** The tenant is an attribute of the person, and the rule's clause lists them: how most write it. */
export const launchDarkly = (crowd: Crowd): Promise<Way> =>
  way(names.launchDarkly, crowd, {
    isOfTenants: { attribute: "tenant", op: "in", values: crowd.lists.tenants, negate: false },
    contexts: crowd.people.map(({ userId, tenantId }) => ({ kind: "user", key: userId, tenant: tenantId })),
  });

/** The tenant is a context of its own, and a segment lists them: LaunchDarkly's way for long lists. */
export const launchDarklySegment = (crowd: Crowd): Promise<Way> =>
  way(names.launchDarklySegment, crowd, {
    isOfTenants: { attribute: "", op: "segmentMatch", values: ["canaries"], negate: false },
    contexts: crowd.people.map(({ userId, tenantId }) => ({
      kind: "multi",
      user: { key: userId },
      tenant: { key: tenantId },
    })),
  });

interface Shape {
  isOfTenants: { attribute: string; op: string; values: string[]; negate: boolean };
  contexts: LDContext[];
}

async function way(name: string, crowd: Crowd, { isOfTenants, contexts }: Shape): Promise<Way> {
  const data = new TestData();
  await data.usePreconfiguredSegment({
    ...{ key: "canaries", version: 1, included: [], excluded: [], salt: "canaries", rules: [] },
    includedContexts: [{ contextKind: "tenant", values: crowd.lists.tenants }],
  });
  await data.usePreconfiguredFlag(flag(crowd, isOfTenants));
  const client = init("offline", {
    updateProcessor: data.getFactory(),
    sendEvents: false,
    diagnosticOptOut: true,
    logger: basicLogger({ level: "none" }),
  });
  await client.waitForInitialization({ timeout: 5 });
  return {
    name,
    count: 30_000,
    async run(count) {
      let on = 0;
      for (let turn = 0; turn < count; turn++) {
        if (await client.boolVariation(KEY, contexts[turn % contexts.length] as LDContext, false)) on++;
      }
      return on;
    },
    close: () => client.close(),
  };
}

const flag = ({ lists, salt, percentage }: Crowd, isOfTenants: Shape["isOfTenants"]) => ({
  ...{ key: KEY, version: 1, on: true, salt, variations: [true, false] },
  ...{ offVariation: OFF, fallthrough: { variation: OFF }, prerequisites: [] },
  targets: [{ variation: ON, values: lists.users }],
  rules: [
    {
      id: "canaries",
      clauses: [isOfTenants],
      rollout: {
        variations: [
          { variation: ON, weight: percentage * 1_000 },
          { variation: OFF, weight: 100_000 - percentage * 1_000 },
        ],
      },
    },
  ],
});
