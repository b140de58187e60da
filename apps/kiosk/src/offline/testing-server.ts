import type { CodeId, CodeText, HandInOutcome, OfflineScan, ResourceId, Scan } from "@tessera/contracts";
import { compactCode } from "@tessera/domain/qr/compact-code";
import { offlineIdOf } from "@tessera/domain/qr/offline-id";
import { parseCode } from "@tessera/domain/qr/token";
import { handIn } from "@tessera/domain/redemption/hand-in";
import type { CodeSeed } from "@tessera/domain/redemption/ledger.suite";
import { sealManifest } from "@tessera/domain/redemption/manifest";
import { modelWorld } from "@tessera/domain/redemption/model";
import type { ModelCode, ModelResource } from "@tessera/domain/redemption/model/state";
import type { DeskServer } from "./desk-errands.ts";
import { FRONT_DESK, type HandClock, MEMBER, random } from "./testing.ts";

/** A code as it hangs on a member's screen, and as the server knows it. */
export interface ShownCode {
  text: CodeText;
  code: ModelCode;
}

/** The server as the model of the domain, with the front desk as its one desk, on the same wall as the desk's clock. */
export function serverModel(clock: HandClock) {
  const world = modelWorld({ now: () => new Date(clock.now().wall), newId: () => crypto.randomUUID() });
  const things = new Map<string, ModelResource>();
  const { deviceId, name } = FRONT_DESK;
  const device = { id: deviceId, name, epoch: 0, chainSeq: 0, chainHash: null, quarantinedAt: null, told: new Map() };
  world.state.devices.set(deviceId, device);
  const by = { deviceId, memberId: null };

  const server: DeskServer = {
    async redeem({ scanId, text, source }: Scan) {
      const parsed = parseCode(text);
      if (typeof parsed === "string") throw new RangeError(parsed);
      const lookup = lookupOf(parsed.secretPart);
      return world.ledger.redeem({ scanId, lookup, fingerprint: lookup, source, by });
    },
    outcomeOf: ({ scanId }) => world.records.fateOf(scanId, by),
    undo: (request) => world.records.undo({ ...request, by }),
  };

  return {
    world,
    server,
    send: (scans: OfflineScan[]): Promise<HandInOutcome> => handIn(world.handIns, deviceId, scans),

    async addCode({ purpose = "check_out", resource, maxUses = 1 }: CodeSeed): Promise<ShownCode> {
      const secretPart = random(16);
      const thing = things.get(resource) ?? {
        id: crypto.randomUUID() as ResourceId,
        name: resource,
        loanMinutes: 60,
        version: 0,
      };
      things.set(resource, thing);
      const now = clock.now().wall;
      const code: ModelCode = {
        id: crypto.randomUUID() as CodeId,
        lookup: lookupOf(secretPart),
        offlineId: await offlineIdOf(secretPart),
        purpose,
        holder: MEMBER,
        resource: thing,
        uses: 0,
        maxUses,
        opensAt: new Date(now - 48 * 3_600_000),
        expiresAt: new Date(now + 24 * 3_600_000),
        invalidatedAt: null,
        isRotating: false,
        lastStep: null,
        lease: null,
        deskId: deviceId,
        version: 0,
      };
      world.addCode(code);
      return { text: compactCode(secretPart), code };
    },

    /** What the desk may hold ready for the next 8 hours. */
    manifest: async () =>
      sealManifest({ random }, await world.leases.take(deviceId, 8, 500), (await world.leases.policy()).policy, null),
  };
}

/** The model does not care how a look-up is made, as long as it is not the offline id. */
const lookupOf = (secretPart: Uint8Array) => secretPart.toReversed();
