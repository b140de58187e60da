import type { DeviceId, MemberId, Named, Preview, Purpose, Refusal, ResourceId } from "@tessera/contracts";
import { type CodeTools, readText } from "./code-tools.ts";
import { type CodeFacts, type CodeRefusal, refusalFor } from "./rules.ts";

/** A code with all that is told about it before it is used. */
export interface KnownCode extends CodeFacts {
  lease: { deviceId: DeviceId; until: Date; desk: string } | null;
  purpose: Purpose;
  holder: Named<MemberId>;
  resource: Named<ResourceId>;
  lastUse: { at: Date; desk: string | null; useNo: number } | null;
  /** With so many things its holder takes no more; null: any number. And how many that is now. */
  limit: { most: number; has: number } | null;
  /** Who has the resource now. */
  standing: { holderId: MemberId; holder: string; dueAt: Date } | null;
}

/** Where codes are looked up without using them. */
export interface CodeReader {
  /** @returns The code of this tenant, or null; with the store's own time. */
  find(lookup: Uint8Array): Promise<{ now: Date; code: KnownCode | null }>;
  /** @returns The one of these that a code of this tenant is written down under; null: none. */
  known(lookups: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer> | null>;
}

/**
 * Tells what a scan would do, and does nothing. Between this and the scan everything may change.
 *
 * @param tools Of the tenant.
 * @param text As it was scanned.
 * @param deviceId The desk that asks; null for staff at a screen of their own.
 */
export async function previewCode(
  tools: CodeTools & { codes: CodeReader },
  text: string,
  deviceId: DeviceId | null,
): Promise<Preview> {
  const read = await readText(tools, text);
  if (typeof read === "string") return { kind: "refused", refusal: { reason: read } };

  const { now, code } = await tools.codes.find(read.lookup);
  const reason = refusalFor(code, { at: now, now, deviceId, step: read.step });
  if (!code || reason) return { kind: "refused", refusal: evidenced(reason ?? "not_found", code) };

  const { purpose, holder, resource, standing, limit, uses, maxUses, expiresAt } = code;
  if (purpose === "check_out" && standing) {
    const evidence = { resource: resource.name, holder: standing.holder, dueAt: standing.dueAt.toISOString() };
    return { kind: "refused", refusal: { reason: "resource_unavailable", evidence } };
  }
  if (purpose === "check_in" && standing?.holderId !== holder.id) {
    return { kind: "refused", refusal: { reason: "not_checked_out", evidence: { resource: resource.name } } };
  }
  if (limit && limit.has >= limit.most) {
    return { kind: "refused", refusal: { reason: "limit_reached", evidence: { limit: limit.most } } };
  }
  return { kind: "ready", purpose, holder, resource, usesLeft: maxUses - uses, expiresAt: expiresAt.toISOString() };
}

function evidenced(reason: CodeRefusal, code: KnownCode | null): Refusal {
  if (!code) return { reason: "not_found" };
  const { invalidatedAt, opensAt, expiresAt, lease, lastUse, holder, resource, maxUses } = code;
  switch (reason) {
    case "revoked":
      return { reason, evidence: { at: (invalidatedAt ?? opensAt).toISOString(), by: null } };
    case "not_yet_valid":
      return { reason, evidence: { validFrom: opensAt.toISOString() } };
    case "expired":
      return { reason, evidence: { expiredAt: expiresAt.toISOString() } };
    case "held_offline":
      return { reason, evidence: { desk: lease?.desk ?? null, until: (lease?.until ?? expiresAt).toISOString() } };
    case "already_redeemed": {
      const { at = opensAt, desk = null, useNo = maxUses } = lastUse ?? {};
      const evidence = { at: at.toISOString(), desk, holder: holder.name, resource: resource.name, useNo, maxUses };
      return { reason, evidence };
    }
    default:
      return { reason };
  }
}
