import type { MemberId, TenantSettings } from "@tessera/contracts";
import type { Desks, PairingRequests } from "./devices/desks.ts";
import type { Invitations } from "./devices/pairing.ts";
import type { Journal } from "./events/follow.ts";
import type { Places, Visits } from "./guests/places.ts";
import type { Requests } from "./guests/requests.ts";
import type { AuditLog } from "./journal/audit-log.ts";
import type { ApiKeys } from "./keys/api-keys.ts";
import type { Labels } from "./labels/labels.ts";
import type { LoanRuleBook } from "./lending/loan-rules.ts";
import type { Reservations } from "./lending/reservations.ts";
import type { Checkouts, Resources } from "./lending/shelf.ts";
import type { Things } from "./lending/things.ts";
import type { WaitingQueue } from "./lending/waiting-queue.ts";
import type { Members } from "./people/members.ts";
import type { KeyBook } from "./qr/key-ring.ts";
import type { TenantChoices } from "./redemption/code-tools.ts";
import type { Conflicts, HandIns } from "./redemption/hand-in.ts";
import type { CodeRegister } from "./redemption/issue-code.ts";
import type { Leases } from "./redemption/leases.ts";
import type { RedemptionLedger, ScanRecords } from "./redemption/ledger.ts";
import type { CodeReader } from "./redemption/preview-code.ts";
import type { SecurityBook } from "./suspicion/security-book.ts";

/** Everything of one tenant that is written down. `db` fills these rooms, `api` is asked for what is in them. */
export interface TenantRooms {
  ledger: RedemptionLedger;
  records: ScanRecords;
  codes: CodeRegister & CodeReader;
  keyBook: KeyBook;
  leases: Leases;
  handIns: HandIns;
  conflicts: Conflicts;
  settings: Settings;
  resources: Resources;
  things: Things;
  labels: Labels;
  checkouts: Checkouts;
  loanRules: LoanRuleBook;
  reservations: Reservations;
  queue: WaitingQueue;
  invitations: Invitations;
  pairingRequests: PairingRequests;
  desks: Desks;
  apiKeys: ApiKeys;
  places: Places;
  visits: Visits;
  requests: Requests;
  members: Members;
  security: SecurityBook;
  journal: Journal;
  audit: AuditLog;
  answers: Answers;
}

/** What a tenant has chosen for itself. */
export interface Settings {
  read(): Promise<TenantChoices>;
  /** @param by Who chose. */
  save(settings: TenantSettings, by: MemberId): Promise<void>;
  /** @returns Whether staff without a second factor have only the rights of a member. */
  staffNeedSecondFactor(): Promise<boolean>;
  /** @param by Who chose. */
  needSecondFactor(isNeeded: boolean, by: MemberId): Promise<void>;
}

/** Which call an answer belongs to. */
export interface AskedOnce {
  /** Who asks: two callers may use the same key without knowing of each other. */
  callerId: string;
  /** A UUID, made by the caller for one intent of a person. */
  key: string;
  procedure: string;
  /** SHA-256 of the input: the same key for another input is a fault of the caller. */
  fingerprint: Uint8Array;
}

/** Answers of mutations other than redemption, kept so that asking again does not do it again. */
export interface Answers {
  /**
   * Does some work once for a key. The claim, the work and its answer are one transaction: either all is written or
   * nothing, so a crash leaves nothing half done, and a twin that comes meanwhile waits for the first.
   *
   * @param asked Which call.
   * @param work Gets rooms that write inside this transaction. What it throws undoes everything.
   * @returns The answer of the first time; `mismatch` when the key stood for another call.
   */
  once<T>(
    asked: AskedOnce,
    work: (rooms: TransactedRooms) => Promise<T>,
  ): Promise<{ kind: "answered"; answer: T; replayed: boolean } | { kind: "mismatch" }>;
}

/** The rooms that can write inside a larger transaction. Those of the hot path decide in one statement of their own. */
export type TransactedRooms = Omit<
  TenantRooms,
  "ledger" | "records" | "leases" | "handIns" | "keyBook" | "pairingRequests" | "answers" | "codes"
> & {
  codes: Omit<TenantRooms["codes"], "issue">;
};
