import type {
  DemoDesk,
  DeviceId,
  Failure,
  FlagDecision,
  FlagKey,
  KilledFlag,
  MemberId,
  RedemptionOutcome,
  Role,
  TenantId,
} from "@tessera/contracts";
import type { Pairing } from "@tessera/domain/devices/pairing";
import type { Bus } from "@tessera/domain/events/bus";
import type { Guard } from "@tessera/domain/guard/guard";
import type { CodeSigning } from "@tessera/domain/qr/code-signing";
import type { CodeKeys } from "@tessera/domain/qr/keys";
import type { Legibility } from "@tessera/domain/qr/legibility";
import type { RingCache } from "@tessera/domain/qr/ring-cache";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";

/** Everything the procedures work with, whatever the deployment is made of. Ports and shapes only. */
export interface Platform {
  openTenant(scope: TenantScope): TenantRooms;
  pairing: Pairing;
  keys: CodeKeys;
  signing: CodeSigning;
  /** The verifying keys of tenants, remembered for a moment: a forged code costs no question to the database. */
  rings: RingCache;
  /** Public keys this deployment has sealed journals with, hexadecimal. */
  sealKeys: readonly string[];
  guard: Guard;
  legibility: Legibility;
  bus: Bus;
  flags: FlagBoard;
  /** @returns SHA-256 of a text. */
  hashOf(text: string): Uint8Array;
  /** @returns `length` bytes from a cryptographic source. */
  random(length: number): Uint8Array<ArrayBuffer>;
  now(): Date;
  /** Told of each scan that has its answer: how it ended, and how many milliseconds it took. */
  scanned(end: RedemptionOutcome | { kind: "failed"; failure: Failure }, ms: number): void;
  /** Desks anyone may be in the demo; none outside it. */
  demoDesks: readonly DemoDesk[];
}

/** The flags as this process knows them: decided from memory, changed through the database. */
export interface FlagBoard {
  decide(key: FlagKey, tenant: TenantId): FlagDecision;
  /** Reads the settings again, until they are as new as this call. Many calls at once are one reading. Never throws. */
  refresh(): Promise<void>;
  /** @returns null when there is no such flag. When it resolves, this process decides by the new setting. */
  kill(key: FlagKey, because: string, by: string): Promise<KilledFlag | null>;
  restore(key: FlagKey, because: string, by: string): Promise<{ revision: number } | null>;
}

/** Who is asking, as the server recognised them by cookie or token. */
export type Caller =
  | { kind: "member"; memberId: MemberId; name: string; role: Role; tenant: { id: TenantId; name: string } }
  | { kind: "device"; deviceId: DeviceId; name: string; tenant: { id: TenantId; name: string } };
