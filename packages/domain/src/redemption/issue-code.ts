import type { CodeId, InvalidateOutcome, IssueCode, IssuedCode, IssueOutcome, MemberId } from "@tessera/contracts";
import type { CodeKeys } from "../qr/keys.ts";
import type { Legibility } from "../qr/legibility.ts";
import { compactCode } from "../qr/token.ts";

/** How long a member's code lives on the screen. The app renews it before it ends. */
export const MEMBER_CODE_SECONDS = 600;

/** A code that cannot be read is drawn again; four in a row would mean the scanner itself is broken. */
const DRAWS = 4;

/** What is kept of a fresh code: never its text. */
export interface NewCode extends IssueCode {
  lookup: Uint8Array;
  holderId: MemberId;
  mask: number;
  lifeSeconds: number;
}

/** Where codes are written down, and cancelled. */
export interface CodeRegister {
  /**
   * Writes the code down, in one statement with the check that the resource can be taken or brought back.
   *
   * @returns The code as issued, without its text; or refused `not_found`, `resource_unavailable`, `not_checked_out`.
   */
  issue(code: NewCode): Promise<Omit<IssuedCode, "text" | "mask"> | Extract<IssueOutcome, { kind: "refused" }>>;

  /**
   * Cancels a code that was not used yet. It races a redemption safely: both are conditional, exactly one wins.
   *
   * @param codeId Which.
   * @param by The member who cancels.
   * @param holder Only if the code is this member's; null for staff, who may cancel any.
   * @returns Invalidated, or left alone: there is no such code, or it had ended already.
   */
  invalidate(codeId: CodeId, by: MemberId, holder: MemberId | null): Promise<InvalidateOutcome>;
}

/** What a code is issued with. */
export interface IssueTools {
  keys: CodeKeys;
  legibility: Legibility;
  codes: Pick<CodeRegister, "issue">;
  /** @returns `length` bytes from a cryptographic source. */
  random(length: number): Uint8Array<ArrayBuffer>;
  isOn(): boolean;
}

/**
 * Draws a code, sees that the scanner reads it, writes down its keyed hash and tells its text this once.
 *
 * @param tools Of one tenant.
 * @param request What the code is for.
 * @param holderId The member who asked; nobody asks for another.
 * @returns The code with text and mask, or refused: `disabled`, `not_found`, `resource_unavailable`, `not_checked_out`.
 * @throws Error When no drawn code could be read back.
 */
export async function issueCode(tools: IssueTools, request: IssueCode, holderId: MemberId): Promise<IssueOutcome> {
  const { keys, codes, isOn } = tools;
  if (!isOn()) return { kind: "refused", refusal: { reason: "disabled" } };

  const { random, text, mask } = await drawLegible(tools);
  const lookup = await keys.lookupOf(random);
  const outcome = await codes.issue({ ...request, lookup, holderId, mask, lifeSeconds: MEMBER_CODE_SECONDS });

  return outcome.kind === "refused" ? outcome : { ...outcome, text, mask };
}

async function drawLegible({ random, legibility }: IssueTools) {
  for (let draw = 0; draw < DRAWS; draw++) {
    const bytes = random(16);
    const text = compactCode(bytes);
    const mask = await legibility.maskFor(text);
    if (mask !== null) return { random: bytes, text, mask };
  }
  throw new Error(`none of ${DRAWS} drawn codes could be read back`);
}
