import type { CodeTools } from "@tessera/domain/redemption/code-tools";
import type { IssueTools } from "@tessera/domain/redemption/issue-code";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Inside } from "../context.ts";

type InTenant = Inside & { scope: TenantScope; tenant: TenantRooms };

/** @returns What codes of the caller's tenant are read with. Nothing is asked of the database until a signed one comes. */
export function codeToolsOf({ platform, scope, tenant }: InTenant): CodeTools {
  const { keys, olderKeys, signing, rings } = platform;
  return {
    keys,
    older: { keys: olderKeys, known: tenant.codes.known },
    choices: tenant.settings.read,
    ring: () => rings.of(scope, tenant.keyBook),
    signer: async () => signing.signerOf(scope, await tenant.keyBook.ensureActive()),
  };
}

/** @returns What codes of the caller's tenant are made with. */
export function issueToolsOf(inside: InTenant): IssueTools {
  const { legibility, random, now } = inside.platform;
  const { flags } = inside.platform;
  const isOn: IssueTools["isOn"] = ({ holderId: userId, resourceId }) =>
    flags.decide("qr-checkout-enabled", { tenantId: inside.scope, userId, resourceId }).value;
  return {
    ...codeToolsOf(inside),
    legibility,
    random,
    now,
    codes: inside.tenant.codes,
    loanRules: inside.tenant.loanRules,
    isOn,
  };
}
