import { codeMaker, makeResources, type RaceCode } from "../workload/race-code.ts";
import type { World } from "../world/world.ts";

/** @returns Check-out codes of the first tenant, each for a thing of its own: every first scan of one is a yes. */
export async function freshCodes(world: World, count: number): Promise<RaceCode[]> {
  const [tenant] = world.tenants;
  if (!tenant) throw new Error("the world has no tenant");
  const things = await makeResources(world, tenant.id, count);
  const make = await codeMaker(world);
  const facts = { tenant: tenant.id, holder: tenant.holderId, purpose: "check_out", maxUses: 1 } as const;
  return make(things.map((resource) => ({ ...facts, resource })));
}

/** As `freshCodes`, one. */
export async function freshCode(world: World): Promise<RaceCode> {
  const [code] = await freshCodes(world, 1);
  if (!code) throw new Error("no code was made");
  return code;
}
