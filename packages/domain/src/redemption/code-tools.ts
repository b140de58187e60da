import type { CodeKind, OfflinePolicy, RefusalReason, TenantId } from "@tessera/contracts";
import type { CodeSigner } from "../qr/code-signing.ts";
import type { CodeKeys } from "../qr/keys.ts";
import { type ReadCode, readCode, type UnreadReason } from "../qr/read-code.ts";
import { parseCode } from "../qr/token.ts";
import type { VerifyingKeys } from "../qr/verifying-keys.ts";

/** What a tenant has chosen, and the number that signed codes carry for it. */
export interface TenantChoices {
  codeKind: CodeKind;
  offlinePolicy: OfflinePolicy;
  tenantNumber: number;
}

/** What codes of one tenant are read and made with. */
export interface CodeTools {
  keys: CodeKeys;
  /** Of secrets that the deployment had before: codes that were made under them are taken until those end. */
  older?: {
    keys(): readonly CodeKeys[];
    /** @returns The one of these names that a code of the tenant is written down under; null: none. */
    known(lookups: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer> | null>;
  };
  /** Asked only when a code is made, or a signed one is read. */
  choices(): Promise<TenantChoices>;
  /** The keys that verify now. */
  ring(): Promise<VerifyingKeys>;
  /** Whoever signs now. */
  signer(): Promise<CodeSigner>;
}

/** A text that is a code of this tenant, as far as can be told without the ledger. */
export interface ReadText extends ReadCode {
  /** Under which the code is written down: 32 bytes. */
  lookup: Uint8Array<ArrayBuffer>;
}

/**
 * Reads what a desk scanned. A compact code costs no question to anybody.
 *
 * @param tools Of the tenant.
 * @param text As it was scanned.
 * @returns The code; or the reason why it cannot be one of this tenant's.
 */
export async function readText(tools: CodeTools, text: string): Promise<ReadText | UnreadReason> {
  const code = await read(tools, text);
  return typeof code === "string" ? code : { ...code, lookup: await lookupIn(tools, code.secretPart) };
}

/** No question to anybody, but after a rotation of the deployment's secret: then nobody can tell by a code what it was made under. */
async function lookupIn({ keys, older }: CodeTools, secretPart: Uint8Array<ArrayBuffer>) {
  const newest = await keys.lookupOf(secretPart);
  const accepted = older?.keys() ?? [];
  if (!older || accepted.length === 0) return newest;
  const before = await Promise.all(accepted.map(({ lookupOf }) => lookupOf(secretPart)));
  return (await older.known([newest, ...before])) ?? newest;
}

async function read({ keys, older, choices, ring }: CodeTools, text: string): Promise<ReadCode | UnreadReason> {
  const parsed = parseCode(text);
  if (typeof parsed === "string") return parsed;
  if (parsed.kind === "compact") return { ...parsed, step: null, signed: null };
  const { tenantNumber } = await choices();
  return readCode(text, { keys, older: older?.keys() ?? [], ring, tenantNumber, audience: "kiosk" });
}

/** @returns The two hashes under which a code is written down; neither leads back to the code. */
export async function namesOf(keys: CodeKeys, secretPart: Uint8Array<ArrayBuffer>) {
  return { lookup: await keys.lookupOf(secretPart), offlineId: await keys.offlineIdOf(secretPart) };
}

/** The reasons that are decided before the ledger, and that it does not remember. */
export type EarlyReason = Extract<RefusalReason, UnreadReason | "disabled">;

/** @returns The key of the guard for a code: names tenant and code, and tells neither. */
export const guardKeyOf = (tenant: TenantId, lookup: Uint8Array): string =>
  `redeem:${tenant}:${hex(lookup.subarray(0, 8))}`;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const hex = (bytes: Uint8Array) => bytes.reduce((text, byte) => text + HEX[byte], "");
