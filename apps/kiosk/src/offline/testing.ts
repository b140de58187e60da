import type { CodeId, DeviceId, Manifest, MemberId, ResourceId, ScanId } from "@tessera/contracts";
import { fromBase64url } from "@tessera/domain/qr/base64url";
import { offlineIdOf } from "@tessera/domain/qr/offline-id";
import type { LeasedCode } from "@tessera/domain/redemption/leases";
import type { AdmittedScan } from "@tessera/domain/redemption/ledger";
import type { CodeSeed } from "@tessera/domain/redemption/ledger.suite";
import { sealManifest, tagOf } from "@tessera/domain/redemption/manifest";
import type { DeskClock } from "./desk-clock.ts";
import { flagIntake } from "./flag-intake.ts";
import { manifestIntake } from "./manifest-intake.ts";
import { offlineLedger } from "./offline-ledger.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { type DeskStore, deskStore, type StorePlace } from "./store.ts";

/** A clock that a test moves. */
export interface HandClock {
  now: DeskClock;
  /** Time goes by, as both clocks see it. */
  pass(seconds: number): void;
  /** Somebody sets the wall clock; or the device has slept, and the monotonic one stood still. */
  moveWall(seconds: number): void;
  restart(): void;
}

export const START = Date.parse("2026-11-22T08:00:00.000Z");

export function handClock(): HandClock {
  let moment = { boot: "first", monotonic: 5_000, wall: START };
  return {
    now: () => ({ ...moment }),
    pass: (seconds) => {
      moment = {
        ...moment,
        monotonic: moment.monotonic + seconds * 1_000,
        wall: moment.wall + seconds * 1_000,
      };
    },
    moveWall: (seconds) => {
      moment = { ...moment, wall: moment.wall + seconds * 1_000 };
    },
    restart: () => {
      moment = { ...moment, boot: "second", monotonic: 0 };
    },
  };
}

export const FRONT_DESK = { deviceId: "0199c000-0000-7000-8000-000000000001" as DeviceId, name: "Front desk" };
export const MEMBER = { id: "0199c000-0000-7000-8000-000000000002" as MemberId, name: "Member" };
const HOUR_MS = 3_600_000;

export const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
export const newScanId = () => crypto.randomUUID() as ScanId;

/** A code as the server leases it. Two codes for one name are about one thing. */
export function codeMaker() {
  const things = new Map<string, ResourceId>();
  return async (seed: Omit<CodeSeed, "revoked">, now = START): Promise<LeasedCode> => {
    const { purpose = "check_out", resource, maxUses = 1, opensIn = -3_600, endsIn = 12 * 3_600 } = seed;
    const id = things.get(resource) ?? (crypto.randomUUID() as ResourceId);
    things.set(resource, id);
    return {
      codeId: crypto.randomUUID() as CodeId,
      offlineId: await offlineIdOf(random(16)),
      purpose,
      uses: 0,
      maxUses,
      opensAt: new Date(now + opensIn * 1_000),
      expiresAt: new Date(now + endsIn * 1_000),
      holder: MEMBER,
      resource: { id, name: resource, loanMinutes: 60 },
      standing: null,
    };
  };
}

/** A manifest as the server makes it: leases of 8 hours from `START`, unless told otherwise. */
export const manifestOf = (
  codes: readonly LeasedCode[],
  { policy = "leased", issuedAt = START, hours = 8, signed = null }: ManifestGiven = {},
): Promise<Manifest> =>
  sealManifest(
    { random },
    { issuedAt: new Date(issuedAt), until: new Date(issuedAt + hours * HOUR_MS), codes },
    policy,
    signed,
  );

interface ManifestGiven {
  policy?: Manifest["policy"];
  issuedAt?: number;
  hours?: number;
  signed?: Parameters<typeof sealManifest>[3];
}

/** A desk with its store and its ledger. */
export function deskAt(
  place: StorePlace,
  clock: HandClock,
  wrap: (store: DeskStore) => DeskStore = (store) => store,
  name = "desk",
) {
  const store = wrap(deskStore(name, place));
  const tools = { store, clock: clock.now, desk: FRONT_DESK, newId: () => crypto.randomUUID(), calm: oneAtATime() };
  return {
    store,
    ledger: offlineLedger(tools),
    intake: manifestIntake(store, clock.now),
    flags: flagIntake(store, clock.now),
  };
}

/** Gives a desk its manifest. */
export async function holding({ intake }: Pick<ReturnType<typeof deskAt>, "intake">, manifest: Manifest) {
  return intake.receive(await intake.ask(), manifest);
}

/** A scan of a code at the desk. */
export const scanOf = (offlineId: Uint8Array, scanId = newScanId()): AdmittedScan => ({
  scanId,
  lookup: offlineId,
  fingerprint: offlineId.map((byte) => byte ^ 0xff),
  source: "camera",
  by: { deviceId: FRONT_DESK.deviceId, memberId: null },
});

/** Puts one more code into the manifest that a desk has, as if it had been there from the start. */
export async function alsoHolding(store: DeskStore, code: LeasedCode, isRevoked = false): Promise<void> {
  const { salt = "", issuedAt = "" } = (await store.read(({ manifest }) => manifest.get(1))) ?? {};
  const kept = fromBase64url(salt);
  const grant = { issuedAt: new Date(issuedAt), until: new Date(issuedAt), codes: [code] };
  const { entries } = await sealManifest(
    { random: (length) => (length === kept.length ? kept : random(length)) },
    grant,
    "leased",
    null,
  );
  const tag = await tagOf(kept, code.offlineId);
  await store.write(async (tables) => {
    await tables.entries.bulkPut(entries);
    const revokedAt = isRevoked ? new Date(START).toISOString() : null;
    await tables.uses.put({ tag, taken: 0, isSpent: false, revokedAt, at: null });
    return {};
  });
}

/** Every row of every table, as somebody copies them who has the device in hand. */
export async function everyRow(store: DeskStore): Promise<Record<string, unknown[]>> {
  await store.device();
  return store.read(async (tables) => {
    const rows = Object.entries(tables).map(async ([name, table]) => [name, await table.toArray()] as const);
    return Object.fromEntries(await Promise.all(rows));
  });
}
