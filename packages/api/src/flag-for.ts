import type { FlagDecision, FlagKey } from "@tessera/contracts";
import type { FlagSubject } from "@tessera/contracts/flags";
import type { Caller, FlagBoard } from "./platform.ts";

/** @returns For whom a caller's flags are decided. */
export function subjectOf(caller: Caller, resourceId?: string | null): FlagSubject {
  const tenantId = caller.tenant.id;
  if (caller.kind === "member") return { tenantId, userId: caller.memberId, resourceId };
  return caller.kind === "device" ? { tenantId, deviceId: caller.deviceId, resourceId } : { tenantId, resourceId };
}

type Flags = Pick<FlagBoard, "decide" | "reaches">;

/** Whether a rule was about the one who was named, and not about people that nobody named. */
const isAboutThem = ({ rule, bucket }: FlagDecision): boolean => rule === "deny" || rule === "allow" || bucket !== null;

/**
 * A flag as it is where codes are taken. A desk serves everybody of its tenant, so it is on there when it is on for anybody:
 * who may have a code is decided when it is issued, and whoever has one finds every desk open. A rule that names the desk, or
 * counts desks or tenants, comes first.
 */
export function flagAtDesk(flags: Flags, caller: Caller, key: FlagKey): FlagDecision {
  const own = caller.kind === "device" ? flags.decide(key, subjectOf(caller)) : null;
  return own && isAboutThem(own) ? own : flags.reaches(key, caller.tenant.id);
}

/** A flag as it is for a caller: a member for themselves, a desk for those it serves. */
export const flagFor = (flags: Flags, caller: Caller, key: FlagKey, resourceId?: string | null): FlagDecision =>
  caller.kind === "member" ? flags.decide(key, subjectOf(caller, resourceId)) : flagAtDesk(flags, caller, key);
