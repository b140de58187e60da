import type { CodeKind, RefusalReason } from "@tessera/contracts";
import type { CodeKeys } from "./keys.ts";
import { isOfItsStep, type RotatingCode, stepKeyOf } from "./rotating-code.ts";
import { isSignedBy } from "./signature.ts";
import type { SignedCode } from "./signed-code.ts";
import type { Audience, SignedFacts } from "./signed-facts.ts";
import { parseCode } from "./token.ts";
import type { VerifyingKeys } from "./verifying-keys.ts";

/** What a code is read with, in one tenant and at one place. */
export interface ReadTools {
  /** Where steps are checked. A kiosk has no such keys: null, and the step of a rotating code is not told. */
  keys: Pick<CodeKeys, "stepSecretOf"> | null;
  /** The same of secrets that the deployment had before, while they are still accepted. */
  older?: readonly Pick<CodeKeys, "stepSecretOf">[];
  /** The tenant's verifying keys. Asked only for a kind that is signed. */
  ring(): VerifyingKeys | Promise<VerifyingKeys>;
  tenantNumber: number;
  /** Where the code is shown. */
  audience: Audience;
}

/** A code whose proof holds. Whether it may still be used is for the ledger. */
export interface ReadCode {
  kind: CodeKind;
  /** 16 bytes of a compact code, 12 of the other kinds. */
  secretPart: Uint8Array<ArrayBuffer>;
  /** The proven step of a rotating code (`stepAt`); null for the other kinds, and where steps cannot be checked. */
  step: number | null;
  /** What a signed code says of itself; null for a compact one. */
  signed: SignedFacts | null;
}

/** Why a text is no code that this tenant could have made. Decided without the database. */
export type UnreadReason = Extract<
  RefusalReason,
  "malformed" | "unsupported" | "unknown_key" | "bad_signature" | "wrong_audience"
>;

/**
 * Reads a code and checks its proof, with the algorithm that its kind names and no other.
 *
 * A code with another tenant's number is `unknown_key` whatever else is in it, genuine or made up: nothing of it is
 * looked at, so the answer cannot tell whether there is such a tenant, such a key or such a code.
 *
 * @param text What the scanner read.
 * @param tools Of the tenant and the place.
 * @returns The code; or why not: the first of `malformed`, `unsupported`, `unknown_key` (not in use, retired, revoked, or
 *   another tenant's), `bad_signature` (also of a step), `wrong_audience`.
 */
export async function readCode(text: string, tools: ReadTools): Promise<ReadCode | UnreadReason> {
  const code = parseCode(text);
  if (typeof code === "string") return code;
  if (code.kind === "compact") return { ...code, step: null, signed: null };

  const because = await unprovenBecause(code, tools);
  if (because) return because;

  const { kind, secretPart, facts } = code;
  return { kind, secretPart, step: kind === "rotating" && tools.keys ? code.step : null, signed: facts };
}

async function unprovenBecause(code: SignedCode | RotatingCode, tools: ReadTools): Promise<UnreadReason | null> {
  const { facts, payload, signature } = code;
  if (facts.tenantNumber !== tools.tenantNumber) return "unknown_key";

  const key = (await tools.ring()).get(facts.keyId);
  if (!key) return "unknown_key";
  if (!(await isSignedBy(key, payload, signature))) return "bad_signature";

  if (code.kind === "rotating" && !(await isStepProven(code, tools))) return "bad_signature";
  return facts.audience.includes(tools.audience) ? null : "wrong_audience";
}

/** Where there is no key to check it with, the step proves nothing, and is not told either. */
async function isStepProven(code: RotatingCode, { keys, older = [] }: ReadTools): Promise<boolean> {
  if (!keys) return true;
  for (const { stepSecretOf } of [keys, ...older]) {
    const secret = await stepSecretOf(code.facts.tenantNumber, code.secretPart);
    if (await isOfItsStep(code, await stepKeyOf(secret))) return true;
  }
  return false;
}
