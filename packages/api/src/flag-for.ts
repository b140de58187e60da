import type { FlagDecision, FlagKey } from "@tessera/contracts";
import type { FlagSubject } from "@tessera/contracts/flags";
import type { Caller, FlagBoard } from "./platform.ts";

/** @returns For whom a caller's flags are decided. */
export const subjectOf = (caller: Caller, resourceId?: string | null): FlagSubject =>
  caller.kind === "member"
    ? { tenantId: caller.tenant.id, userId: caller.memberId, resourceId }
    : { tenantId: caller.tenant.id, deviceId: caller.deviceId, resourceId };

/**
 * A flag as it is for a caller. A desk serves everybody of its tenant, so for it a flag is on when it is on for anybody there:
 * who may have a code is decided when it is issued, and whoever has one finds every desk open.
 */
export const flagFor = (
  flags: Pick<FlagBoard, "decide" | "reaches">,
  caller: Caller,
  key: FlagKey,
  resourceId?: string | null,
): FlagDecision =>
  caller.kind === "member" ? flags.decide(key, subjectOf(caller, resourceId)) : flags.reaches(key, caller.tenant.id);
