import type { Tenant } from "../world/tenants.ts";
import { type Follower, type Referee, storyKey } from "./referee.ts";
import { hold } from "./violation.ts";

/** What desks still hold when everything has come to rest. */
export interface LeftOver {
  name: string;
  scans: number;
}

/** The promises that can be judged only when nothing is under way any more. */
export function checkAtRest(
  { stories, watch, reached }: Referee,
  tenants: readonly Tenant[],
  followers: ReadonlyArray<{ tenant: Tenant; name: string; follower: Follower }>,
  leftOver: readonly LeftOver[],
): void {
  watch(() => {
    for (const { name, scans } of leftOver) {
      hold(scans === 0, "I14 liveness", () => `${name} waits for the verdicts of ${scans} scans`);
    }
    for (const tenant of tenants) {
      for (const { type } of tenant.model.state.journal) reached(type);
      checkNews(tenant);
      checkConflicts(tenant, [...stories().values()]);
    }
    checkAnswers(stories());
    for (const one of followers) checkView(one);
  });
}

/** I6 and I12: every decision is told of, once. */
function checkNews({ model, mark }: Tenant): void {
  const { journal, outbox, redemptions, scans } = model.state;
  hold(outbox.length === 0, "I14 liveness", () => `${outbox.length} news of ${mark} wait for the relay`);
  const told = new Map<string, number>();
  for (const { type, scanId } of journal) told.set(`${type} ${scanId}`, (told.get(`${type} ${scanId}`) ?? 0) + 1);
  const yes = journal.filter(({ type }) => type === "code.redeemed").length;
  hold(yes === redemptions.length, "I6 journal", () => `${redemptions.length} redemptions of ${mark}, ${yes} told of`);
  for (const [scanId, { outcome }] of scans) {
    const isNo = outcome.kind === "refused";
    const types = isNo ? ["code.refused", "code.conflict", "scan.withdrawn"] : ["code.redeemed"];
    const count = types.reduce((sum, type) => sum + (told.get(`${type} ${scanId}`) ?? 0), 0);
    hold(count === 1, "I12 untold", () => `${scanId} was decided, and told of ${count} times`);
  }
}

/** I11: a conflict for every scan that a desk had accepted and the database refused, and for no other. */
function checkConflicts({ model }: Tenant, stories: ReadonlyArray<{ tenant: Tenant; isConflict: boolean }>): void {
  const { scans, conflicts } = model.state;
  for (const { scanId, reason } of conflicts) {
    const scan = scans.get(scanId);
    const isRefused = scan?.outcome.kind === "refused" && scan.outcome.refusal.reason === reason;
    hold(isRefused, "I11 offline", () => `${scanId} is a conflict and was not refused as ${reason}`);
    hold(
      model.state.redemptions.every((one) => one.scanId !== scanId),
      "I11 offline",
      () => `${scanId} counts twice`,
    );
  }
  const due = stories.filter((one) => one.tenant.model === model && one.isConflict).length;
  hold(
    due === conflicts.length,
    "I11 offline",
    () => `${due} refused after a desk had accepted them, ${conflicts.length} conflicts`,
  );
}

/** I3, I5, and that no scan of a desk is lost (I11). */
function checkAnswers(stories: ReturnType<Referee["stories"]>): void {
  for (const { tenant, scanId, yes, usedUpAt, isOwed } of stories.values()) {
    const { redemptions, scans } = tenant.model.state;
    hold(
      !isOwed || scans.has(scanId),
      "I11 offline",
      () => `${scanId} was accepted by a desk and nobody has judged it`,
    );
    if (yes) {
      const rows = redemptions.filter((one) => one.scanId === scanId);
      hold(
        rows.length === 1 && rows[0]?.id === yes,
        "I3 lost yes",
        () => `${scanId} heard yes; ${rows.length} redemptions`,
      );
    }
    if (usedUpAt === null) continue;
    const outcome = scans.get(scanId)?.outcome;
    const evidence =
      outcome?.kind === "refused" && outcome.refusal.reason === "already_redeemed" ? outcome.refusal.evidence : null;
    hold(evidence !== null, "I5 unjustified no", () => `${scanId} was told that its code is used, and nothing says so`);
    const code = codeOfScan(tenant, scanId);
    const winners = redemptions.filter((one) => one.code.id === code);
    const invoked = winners.filter(
      (one) => (stories.get(storyKey(tenant, one.scanId))?.invoked ?? 0) < usedUpAt,
    ).length;
    hold(
      invoked >= evidence.maxUses,
      "I5 unjustified no",
      () => `${scanId}: ${invoked} of ${evidence.maxUses} uses were asked for`,
    );
  }
}

function codeOfScan({ model }: Tenant, scanId: string): string | undefined {
  return model.state.journal.find((one) => one.scanId === scanId)?.entityId;
}

/** I7: whoever followed knows what the database knows. */
function checkView({ tenant, name, follower }: { tenant: Tenant; name: string; follower: Follower }): void {
  const { journal, openCheckouts } = tenant.model.state;
  hold(follower.seen === journal.length, "I7 subscriber", () => `${name} is at ${follower.seen} of ${journal.length}`);
  const isSame =
    follower.out.size === openCheckouts.size && [...openCheckouts.keys()].every((id) => follower.out.has(id));
  hold(
    isSame,
    "I7 subscriber",
    () => `${name} believes that ${follower.out.size} things are out, not ${openCheckouts.size}`,
  );
}
