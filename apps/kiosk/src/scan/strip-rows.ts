import type { Purpose, Resource, Speech } from "@tessera/contracts";
import { type OutcomeTone, shortMoment } from "@tessera/ui";
import { type Answer, answerWords } from "./answer.ts";
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
  const others = elsewhere.filter((scan) => !recent.some(({ outcome }) => isSame(outcome, scan)));
  const nameOf = (id: string) => resources.find((resource) => resource.id === id)?.name ?? "Something";

  const ownRows = recent.map((scan) => ({ at: scan.at, row: ownRow(scan, speech) }));
  const otherRows = others
    .slice(0, Math.max(0, LENGTH - ownRows.length))
    .map((scan) => ({ at: scan.at, row: otherRow(scan, nameOf(scan.resourceId), speech) }));
  return [...ownRows, ...otherRows].sort((a, b) => b.at.localeCompare(a.at)).map(({ row }) => row);
}

/** What was accepted here has another id at the server once it is handed in; the thing and the way tell that it is the same. */
function isSame(own: Answer, { redemptionId, resourceId, purpose }: ElsewhereScan): boolean {
  if (own.kind === "redeemed") return own.redemptionId === redemptionId;
  if (own.kind !== "accepted" || own.basis !== "lease") return false;
  return own.redeemed.resource.id === resourceId && own.redeemed.purpose === purpose;
}

function ownRow({ outcome, at, verdict = null }: RecentScan, speech: Speech): StripRow {
  const { tone, word } = answerWords(outcome, speech);
  const row = { id: outcome.scanId, tone, time: shortMoment(at, speech), isElsewhere: false };
  if (outcome.kind === "refused") return { ...row, way: null, title: word, about: thingIn(outcome.refusal) };
  if (outcome.kind === "passed_before") return { ...row, way: null, title: word, about: "" };
  if (outcome.kind === "accepted") {
    const redeemed = outcome.basis === "lease" ? outcome.redeemed : null;
    const way = redeemed && wayOf[redeemed.purpose];
    return { ...row, ...verdictOf(verdict), way, title: redeemed?.resource.name ?? word };
  }
  return { ...row, way: wayOf[outcome.purpose], title: outcome.resource.name, about: outcome.holder.name };
}

/** An amber line becomes a green or a red one when the server has judged it. */
function verdictOf(verdict: RecentScan["verdict"]): Pick<StripRow, "tone" | "about"> {
  if (!verdict) return { tone: "kept", about: "to be confirmed" };
  return verdict === "redeemed" ? { tone: "yes", about: "confirmed" } : { tone: "no", about: "conflict: see staff" };
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
