import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Flagsmith, LocalFileHandler } from "flagsmith-nodejs";
import { names } from "../names.ts";
import type { Crowd, Person } from "../people.ts";
import type { Way } from "../way.ts";

const KEY = "new-checkout";

/** Its local engine, over a document as its service would send it. A person's flags are all worked out at once; there is one. */
export function flagsmith(crowd: Crowd): Way {
  const { people } = crowd;
  const client = new Flagsmith({ offlineMode: true, offlineHandler: read(documentOf(crowd)) });
  return {
    name: names.flagsmith,
    count: 10_000,
    async run(count) {
      let on = 0;
      for (let turn = 0; turn < count; turn++) {
        const { userId, tenantId } = people[turn % people.length] as Person;
        const flags = await client.getIdentityFlags(userId, { user: userId, tenant: tenantId });
        if (flags.isFeatureEnabled(KEY)) on++;
      }
      return on;
    },
    close: () => client.close(),
  };
}

function read(document: object): LocalFileHandler {
  const folder = mkdtempSync(join(tmpdir(), "tessera-bench-"));
  try {
    const file = join(folder, "environment.json");
    writeFileSync(file, JSON.stringify(document));
    return new LocalFileHandler(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const documentOf = ({ lists, percentage }: Crowd) => ({
  ...{ id: 1, name: "bench", api_key: "bench", feature_states: [state(false)], segment_overrides: [] },
  project: {
    ...{ id: 1, name: "bench", hide_disabled_flags: false },
    organisation: {
      id: 1,
      name: "bench",
      feature_analytics: false,
      stop_serving_flags: false,
      persist_trait_data: false,
    },
    segments: [
      {
        ...{ id: 1, name: "canaries", feature_states: [state(true)] },
        rules: [
          rule(
            "ALL",
            [],
            [
              rule("ANY", [{ operator: "IN", property_: "tenant", value: lists.tenants }]),
              rule("ANY", [
                { operator: "IN", property_: "user", value: lists.users },
                { operator: "PERCENTAGE_SPLIT", property_: null, value: String(percentage) },
              ]),
            ],
          ),
        ],
      },
    ],
  },
});

const rule = (type: string, conditions: object[], rules: object[] = []) => ({ type, conditions, rules });

const state = (enabled: boolean) => ({
  ...{ django_id: 1, enabled, feature_state_value: null, multivariate_feature_state_values: [] },
  feature: { id: 1, name: KEY, type: "STANDARD" },
});
