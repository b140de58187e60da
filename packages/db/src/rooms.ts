import type { CodeSigning } from "@tessera/domain/qr/code-signing";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Database } from "./database.ts";
import { auditOf } from "./reads/audit.ts";
import { checkoutsOf } from "./reads/checkouts.ts";
import { codeReaderOf } from "./reads/code-facts.ts";
import { journalOf } from "./reads/journal.ts";
import { resourcesOf } from "./reads/resources.ts";
import { answersOf } from "./stores/answers.ts";
import { apiKeysOf } from "./stores/api-keys.ts";
import { codeKeysOf } from "./stores/code-keys.ts";
import { codeRegister } from "./stores/code-register.ts";
import { conflictsOf } from "./stores/conflicts.ts";
import { desksOf } from "./stores/desks.ts";
import { handInsOf } from "./stores/hand-ins.ts";
import { invitationsOf } from "./stores/invitations.ts";
import { labelsOf } from "./stores/labels.ts";
import { leasesOf } from "./stores/leases.ts";
import { loanRulesOf } from "./stores/loan-rules.ts";
import { membersOf } from "./stores/members.ts";
import { pairingRequestsOf } from "./stores/pairing-requests.ts";
import { placesOf } from "./stores/places.ts";
import { redemptionLedger } from "./stores/redemption-ledger.ts";
import { type RedemptionQueue, redemptionQueue } from "./stores/redemption-queue.ts";
import { renewalsOf } from "./stores/renewals.ts";
import { requestsOf } from "./stores/requests.ts";
import { reservationsOf } from "./stores/reservations.ts";
import { scanRecords } from "./stores/scan-records.ts";
import { securityOf } from "./stores/security-book.ts";
import { settingsOf } from "./stores/settings.ts";
import { thingsOf } from "./stores/things.ts";
import { visitsOf } from "./stores/visits.ts";
import { waitingQueueOf } from "./stores/waiting-queue.ts";
import { type InTenant, inTenant } from "./tenant.ts";

export interface RoomsOptions {
  /** Makes the public halves of signing keys. */
  signing: Pick<CodeSigning, "publicKeyOf">;
  /** Called after each write, so that its news can leave. */
  onChange(): void;
}

/** Those that decide in one statement of their own, outside any transaction of the tenant. */
type HotRooms = "ledger" | "records" | "leases" | "handIns" | "pairingRequests" | "answers";

/** Rooms hold nothing, so they may be opened again; opening them costs a tenth of a call. */
const MOST_REMEMBERED = 1_000;

/**
 * Opens the rooms of tenants. What is opened holds nothing, and is remembered for the next call; what one tenant's calls
 * share, the queue of its scans, lives in here as long as something is in it.
 *
 * @param database Where.
 * @param options What keys are made with, and who is told of changes.
 * @returns The rooms of one tenant, as the gate minted it.
 */
export function openTenants(
  database: Database,
  { signing, onChange }: RoomsOptions,
): (scope: TenantScope) => TenantRooms {
  const queues = new Map<TenantScope, RedemptionQueue>();

  function queueOf(scope: TenantScope): RedemptionQueue {
    const known = queues.get(scope);
    if (known) return known;
    const queue = redemptionQueue(database, scope, onChange, () => {
      if (queues.get(scope) === queue) queues.delete(scope);
    });
    queues.set(scope, queue);
    return queue;
  }

  const roomsIn =
    (scope: TenantScope, onWrite: () => void) =>
    (tenant: InTenant): Omit<TenantRooms, HotRooms> => ({
      codes: { ...codeRegister(database, scope, tenant, onWrite), ...codeReaderOf(scope, tenant) },
      keyBook: codeKeysOf(scope, tenant, signing, onWrite),
      conflicts: conflictsOf(database, scope, tenant, onWrite),
      settings: settingsOf(scope, tenant, onWrite),
      resources: resourcesOf(scope, tenant),
      things: thingsOf(scope, tenant, onWrite),
      labels: labelsOf(scope, tenant, onWrite),
      checkouts: { ...checkoutsOf(scope, tenant), ...renewalsOf(scope, tenant, onWrite) },
      loanRules: loanRulesOf(scope, tenant, onWrite),
      reservations: reservationsOf(scope, tenant, onWrite),
      queue: waitingQueueOf(scope, tenant, onWrite),
      invitations: invitationsOf(scope, tenant),
      desks: desksOf(scope, tenant, onWrite),
      apiKeys: apiKeysOf(scope, tenant, onWrite),
      places: placesOf(scope, tenant, onWrite),
      visits: visitsOf(scope, tenant, onWrite),
      requests: requestsOf(scope, tenant, onWrite),
      members: membersOf(scope, tenant, onWrite),
      security: securityOf(scope, tenant, onWrite),
      journal: journalOf(scope, tenant),
      audit: auditOf(scope, tenant),
    });

  const opened = new Map<TenantScope, TenantRooms>();

  function open(scope: TenantScope): TenantRooms {
    const tenant = inTenant(database, scope);
    return {
      ...roomsIn(scope, onChange)(tenant),
      ledger: redemptionLedger(database, scope, { decide: (scan) => queueOf(scope).decide(scan) }),
      records: scanRecords(database, scope, onChange),
      leases: leasesOf(database, scope, tenant, onChange),
      handIns: handInsOf(database, scope, tenant, onChange),
      pairingRequests: pairingRequestsOf(database, scope),
      // News written inside a transaction leaves after it, so the rooms within say nothing themselves.
      answers: answersOf(
        scope,
        tenant,
        roomsIn(scope, () => {}),
        onChange,
      ),
    };
  }

  return (scope) => {
    const known = opened.get(scope);
    if (known) return known;
    if (opened.size >= MOST_REMEMBERED) opened.clear();
    const rooms = open(scope);
    opened.set(scope, rooms);
    return rooms;
  };
}
