import type { CodeId, DeviceId, MemberId, Named, ResourceId } from "@tessera/contracts";
import { type CodeSeed, ledgerSuite, limitSuite } from "./ledger.suite.ts";
import type { ModelResource } from "./model/state.ts";
import { modelWorld } from "./model.ts";
import { recordsSuite } from "./records.suite.ts";

const NOON = Date.parse("2026-11-21T12:00:00.000Z");

async function open() {
  let ids = 0;
  let elapsed = 0;
  const newId = () => `00000000-0000-7000-8000-${String(++ids).padStart(12, "0")}`;
  const world = modelWorld({ now: () => new Date(NOON + elapsed), newId });
  const holder: Named<MemberId> = { id: newId() as MemberId, name: "Member" };
  const desks = ["Front desk", "Back desk"].map((name) => ({ id: newId() as DeviceId, name }));
  const [desk, otherDesk] = desks.map((one) => one.id) as [DeviceId, DeviceId];
  for (const { id, name } of desks) {
    world.state.devices.set(id, {
      id,
      name,
      epoch: 1,
      chainSeq: 0,
      chainHash: null,
      quarantinedAt: null,
      told: new Map(),
    });
  }
  const resources = new Map<string, ModelResource>();
  const resourceNamed = (name: string) => {
    const known = resources.get(name) ?? { id: newId() as ResourceId, name, loanMinutes: 60, version: 0 };
    resources.set(name, known);
    return known;
  };

  return {
    ledger: world.ledger,
    records: world.records,
    desk,
    otherDesk,
    staff: newId() as MemberId,
    now: async () => new Date(NOON + elapsed),
    async addCode(seed: CodeSeed) {
      const { purpose = "check_out", resource, maxUses = 1, opensIn = -60, endsIn = 600, revoked = false } = seed;
      const inSeconds = (seconds: number) => new Date(NOON + seconds * 1_000);
      const lookup = crypto.getRandomValues(new Uint8Array(32));
      world.addCode({
        id: newId() as CodeId,
        lookup,
        offlineId: crypto.getRandomValues(new Uint8Array(32)),
        purpose,
        holder,
        resource: resourceNamed(resource),
        uses: 0,
        maxUses,
        opensAt: inSeconds(opensIn),
        expiresAt: inSeconds(endsIn),
        invalidatedAt: revoked ? new Date(NOON) : null,
        isRotating: seed.rotating ?? false,
        lastStep: null,
        loanLimit: seed.loanLimit ?? null,
        lease: seed.leasedToOther ? { deviceId: otherDesk, until: inSeconds(300) } : null,
        deskId: null,
        version: 0,
      });
      return lookup;
    },
    redemptionsOf: async (lookup: Uint8Array) =>
      world.state.redemptions.filter(({ code }) => code.lookup.join() === lookup.join()).length,
    async age(minutes: number) {
      elapsed += minutes * 60_000;
    },
    close: async () => {},
  };
}

ledgerSuite("the model", open);
limitSuite("the model", open);
recordsSuite("the model", open);
