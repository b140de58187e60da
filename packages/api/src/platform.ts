import type {
  ApiKeyId,
  DemoDesk,
  DeviceId,
  Failure,
  FlagKey,
  GuestId,
  MemberId,
  RedemptionOutcome,
  Role,
  SecretAges,
  TenantId,
} from "@tessera/contracts";
import type { FlagSetting, FlagSettings } from "@tessera/contracts/flags";
import type { KnownDevice, Pairing } from "@tessera/domain/devices/pairing";
import type { Bus } from "@tessera/domain/events/bus";
import type { BreakerBook } from "@tessera/domain/flags/breaker-book";
import type { FlagSet } from "@tessera/domain/flags/evaluate";
import type { FlagBook, FlagSurvey } from "@tessera/domain/flags/flag-book";
import type { RampBook } from "@tessera/domain/flags/ramp-book";
import type { Guard } from "@tessera/domain/guard/guard";
import type { KnownGuest } from "@tessera/domain/guests/guest-sessions";
import type { GuestGate } from "@tessera/domain/guests/places";
import type { KnownKey } from "@tessera/domain/keys/api-keys";
import type { Limiter } from "@tessera/domain/limits/limiter";
import type { Accounts, Joining } from "@tessera/domain/people/accounts";
import type { Post } from "@tessera/domain/people/mails";
import type { CodeSigning } from "@tessera/domain/qr/code-signing";
import type { CodeKeys } from "@tessera/domain/qr/keys";
import type { Legibility } from "@tessera/domain/qr/legibility";
import type { RingCache } from "@tessera/domain/qr/ring-cache";
import type { Fact } from "@tessera/domain/suspicion/notebook";
import type { SecurityBook } from "@tessera/domain/suspicion/security-book";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";

/** Everything the procedures work with, whatever the deployment is made of. Ports and shapes only. */
export interface Platform {
  openTenant(scope: TenantScope): TenantRooms;
  pairing: Pairing;
  guests: GuestGate;
  keys: CodeKeys;
  /** Of secrets that the deployment had before and that have not ended. Nearly always none. */
  olderKeys(): readonly CodeKeys[];
  secretAges(): Promise<SecretAges>;
  signing: CodeSigning;
  /** The verifying keys of tenants, remembered for a moment: a forged code costs no question to the database. */
  rings: RingCache;
  /** Public keys this deployment has sealed journals with, hexadecimal. */
  sealKeys: readonly string[];
  guard: Guard;
  /** Who counts calls; null: nobody, they are not limited here. */
  limiter: Limiter | null;
  security: SecurityPost;
  legibility: Legibility;
  bus: Bus;
  /** The flags as this process knows them: every decision comes from here, none waits. */
  flags: FlagBoard;
  /** The flags as they are written down, for who changes them. */
  flagBook: FlagBook;
  survey: FlagSurvey;
  ramps: RampBook;
  breakers: BreakerBook;
  traffic: TrafficMeter;
  /** @returns SHA-256 of a text. */
  hashOf(text: string): Uint8Array;
  /** @returns `length` bytes from a cryptographic source. */
  random(length: number): Uint8Array<ArrayBuffer>;
  now(): Date;
  /** Where people reach the product: `https://lend.example`. */
  address: string;
  post: Post;
  joining: Joining;
  accounts: Accounts;
  signIn: PeopleSignIn;
  /** Told of each scan that has its answer: how it ended, and how many milliseconds it took. */
  scanned(end: RedemptionOutcome | { kind: "failed"; failure: Failure }, ms: number): void;
  /** Desks anyone may be in the demo; none outside it. */
  demoDesks: readonly DemoDesk[];
}

/** Notes what may be a sign of harm, and knows whom nobody serves. Neither asks the database. */
export interface SecurityPost {
  /** Something that may be harmless once. Costs two look-ups in a map. */
  note(fact: Omit<Fact, "at">): void;
  /** @returns Who blocked an address for a tenant's callers, or for everybody; null: nobody did. */
  blockedBy(address: string, tenantId: TenantId | null): "tenant" | "platform" | null;
  /** Reads what is blocked again. Never rejects: while it cannot be read, what is known holds. */
  refresh(): Promise<void>;
  /** What strangers do, and who is blocked for everybody. */
  book: SecurityBook;
}

/** The flags as this process knows them: decided from memory, changed through the database. */
export interface FlagBoard extends FlagSet {
  settings(): readonly FlagSetting[];
  /** The active tenants, the oldest first. */
  tenants(): readonly TenantId[];
  /** @returns What the deployment's environment says about a flag, whatever is set; null: nothing. */
  overrideOf(key: FlagKey): boolean | null;
  /** @returns All flags as they would be decided if one were set otherwise. */
  as(key: FlagKey, set: Partial<FlagSettings>): FlagSet;
  /**
   * Reads the settings again, until they are as new as this call. Many calls at once are one reading. Never throws.
   *
   * @returns Whether they are; false after two seconds of a database that does not answer. The reading goes on.
   */
  refresh(): Promise<boolean>;
}

/** One call that got its answer. */
export interface MeteredCall {
  path: string;
  tenantId: TenantId | null;
  /** The flag that the call went through, when it was on for the caller. */
  exposedTo: FlagKey | null;
  /** By our own fault; null: it was answered, if only by a refusal. */
  failure: string | null;
  /** What stands in the log beside a failure. */
  trace: string;
}

/** Counts calls for the breakers. */
export interface TrafficMeter {
  called(call: MeteredCall): void;
}

/** What is asked of the sign-in library beyond who is here. */
export interface PeopleSignIn {
  /** @returns A password as it is kept. */
  hashPassword(password: string): Promise<string>;
  /** @returns Whether it is that person's password. */
  isPassword(userId: string, password: string): Promise<boolean>;
  /** @returns Whether the token of a letter was good. */
  confirmEmail(token: string): Promise<boolean>;
}

/** Who is signed in, whatever they belong to. */
export interface SignedInPerson {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  hasSecondFactor: boolean;
  /** The oldest first. */
  memberships: readonly { role: Role; tenant: { name: string; slug: string } }[];
}

/** Who is asking, as the server recognised them by cookie or token. */
export type Caller =
  | {
      kind: "member";
      memberId: MemberId;
      name: string;
      role: Role;
      waitingRole: Role | null;
      tenant: { id: TenantId; name: string };
    }
  | ({ kind: "device" } & KnownDevice)
  | ({ kind: "key" } & KnownKey)
  | ({ kind: "guest" } & KnownGuest);

/** @returns The id of whoever asks: of the member, the device, the key or the guest's session. */
export function idOf(caller: Caller): MemberId | DeviceId | ApiKeyId | GuestId {
  switch (caller.kind) {
    case "member":
      return caller.memberId;
    case "device":
      return caller.deviceId;
    case "key":
      return caller.keyId;
    case "guest":
      return caller.guestId;
  }
}
