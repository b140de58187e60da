import type { Purpose, Resource, Speech } from "@tessera/contracts";
import { type OutcomeTone, outcomeOf, shortMoment } from "@tessera/ui";
import type { Desk, ElsewhereScan, RecentScan } from "./desk-state.ts";

/** One line of the strip. */
export interface StripRow {
  id: string;
  tone: OutcomeTone;
  /** Which way the thing went; null for a refusal. */
  way: "Out" | "Back" | null;
  /** The thing, or the word of a refusal. */
  title: string;
  /** Whose, or what about. */
  about: string;
  time: string;
  isElsewhere: boolean;
}

const LENGTH = 5;

/** This desk's last scans, newest first; what room they leave goes to the other desks. */
export function stripRows(
  { recent, elsewhere }: Pick<Desk, "recent" | "elsewhere">,
  resources: readonly Pick<Resource, "id" | "name">[],
  speech: Speech,
): StripRow[] {
  const own = new Set<string | null>(
    recent.map(({ outcome }) => (outcome.kind === "redeemed" ? outcome.redemptionId : null)),
  );
  const others = elsewhere.filter(({ redemptionId }) => !own.has(redemptionId));
  const nameOf = (id: string) => resources.find((resource) => resource.id === id)?.name ?? "Something";

  const ownRows = recent.map((scan) => ({ at: scan.at, row: ownRow(scan, speech) }));
  const otherRows = others
    .slice(0, Math.max(0, LENGTH - ownRows.length))
    .map((scan) => ({ at: scan.at, row: otherRow(scan, nameOf(scan.resourceId), speech) }));
  return [...ownRows, ...otherRows].sort((a, b) => b.at.localeCompare(a.at)).map(({ row }) => row);
}

function ownRow({ outcome, at }: RecentScan, speech: Speech): StripRow {
  const { tone, word } = outcomeOf(outcome, speech);
  const row = { id: outcome.scanId, tone, time: shortMoment(at, speech), isElsewhere: false };
  if (outcome.kind === "refused") return { ...row, way: null, title: word, about: thingIn(outcome.refusal) };
  return { ...row, way: wayOf[outcome.purpose], title: outcome.resource.name, about: outcome.holder.name };
}

const otherRow = ({ redemptionId, purpose, at }: ElsewhereScan, title: string, speech: Speech): StripRow => ({
  id: redemptionId,
  tone: "yes",
  way: wayOf[purpose],
  title,
  about: "elsewhere",
  time: shortMoment(at, speech),
  isElsewhere: true,
});

const wayOf = { check_out: "Out", check_in: "Back" } as const satisfies Record<Purpose, string>;

const thingIn = (refusal: { reason: string; evidence?: object }): string =>
  refusal.evidence && "resource" in refusal.evidence ? String(refusal.evidence.resource) : "";
