import type {
  DeviceId,
  HandInOutcome,
  OfflineScan,
  RedemptionOutcome,
  ScanId,
  TenantEvent,
  UndoOutcome,
} from "@tessera/contracts";
import type { AdmittedScan } from "@tessera/domain/redemption/ledger";
import { keyOf, type ModelCode } from "@tessera/domain/redemption/model/state";
import type { Tenant } from "../world/tenants.ts";
import { tellsOfOther } from "../world/tenants.ts";
import { type CodeSeen, expectedVerdict } from "./expected-verdict.ts";
import { hold, Violation } from "./violation.ts";
import { checkCounts, checkJournal } from "./whole-state.ts";

/** What clients and desks have seen of one scan. */
interface ScanStory {
  tenant: Tenant;
  scanId: ScanId;
  /** The step at which it was first sent, or accepted by a desk alone. */
  invoked: number;
  /** The last answer, without what may differ between two tellings. */
  heard: string | null;
  yes: string | null;
  /** A desk has accepted it alone, and has not lost its storage since. */
  isOwed: boolean;
  /** It was accepted by a desk and refused by the database: somebody has to look after it. */
  isConflict: boolean;
  /** Of an `already_redeemed`: the step at which it came back. */
  usedUpAt: number | null;
}

/** Watches the world and knows nothing of how it works: what was sent, what was heard, what is written down. */
export interface Referee {
  readonly broken: Violation | null;
  /** A scan leaves its desk for the first time, or is accepted by it. */
  invoked(tenant: Tenant, scanId: ScanId): void;
  /** A desk lets somebody through alone: the scan must be judged one day. */
  accepted(tenant: Tenant, scanId: ScanId): void;
  /** A desk's storage is gone, and what it had not handed in with it. */
  lost(tenant: Tenant, scanId: ScanId): void;
  /** A client reads an answer. */
  heard(tenant: Tenant, outcome: RedemptionOutcome): void;
  heardUndo(tenant: Tenant, outcome: UndoOutcome): void;
  /** From now on its story may not fit any more: two desks tell it, or its numbers were lost. */
  mayStumble(device: DeviceId): void;
  /** A caller names something of another tenant. */
  brings(id: string): void;
  /** A client reads anything else. */
  sees(tenant: Tenant, anything: unknown): void;
  /** Looks at a tenant before a statement decides. */
  before(tenant: Tenant): Look;
  /** Between a commit and the next task. */
  committed(tenant: Tenant, what: string): void;
  /** A member of staff or an operator has cancelled codes. */
  revoked(tenant: Tenant): void;
  follows(tenant: Tenant, name: string): Follower;
  /** By tenant and scan id: the same id in two tenants is two scans. */
  stories(): ReadonlyMap<string, Readonly<ScanStory>>;
  /** Something worth having been there. */
  reached(what: string): void;
  /** Runs a check; its violation is the world's. */
  watch(check: () => void): void;
}

/** The state before a statement, held against what the statement said. */
export interface Look {
  decided(scan: AdmittedScan, outcome: RedemptionOutcome): void;
  judged(device: DeviceId, scans: readonly OfflineScan[], outcome: HandInOutcome): void;
}

/** One subscriber, whatever connections it goes through. */
export interface Follower {
  /** The number of the last event it has. */
  readonly seen: number;
  tell(event: TenantEvent | { seq: number; type: "resync" }): void;
  /** Things it knows to be out. */
  readonly out: ReadonlySet<string>;
}

export interface RefereeParts {
  step(): number;
  /** The database's clock. */
  now(): number;
  reached(what: string): void;
}

/** @returns A referee for one world. */
export function referee({ step, now, reached }: RefereeParts): Referee {
  const stories = new Map<string, ScanStory>();
  const revokedAt = new Map<ModelCode, number>();
  /** Foreign ids that a caller named itself: hearing them back tells it nothing. */
  const brought = new Set<string>();
  const stumbling = new Set<DeviceId>();
  let broken: Violation | null = null;

  function watch(check: () => void): void {
    try {
      check();
    } catch (violation) {
      if (!(violation instanceof Violation)) throw violation;
      broken ??= violation;
    }
  }

  const storyOf = (tenant: Tenant, scanId: ScanId): ScanStory => {
    const key = storyKey(tenant, scanId);
    const known = stories.get(key);
    if (known) return known;
    const story = {
      tenant,
      scanId,
      invoked: step(),
      heard: null,
      yes: null,
      isOwed: false,
      isConflict: false,
      usedUpAt: null,
    };
    stories.set(key, story);
    return story;
  };

  function sees({ mark }: Tenant, anything: unknown): void {
    let text = JSON.stringify(anything) ?? "";
    for (const id of brought) text = text.replaceAll(id, "");
    watch(() => hold(!tellsOfOther(mark, text), "I8 tenancy", () => `tenant ${mark} was told ${text}`));
  }

  /** The withdrawn scan keeps its answer too; a fault of the device says nothing of the scan it named. */
  function heard(tenant: Tenant, outcome: RedemptionOutcome): void {
    sees(tenant, outcome);
    const { scanId } = outcome;
    const reason = outcome.kind === "refused" ? outcome.refusal.reason : null;
    reached(reason ?? (outcome.replayed ? "yes, replayed" : "yes"));
    if (outcome.replayed) reached("replay");
    if (reason && NOT_REMEMBERED.has(reason)) return;
    const story = storyOf(tenant, scanId);
    const told = outcome.kind === "redeemed" ? `yes ${outcome.redemptionId}` : JSON.stringify(outcome.refusal);
    watch(() => {
      hold(
        story.heard === null || story.heard === told,
        "I4 two answers",
        () => `${scanId}: ${story.heard}, then ${told}`,
      );
      story.heard = told;
      if (reason === "already_redeemed") story.usedUpAt ??= step();
      if (outcome.kind !== "redeemed") return;
      story.yes = outcome.redemptionId;
      const rows = tenant.model.state.redemptions.filter((one) => one.scanId === scanId);
      const isThere = rows.length === 1 && rows[0]?.id === outcome.redemptionId;
      hold(isThere, "I3 lost yes", () => `${scanId} heard yes, and ${rows.length} redemptions tell of it`);
    });
  }

  function before(tenant: Tenant): Look {
    const { state } = tenant.model;
    const known = new Set(state.scans.keys());
    const seen = new Map<ModelCode, CodeSeen>();
    const heldBy = new Map<string, CodeSeen["heldBy"]>();
    for (const code of state.codes.values()) seen.set(code, seenOf(code));
    for (const [thing, { holder }] of state.openCheckouts) heldBy.set(thing, holder.id);

    /** Holds one verdict against the rule, and goes on with what it changed. */
    function compare(
      scan: Parameters<typeof expectedVerdict>[1],
      scanId: ScanId,
      code: ModelCode | null,
      outcome: RedemptionOutcome,
    ) {
      if (known.has(scanId) || outcome.replayed) return;
      known.add(scanId);
      const facts = code && seen.get(code);
      if (facts && code) facts.heldBy = heldBy.get(code.resource.id) ?? null;
      const expected = expectedVerdict(facts ?? null, scan, now());
      const told = outcome.kind === "refused" ? outcome.refusal.reason : null;
      hold(told === expected, "I10 verdict", () => `${scanId} heard ${told ?? "yes"} and should ${expected ?? "yes"}`);
      if (told !== null || !facts || !code) return;
      const revoked = revokedAt.get(code);
      hold(
        revoked === undefined,
        "I9 revoked",
        () => `${scanId} redeemed a code that was cancelled at step ${revoked}`,
      );
      facts.uses++;
      heldBy.set(code.resource.id, facts.purpose === "check_out" ? facts.holderId : null);
    }

    /** While a code is kept for a desk nobody else can use it up: what the desk let through by its lease stands. */
    function checkLease(
      device: DeviceId,
      { basis, scanId }: OfflineScan,
      code: ModelCode | null,
      outcome: RedemptionOutcome,
    ): void {
      const lease = code && seen.get(code)?.lease;
      if (basis !== "lease" || !lease || !code || known.has(scanId)) return;
      const isTheirs = lease.deviceId === device && lease.until > now() && !stumbling.has(device) && code.maxUses === 1;
      const isTaken = outcome.kind === "refused" && outcome.refusal.reason === "already_redeemed";
      hold(
        !isTheirs || !isTaken,
        "I11 offline",
        () => `${scanId} was let through by a lease, and its code was used by others`,
      );
    }

    return {
      decided: (scan, outcome) =>
        watch(() => {
          const code = state.codes.get(keyOf(scan.lookup)) ?? null;
          compare({ deviceId: scan.by.deviceId, claimedAt: null }, scan.scanId, code, outcome);
        }),
      judged: (device, scans, outcome) =>
        watch(() => {
          if (outcome.kind === "quarantined") {
            const isDeserved = stumbling.has(device);
            return hold(isDeserved, "I11 offline", () => `${device} told its story truly and was quarantined`);
          }
          for (const [index, scan] of scans.entries()) {
            const verdict = outcome.verdicts[index];
            hold(verdict?.seq === scan.seq, "I11 offline", () => `scan ${scan.seq} was handed in and has no verdict`);
            const told = verdict.outcome.kind === "refused" ? verdict.outcome.refusal.reason : null;
            const isOwn = told !== "idempotency_mismatch";
            hold(
              isOwn,
              "I11 offline",
              () => `${scan.scanId} was sent before it was accepted, and hears a fault for its answer`,
            );
            if (verdict.outcome.replayed) reached("handed in twice");
            else if (told && told !== "not_found") storyOf(tenant, scan.scanId).isConflict = true;
            const code = state.byOfflineId.get(offlineKey(scan.offlineId)) ?? null;
            checkLease(device, scan, code, verdict.outcome);
            compare({ deviceId: device, claimedAt: Date.parse(scan.claimedAt) }, scan.scanId, code, verdict.outcome);
          }
        }),
    };
  }

  return {
    get broken() {
      return broken;
    },
    invoked: (tenant, scanId) => void storyOf(tenant, scanId),
    accepted(tenant, scanId) {
      storyOf(tenant, scanId).isOwed = true;
    },
    lost(tenant, scanId) {
      storyOf(tenant, scanId).isOwed = false;
    },
    heard,
    heardUndo(tenant, outcome) {
      sees(tenant, outcome);
      reached(outcome.kind === "refused" ? outcome.because : outcome.kind);
    },
    mayStumble: (device) => void stumbling.add(device),
    brings: (id) => void brought.add(id),
    sees,
    before,
    committed: (tenant, what) =>
      watch(() => {
        checkCounts(tenant);
        if (what === "relay") checkJournal(tenant);
      }),
    revoked({ model }) {
      for (const code of model.state.codes.values()) {
        if (code.invalidatedAt && !revokedAt.has(code)) revokedAt.set(code, step());
      }
    },
    follows: (tenant, name) => follower(tenant, name, { watch, sees, reached }),
    stories: () => stories,
    reached,
    watch,
  };
}

export const storyKey = ({ mark }: Tenant, scanId: ScanId): string => `${mark} ${scanId}`;

/** Answers that the ledger does not keep, or that say nothing of the scan whose id was used. */
const NOT_REMEMBERED: ReadonlySet<string> = new Set([
  "malformed",
  "unsupported",
  "unknown_key",
  "bad_signature",
  "disabled",
  "idempotency_mismatch",
]);

const offlineKey = (base64url: string): string => Buffer.from(base64url, "base64url").toString("latin1");

const seenOf = (code: ModelCode): CodeSeen => ({
  purpose: code.purpose,
  holderId: code.holder.id,
  uses: code.uses,
  maxUses: code.maxUses,
  opensAt: code.opensAt.getTime(),
  expiresAt: code.expiresAt.getTime(),
  isRevoked: code.invalidatedAt !== null,
  lease: code.lease && { deviceId: code.lease.deviceId, until: code.lease.until.getTime() },
  heldBy: null,
});

function follower(
  tenant: Tenant,
  name: string,
  { watch, sees, reached }: Pick<Referee, "watch" | "sees"> & Pick<RefereeParts, "reached">,
): Follower {
  const versions = new Map<string, number>();
  const out = new Set<string>();
  let seen = 0;

  function change(event: TenantEvent): void {
    if (event.type !== "code.redeemed" && event.type !== "code.undone") return;
    const { resourceId, resourceVersion, purpose } = event.payload;
    const last = versions.get(resourceId) ?? 0;
    hold(
      resourceVersion > last,
      "I7 subscriber",
      () => `${name}: ${resourceId} went from ${last} to ${resourceVersion}`,
    );
    versions.set(resourceId, resourceVersion);
    const isOut = (purpose === "check_out") === (event.type === "code.redeemed");
    if (isOut) out.add(resourceId);
    else out.delete(resourceId);
  }

  return {
    get seen() {
      return seen;
    },
    out,
    tell(event) {
      sees(tenant, event);
      watch(() => {
        if (event.type === "resync") {
          reached("resync");
          hold(event.seq >= seen, "I7 subscriber", () => `${name} was sent back from ${seen} to ${event.seq}`);
          seen = event.seq;
          out.clear();
          for (const id of tenant.model.state.openCheckouts.keys()) out.add(id);
          return;
        }
        if (event.seq <= seen) return reached("event told twice");
        hold(event.seq === seen + 1, "I7 subscriber", () => `${name} saw ${event.seq} after ${seen}`);
        seen = event.seq;
        change(event);
      });
    },
  };
}
