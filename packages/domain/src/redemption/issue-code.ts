import type {
  ApiKeyId,
  CodeId,
  CodeKind,
  DeviceId,
  InvalidatedAll,
  InvalidateOutcome,
  IssueCode,
  IssueCodeFor,
  IssuedCode,
  IssueOutcome,
  MemberId,
  Refusal,
} from "@tessera/contracts";
import { type CarriedTerms, carriedTerms, claimRefusal, type LoanRuleBook } from "../lending/loan-rules.ts";
import { Misused } from "../misused.ts";
import { toBase64url } from "../qr/base64url.ts";
import { kindFor } from "../qr/kind-for.ts";
import type { Legibility } from "../qr/legibility.ts";
import { mintCode } from "../qr/mint-code.ts";
import { type CodeTools, namesOf } from "./code-tools.ts";

/** How long a member's code lives on the screen. The app renews it before it ends. */
export const MEMBER_CODE_SECONDS = 600;
/** The longest life of a code that staff make. */
export const LONGEST_CODE_DAYS = 366;

/** A code that cannot be read is drawn again; four in a row would mean the scanner itself is broken. */
const DRAWS = 4;

/** What is kept of a fresh code: never its text. */
export interface NewCode extends IssueCode, CarriedTerms {
  lookup: Uint8Array;
  offlineId: Uint8Array;
  kind: CodeKind;
  holderId: MemberId;
  /** Who asked for it. */
  by: MemberId | ApiKeyId;
  mask: number;
  maxUses: number;
  /** null: at once. */
  opensAt: Date | null;
  expiresAt: Date;
  /** The desk that may hold it ready; null for any. */
  deskId: DeviceId | null;
}

/** Where codes are written down, and cancelled. */
export interface CodeRegister {
  /**
   * Writes the code down, in one statement with the check that the resource can be taken or brought back (unless it
   * opens later: then the thing will be asked again).
   *
   * @returns The code as issued, without what only its holder knows; or refused `not_found`, `resource_unavailable`,
   *   `not_checked_out`, `limit_reached` (a code that opens later is asked when it is used).
   */
  issue(
    code: NewCode,
  ): Promise<Omit<IssuedCode, "text" | "mask" | "stepSecret"> | Extract<IssueOutcome, { kind: "refused" }>>;

  /**
   * Cancels a code that was not used yet. It races a redemption safely: both are conditional, exactly one wins.
   *
   * @param codeId Which.
   * @param by The member who cancels.
   * @param holder Only if the code is this member's; null for staff, who may cancel any.
   * @returns Invalidated, or left alone: there is no such code, or it had ended already.
   */
  invalidate(codeId: CodeId, by: MemberId, holder: MemberId | null): Promise<InvalidateOutcome>;

  /**
   * Cancels every code of the tenant that could still be used, each with its own entry in the journal.
   *
   * @param by Who cancels.
   * @param because Why, for the audit.
   */
  invalidateAll(by: MemberId, because: string): Promise<InvalidatedAll>;
}

/** What a code is issued with. */
export interface IssueTools extends CodeTools {
  legibility: Legibility;
  codes: Pick<CodeRegister, "issue">;
  loanRules: Pick<LoanRuleBook, "factsFor">;
  /** @returns `length` bytes from a cryptographic source. */
  random(length: number): Uint8Array<ArrayBuffer>;
  now(): Date;
  /** Whether codes are switched on for who will hold one, for this thing. */
  isOn(wanted: Pick<IssueCodeFor, "holderId" | "resourceId">): boolean;
}

/**
 * A member asks for a code to show.
 *
 * @param tools Of one tenant.
 * @param request What the code is for.
 * @param holderId The member who asked; nobody asks for another.
 * @returns The code with its text, or refused: `disabled`, `not_found`, `resource_unavailable`, `not_checked_out`,
 *   `limit_reached`, `queue_ahead`.
 * @throws Error When no drawn code could be read back.
 */
export async function issueCode(tools: IssueTools, request: IssueCode, holderId: MemberId): Promise<IssueOutcome> {
  const expiresAt = new Date(tools.now().getTime() + MEMBER_CODE_SECONDS * 1_000);
  return issue(tools, { ...request, holderId, by: holderId, maxUses: 1, opensAt: null, expiresAt, deskId: null });
}

/**
 * Staff make a code for a member: for later, for several uses, for one desk.
 *
 * @param tools Of one tenant.
 * @param request What it is for, and how long and how often it can be used.
 * @param by The member of staff, or the key of a program.
 * @returns As `issueCode`.
 * @throws Misused For a window that never opens, has passed, or is longer than a year.
 */
export async function issueCodeFor(
  tools: IssueTools,
  request: IssueCodeFor,
  by: MemberId | ApiKeyId,
): Promise<IssueOutcome> {
  const { purpose, resourceId, holderId, maxUses = 1, deskId = null } = request;
  const [opensAt, expiresAt] = [request.opensAt ? new Date(request.opensAt) : null, new Date(request.expiresAt)];
  const now = tools.now().getTime();
  const ends = expiresAt.getTime();
  if (ends <= now) throw new Misused("a code that has already expired is of no use to anybody");
  if (opensAt && opensAt >= expiresAt) throw new Misused("a code must open before it expires");
  if (ends > now + LONGEST_CODE_DAYS * 86_400_000) throw new Misused("a code lives at most a year");
  return issue(tools, { purpose, resourceId, holderId, by, maxUses, opensAt, expiresAt, deskId });
}

/** Draws a code, sees that the scanner reads it, writes down its keyed hashes and tells its text this once. */
async function issue(
  tools: IssueTools,
  wanted: Omit<NewCode, "lookup" | "offlineId" | "kind" | "mask" | keyof CarriedTerms>,
): Promise<IssueOutcome> {
  const { keys, codes, isOn } = tools;
  if (!isOn(wanted)) return { kind: "refused", refusal: { reason: "disabled" } };

  const { codeKind, tenantNumber } = await tools.choices();
  const kind = kindFor(codeKind, tools.now(), wanted.expiresAt);
  const { secretPart, text, stepSecret, mask } = await drawLegible(tools, kind, tenantNumber, wanted);
  const terms = await termsFor(tools, wanted);
  if ("reason" in terms) return { kind: "refused", refusal: terms };
  const outcome = await codes.issue({ ...wanted, ...terms, ...(await namesOf(keys, secretPart)), kind, mask });

  if (outcome.kind === "refused") return outcome;
  return { ...outcome, text, mask, stepSecret: stepSecret && toBase64url(stepSecret) };
}

const NO_TERMS: CarriedTerms = { loanMinutes: null, dueAt: null, loanLimit: null };

/** The rules are asked here, once; a code that lives for long carries a length, and no due moment that would be too early. */
async function termsFor(
  { loanRules, now }: IssueTools,
  {
    purpose,
    resourceId,
    holderId,
    opensAt,
    expiresAt,
  }: Omit<NewCode, "lookup" | "offlineId" | "kind" | "mask" | keyof CarriedTerms>,
): Promise<CarriedTerms | Extract<Refusal, { reason: "queue_ahead" }>> {
  const facts = purpose === "check_out" ? await loanRules.factsFor(resourceId, holderId) : null;
  if (!facts) return NO_TERMS; // of nothing there is no code either: the register says so
  const from = opensAt ?? now();
  const refusal = opensAt ? null : claimRefusal(facts, from);
  if (refusal) return refusal;
  const terms = carriedTerms(facts, from);
  const isForNow = expiresAt.getTime() - from.getTime() <= MEMBER_CODE_SECONDS * 1_000;
  return isForNow ? terms : { ...terms, dueAt: null };
}

async function drawLegible(
  tools: IssueTools,
  kind: CodeKind,
  tenantNumber: number,
  { opensAt, expiresAt, maxUses }: Pick<NewCode, "opensAt" | "expiresAt" | "maxUses">,
) {
  const notBefore = opensAt ?? tools.now();
  for (let draw = 0; draw < DRAWS; draw++) {
    const facts = { tenantNumber, notBefore, expiresAt, maxUses, audience: ["kiosk" as const] };
    const code = await mintCode(kind, facts, tools);
    const mask = await tools.legibility.maskFor(code.text);
    if (mask !== null) return { ...code, mask };
  }
  throw new Error(`none of ${DRAWS} drawn codes could be read back`);
}
