import type { CodeId, MemberId, Named } from "@tessera/contracts";
import { Failed } from "@tessera/domain/failed";
import { compactCode } from "@tessera/domain/qr/compact-code";
import { namesOf } from "@tessera/domain/redemption/code-tools";
import { type ModelCode, tell } from "@tessera/domain/redemption/model/state";
import { codeKeysOfThisWorld } from "../world/code-keys.ts";
import type { Tenant } from "../world/tenants.ts";
import { askNode, pause, thinking, type World } from "../world/world.ts";
import type { Desk } from "./desk.ts";

/** What is asked for when a code is made. */
type Wish = Pick<ModelCode, "purpose" | "maxUses" | "deskId"> & {
  holder: Named<MemberId>;
  resource: ModelCode["resource"];
  opensInMs: number;
  lastsMs: number;
  isSigned: boolean;
};

/** Draws a code, writes it down in one step, and shows its text. */
async function issue(world: World, tenant: Tenant, wish: Wish): Promise<void> {
  const { opensInMs, lastsMs, isSigned, ...kept } = wish;
  const secretPart = world.chance.bytes(16);
  const { lookup, offlineId } = await namesOf(codeKeysOfThisWorld, secretPart);
  const writeDown = ({ model }: Tenant) => {
    const opens = world.now().getTime() + opensInMs;
    const code: ModelCode = {
      ...kept,
      id: world.newId(tenant.mark) as CodeId,
      lookup,
      offlineId,
      uses: 0,
      opensAt: new Date(opens),
      expiresAt: new Date(opens + lastsMs),
      invalidatedAt: null,
      isRotating: false,
      lastStep: null,
      lease: null,
      version: 0,
    };
    model.addCode(code);
    const payload = { purpose: code.purpose, resourceId: code.resource.id, holderId: code.holder.id };
    tell(model.state, { type: "code.issued", entityId: code.id, version: 0, scanId: null, payload });
  };
  await askNode(world, (node) => node.carryOut(tenant, "issue", writeDown));
  tenant.shown.push({ tenant: tenant.mark, text: compactCode(secretPart), secretPart, offlineId, isSigned });
}

/** Takes things out and brings them back. */
export async function member(world: World, tenant: Tenant, who: Named<MemberId>): Promise<void> {
  const { chance, time, endsAt } = world;
  while (time.now < endsAt) {
    await pause(world, null, thinking(world));
    if (time.now >= endsAt) return;
    const mine = tenant.model.state.checkouts.find((one) => !one.returnedAt && one.holder.id === who.id);
    const brings = mine && chance.happens(0.6);
    await answered(world, () =>
      issue(world, tenant, {
        purpose: brings ? "check_in" : "check_out",
        resource: brings ? mine.resource : chance.pick(tenant.things),
        holder: who,
        maxUses: chance.happens(0.15) ? 3 : 1,
        deskId: null,
        opensInMs: 0,
        lastsMs: chance.happens(0.2) ? chance.between(200, 20_000) : Math.max(600_000, endsAt / 3),
        isSigned: true,
      }),
    );
  }
}

/** Makes codes for other days and for one desk, cancels, takes back, lets quarantined desks go on. */
export async function admin(world: World, tenant: Tenant, desks: readonly Desk[]): Promise<void> {
  const { chance, time, endsAt } = world;
  const homes = desks.filter((one) => one.tenant === tenant && one.isFlapping);
  const chores = [
    () =>
      issue(world, tenant, {
        purpose: "check_out",
        resource: chance.pick(tenant.things),
        holder: chance.pick(tenant.members),
        maxUses: chance.pick([1, 1, 3]),
        deskId: homes.length > 0 ? chance.pick(homes).deviceId : null,
        opensInMs: chance.happens(0.3) ? chance.between(1_000, 120_000) : 0,
        lastsMs: chance.between(60_000, 12 * 3_600_000),
        isSigned: chance.happens(0.5),
      }),
    async () => {
      const codes = [...tenant.model.state.codes.values()];
      if (codes.length > 0) await askNode(world, (node) => node.invalidate(tenant, chance.pick(codes).id));
    },
    async () => {
      if (chance.happens(0.25)) await askNode(world, (node) => node.invalidateAll(tenant));
    },
    () => takeBack(world, tenant),
    () => releaseDesks(world, tenant),
    () => settleOne(world, tenant),
  ];
  for (let made = chance.between(0, 2); made > 0; made--) await answered(world, async () => chores[0]?.());
  while (time.now < endsAt) {
    await pause(world, null, thinking(world));
    if (time.now >= endsAt) return;
    const draw = chance.next();
    const chore = draw < 0.4 ? chores[0] : chance.pick(chores);
    await answered(world, async () => chore?.());
  }
}

async function takeBack(world: World, tenant: Tenant): Promise<void> {
  const { scans, redemptions } = tenant.model.state;
  const known = world.chance.happens(0.5) ? redemptions.map((one) => one.scanId) : [...scans.keys()];
  if (known.length === 0) return;
  const scanId = world.chance.pick(known);
  const by = { deviceId: null, memberId: tenant.staff } as const;
  const outcome = await askNode(world, (node) => node.undo(tenant, { scanId, because: "by staff", by }));
  world.referee.heardUndo(tenant, outcome);
}

/** Staff let desks go on that told a story which does not fit. */
export async function releaseDesks(world: World, tenant: Tenant): Promise<void> {
  for (const { id, quarantinedAt } of tenant.model.state.devices.values()) {
    if (!quarantinedAt) continue;
    await askNode(world, (node) => node.release(tenant, id));
    world.reached("released");
  }
}

async function settleOne(world: World, tenant: Tenant): Promise<void> {
  const { model, staff } = tenant;
  const open = model.state.conflicts.find((one) => !one.settledAt);
  if (!open) return;
  const settle = () => model.conflicts.settle(open.id, "thing_returned", staff);
  await askNode(world, (node) => node.carryOut(tenant, "settle", settle));
}

/** A person who gets no answer tries something else later. */
export async function answered(world: World, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (failure) {
    if (!(failure instanceof Failed)) throw failure;
    world.reached(failure.failure);
  }
}
