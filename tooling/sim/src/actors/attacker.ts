import type { ScanId } from "@tessera/contracts";
import { joinBytes } from "@tessera/domain/qr/bytes";
import { codeTextOf, markOf } from "@tessera/domain/qr/code-text";
import { compactCode } from "@tessera/domain/qr/compact-code";
import type { Tenant } from "../world/tenants.ts";
import { askNode, pause, thinking, type World } from "../world/world.ts";
import type { Desk } from "./desk.ts";
import { answered } from "./people.ts";

/** Stands at a desk of one tenant with what a camera catches there, and with codes of the other. */
export async function attacker(world: World, tenant: Tenant, other: Tenant, at: Desk): Promise<void> {
  const { chance, time, endsAt, referee } = world;
  const by = { deviceId: at.deviceId, memberId: null } as const;

  async function scan(text: string, scanId = world.newId(tenant.mark) as ScanId): Promise<void> {
    referee.invoked(tenant, scanId);
    const outcome = await askNode(world, (node) => node.redeem(tenant, { scanId, text, source: "api" }, by));
    referee.heard(tenant, outcome);
  }
  const someScan = ({ model }: Tenant): ScanId | undefined => [...model.state.scans.keys()].at(-1);

  const tricks = [
    // A photo of a code that was shown.
    async () => tenant.shown.length > 0 && scan(chance.pick(tenant.shown).text),
    // A guess, and something that is no code.
    () => scan(compactCode(chance.bytes(16))),
    () => scan(`T1${"9".repeat(chance.between(1, 40))}`),
    // A code of the other house.
    async () => other.shown.length > 0 && scan(chance.pick(other.shown).text),
    // The id of another scan, with another code.
    async () => {
      const scanId = someScan(tenant);
      if (scanId && tenant.shown.length > 0) await scan(chance.pick(tenant.shown).text, scanId);
    },
    // What a scan of the other house has heard, and taking it back.
    async () => {
      const scanId = someScan(other);
      if (!scanId) return;
      referee.brings(scanId);
      referee.sees(tenant, await askNode(world, (node) => node.fateOf(tenant, scanId, by)));
      const outcome = await askNode(world, (node) => node.undo(tenant, { scanId, because: "mischief", by }));
      referee.sees(tenant, outcome);
      world.reached(`foreign scan ${outcome.kind}`);
    },
    // A text that says it is signed.
    () => scan(codeTextOf(joinBytes(Uint8Array.of(markOf("signed")), chance.bytes(91)))),
  ];

  while (time.now < endsAt) {
    await pause(world, null, thinking(world));
    if (time.now >= endsAt) return;
    await answered(world, chance.pick(tricks));
  }
}
