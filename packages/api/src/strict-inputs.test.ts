import { describe, expect, it } from "vitest";
import { z } from "zod";
import { publicProcedure } from "./gate.ts";
import { appRouter } from "./router.ts";
import { router } from "./trpc.ts";

/** A schema as zod keeps it: what stands in it depends on its type. */
interface Def {
  type: string;
  catchall?: { def: Def };
  shape?: Record<string, { def: Def }>;
  options?: { def: Def }[];
  items?: { def: Def }[];
  getter?: () => { def: Def };
  [part: string]: unknown;
}
const PARTS = ["innerType", "element", "valueType", "in", "out", "left", "right", "rest"];

/** @returns Where in a schema an object takes keys that nobody knows. */
function looseIn({ def }: { def: Def }, at: string, seen = new Set<Def>()): string[] {
  if (seen.has(def)) return [];
  seen.add(def);
  const isLoose = def.type === "object" && def.catchall?.def.type !== "never";
  const below: [string, { def: Def }][] = [
    ...Object.entries(def.shape ?? {}),
    ...[...(def.options ?? []), ...(def.items ?? [])].map((one, index): [string, { def: Def }] => [`${index}`, one]),
    ...PARTS.flatMap((part): [string, { def: Def }][] => (def[part] ? [[part, def[part] as { def: Def }]] : [])),
    ...(def.getter ? [["", def.getter()] satisfies [string, { def: Def }]] : []),
  ];
  return [...(isLoose ? [at] : []), ...below.flatMap(([name, one]) => looseIn(one, `${at}.${name}`, seen))];
}

type Procedures = Record<string, { _def: { inputs: { def: Def }[] } }>;

const looseInputs = (of: { _def: { procedures: object } }): string[] =>
  Object.entries(of._def.procedures as Procedures).flatMap(([path, { _def }]) =>
    _def.inputs.flatMap((input) => looseIn(input, path)),
  );

describe("the input of every procedure", () => {
  it("takes no key that it does not know, however deep: nothing can be slipped in beside what is asked for", () => {
    expect(looseInputs(appRouter)).toEqual([]);
  });

  it("is found out by that when it takes one, in a list, in a choice or under another key", () => {
    const loose = router({
      plain: publicProcedure.input(z.object({ a: z.string() })).query(() => 1),
      deep: publicProcedure
        .input(z.strictObject({ list: z.array(z.union([z.string(), z.object({ b: z.number() })])).optional() }))
        .query(() => 1),
      strict: publicProcedure.input(z.strictObject({ a: z.string() })).query(() => 1),
    });
    expect(looseInputs(loose)).toEqual(["plain", "deep.list.innerType.element.1"]);
  });
});
