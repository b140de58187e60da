import type { CodeTools } from "@tessera/domain/redemption/code-tools";
import type { IssueTools } from "@tessera/domain/redemption/issue-code";
import type { SelfServiceTools } from "@tessera/domain/redemption/self-service";
import type { TenantRooms } from "@tessera/domain/tenant-rooms";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Inside } from "../context.ts";
import { flagFor } from "../flag-for.ts";
import type { Caller } from "../platform.ts";

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

/** @returns What a member serves themselves with. */
export function selfToolsOf(inside: InTenant & { caller: Caller }): SelfServiceTools {
  const { platform, scope, tenant, caller } = inside;
  const isOn = () => flagFor(platform.flags, caller, "qr-checkout-enabled").value;
  const { guard } = platform;
  return {
    issue: issueToolsOf(inside),
    redeem: { ...codeToolsOf(inside), tenantId: scope, guard, ledger: tenant.ledger, isOn },
    records: tenant.records,
    isAllowed: tenant.settings.selfService,
  };
}
