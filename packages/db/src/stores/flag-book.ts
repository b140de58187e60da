import type { FlagKey, TenantId } from "@tessera/contracts";
import type { FlagApproval, FlagChange, FlagRefusalReason, FlagSetting, FlagSettings } from "@tessera/contracts/flags";
import type { FlagActor, FlagBook, UnreadableFlag } from "@tessera/domain/flags/flag-book";
import { inCycles } from "@tessera/domain/flags/prerequisites";
import { type Database, inRole, type Tx } from "../database.ts";
import { flagHistory, namesOf } from "../reads/flag-history.ts";
import { AS_SETTING, actingFor, lockedSetting, type SettingRow, settingIn, tenantsByAge } from "./flag-rows.ts";

type Work = (tx: Tx, was: FlagSetting) => Promise<FlagChange>;
const refused = (reason: FlagRefusalReason): FlagChange => ({ kind: "refused", reason });

/**
 * @param database Where.
 * @param onChange Called after each change, so that its news can leave.
 */
export function flagBook(database: Database, onChange: () => void): FlagBook {
  const asOperator = <T>(work: (tx: Tx) => Promise<T>) => inRole(database, "tessera_operator", work);

  /** Locks the flag, then works on it; what is refused changes nothing. */
  async function changing(key: FlagKey, because: string, by: FlagActor, work: Work): Promise<FlagChange> {
    const change = await asOperator(async (tx) => {
      await actingFor(tx, by, because);
      const was = await lockedSetting(tx, key);
      return was ? work(tx, was) : refused("unknown_flag");
    });
    if (change.kind === "changed") onChange();
    return change;
  }

  const patch = (key: FlagKey, set: Partial<FlagSettings>, because: string, by: FlagActor, fence: Fence) =>
    changing(key, because, by, async (tx, was) => {
      if (fence.revision !== undefined && fence.revision !== was.revision) return refused("moved_on");
      if (!fence.byRamp && movesReach(set) && (await isRamped(tx, key))) return refused("ramp_running");
      if (set.prerequisites && (await closesCycle(tx, key, set.prerequisites))) return refused("cycle");
      await write(tx, key, set);
      return changed(tx, key);
    });

  return {
    read: () =>
      inRole(database, "tessera_gate", async (tx) => {
        const rows = await tx.$queryRaw<
          SettingRow[]
        >`SELECT ${AS_SETTING} AS setting FROM feature_flags f ORDER BY key`;
        const settings: FlagSetting[] = [];
        const unreadable: UnreadableFlag[] = [];
        for (const read of rows.map(settingIn)) {
          if (read && "setting" in read) settings.push(read.setting);
          else if (read) unreadable.push(read.unreadable);
        }
        return { settings, unreadable, tenantsByAge: await tenantsByAge(tx) };
      }),

    async revisions() {
      const { rows } = await database.hot.query<{ key: string; revision: string }>(REVISIONS);
      return new Map(rows.map(({ key, revision }) => [key, Number(revision)]));
    },

    save: ({ key, revision, set, because }, by, byRamp = false) => patch(key, set, because, by, { revision, byRamp }),
    overwrite: (key, set, because, by) => patch(key, set, because, by, { byRamp: false }),

    kill: (key, because, by) =>
      changing(key, because, by, async (tx) => {
        await tx.$executeRaw`UPDATE feature_flags SET killed_at = clock_timestamp(), killed_because = ${because},
          killed_by = ${by.id} WHERE key = ${key}`;
        return changed(tx, key);
      }),

    restore: (key, because, by, tenant) =>
      changing(key, because, by, async (tx, was) => {
        if (!was.killed) return refused("not_killed");
        if (!(await hasOtherOperator(tx, tenant, by.id))) return lift(tx, key);
        return { kind: "asked", approval: await ask(tx, key, because, by.id) };
      }),

    settle: (approvalId, agrees, by) => settle(asOperator, onChange, { approvalId, agrees, by }),

    approvals: () =>
      asOperator(async (tx) => {
        const rows = await tx.flagApproval.findMany({
          where: { settledAt: null },
          orderBy: { askedAt: "asc" },
          take: 50,
        });
        const asked = rows.map(({ askedBy }) => askedBy);
        return rows.map(approvalIn(await namesOf(tx, asked)));
      }),

    history: (key, below) => asOperator((tx) => flagHistory(tx, key, below)),
  };
}

interface Fence {
  revision?: number;
  byRamp: boolean;
}

const REVISIONS = { name: "flag_revisions", text: "SELECT key, revision FROM flag_revisions()" };

/** What a ramp sets; what else a flag says may be changed while it runs. What switches the flag off pauses the ramp itself. */
const movesReach = ({ enabled, archived, targetTenants, tenantShare, config }: Partial<FlagSettings>) =>
  enabled !== false &&
  archived !== true &&
  [enabled, archived, targetTenants, tenantShare, config].some((set) => set !== undefined);

async function isRamped(tx: Tx, key: FlagKey): Promise<boolean> {
  return (await tx.flagRamp.count({ where: { key, state: "running" } })) > 0;
}

async function closesCycle(tx: Tx, key: FlagKey, prerequisites: readonly FlagKey[]): Promise<boolean> {
  const others = await tx.featureFlag.findMany({
    where: { key: { not: key } },
    select: { key: true, prerequisites: true },
  });
  const flags = others.map((flag) => ({ key: flag.key as FlagKey, prerequisites: flag.prerequisites as FlagKey[] }));
  return inCycles([...flags, { key, prerequisites }]).has(key);
}

/** Only what is named changes; a list of no tenants stays apart from no list. */
async function write(tx: Tx, key: FlagKey, set: Partial<FlagSettings>): Promise<void> {
  const { targetTenants, tenantShare, age, ...same } = set;
  const columns = {
    ...same,
    ...(targetTenants !== undefined && { target_tenants: targetTenants }),
    ...(tenantShare !== undefined && { tenant_share: tenantShare }),
    ...(age && { age_minutes: age.minutes, age_after: age.after }),
  };
  await tx.$executeRaw`UPDATE feature_flags f SET (description, enabled, archived, target_tenants, tenant_share, config, denied,
      prerequisites, age_minutes, age_after) = (SELECT n.description, n.enabled, n.archived, n.target_tenants, n.tenant_share,
      n.config, n.denied, n.prerequisites, n.age_minutes, n.age_after
      FROM jsonb_populate_record(f, ${JSON.stringify(columns)}::jsonb) n) WHERE key = ${key}`;
}

async function changed(tx: Tx, key: FlagKey): Promise<FlagChange> {
  const setting = await lockedSetting(tx, key);
  return setting ? { kind: "changed", setting } : refused("unknown_flag");
}

async function lift(tx: Tx, key: FlagKey): Promise<FlagChange> {
  await tx.$executeRaw`UPDATE feature_flags SET killed_at = NULL, killed_because = NULL, killed_by = NULL WHERE key = ${key}`;
  return changed(tx, key);
}

async function hasOtherOperator(tx: Tx, tenantId: TenantId, id: string): Promise<boolean> {
  return (await tx.member.count({ where: { tenantId, role: "operator", id: { not: id } } })) > 0;
}

/** Somebody may be an operator in several tenants, and is another member in each. */
async function isSamePerson(tx: Tx, one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  const [row] = await tx.$queryRaw<{ are: boolean }[]>`SELECT EXISTS (
    SELECT FROM members a JOIN members b ON b.user_id = a.user_id WHERE a.id::text = ${one} AND b.id::text = ${other}) AS are`;
  return row?.are ?? false;
}

/** Asking again renews what waits already. */
async function ask(tx: Tx, key: FlagKey, because: string, askedBy: string): Promise<FlagApproval> {
  await tx.flagApproval.updateMany({ where: { key, settledAt: null }, data: { settledAt: new Date(), agreed: false } });
  const row = await tx.flagApproval.create({ data: { key, act: "restore", because, askedBy } });
  return approvalIn(await namesOf(tx, [askedBy]))(row);
}

interface ApprovalRow {
  id: string;
  key: string;
  because: string;
  askedBy: string;
  askedAt: Date;
}

const approvalIn =
  (nameOf: (id: string) => string) =>
  ({ id, key, because, askedBy, askedAt }: ApprovalRow): FlagApproval => {
    const askedByName = nameOf(askedBy);
    return { id, key: key as FlagKey, act: "restore", because, askedBy, askedByName, askedAt: askedAt.toISOString() };
  };

interface Settlement {
  approvalId: string;
  agrees: boolean;
  by: FlagActor;
}

type AsOperator = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

async function settle(asOperator: AsOperator, onChange: () => void, { approvalId, agrees, by }: Settlement) {
  const change = await asOperator(async (tx): Promise<FlagChange> => {
    const asked = await tx.flagApproval.findFirst({ where: { id: approvalId, settledAt: null } });
    if (!asked) return refused("nothing_asked");
    if (agrees && (await isSamePerson(tx, asked.askedBy, by.id))) return refused("second_person");
    const key = asked.key as FlagKey;
    await actingFor(tx, by, asked.because);
    const was = await lockedSetting(tx, key);
    if (!was) return refused("unknown_flag");
    const settled = await tx.flagApproval.updateMany({
      where: { id: approvalId, settledAt: null },
      data: { settledAt: new Date(), settledBy: by.id, agreed: agrees },
    });
    if (settled.count === 0) return refused("nothing_asked"); // another was faster
    if (!agrees) return { kind: "changed", setting: was };
    return was.killed ? lift(tx, key) : refused("not_killed");
  });
  if (change.kind === "changed") onChange();
  return change;
}
