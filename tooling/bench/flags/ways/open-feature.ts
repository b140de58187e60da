import { type EvaluationContext, OpenFeature, TypedInMemoryProvider } from "@openfeature/server-sdk";
import { names } from "../names.ts";
import type { Crowd, Person } from "../people.ts";
import type { Way } from "../way.ts";
import { bareRule } from "./limit.ts";

const KEY = "new-checkout";

/** Its in-memory provider has no rules of its own: it asks ours of the limit, so what is measured is the client. */
export async function openFeature(crowd: Crowd): Promise<Way> {
  const isOn = bareRule(crowd);
  const provider = new TypedInMemoryProvider({
    [KEY]: {
      variants: { on: true, off: false },
      defaultVariant: "off",
      disabled: false,
      contextEvaluator: (context) => (isOn(context as unknown as Person) ? "on" : "off"),
    },
  });
  await OpenFeature.setProviderAndWait(provider);
  const client = OpenFeature.getClient();
  const contexts = crowd.people.map(({ userId, tenantId }) => ({ targetingKey: userId, userId, tenantId }));
  return {
    name: names.openFeature,
    count: 5_000,
    async run(count) {
      let on = 0;
      for (let turn = 0; turn < count; turn++) {
        if (await client.getBooleanValue(KEY, false, contexts[turn % contexts.length] as EvaluationContext)) on++;
      }
      return on;
    },
    close: () => OpenFeature.close(),
  };
}
