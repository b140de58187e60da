import type { AlertSubject, Refusal, TenantId } from "@tessera/contracts";
import type { LimitClass } from "@tessera/domain/limits/policies";
import { scanFacts } from "@tessera/domain/suspicion/scan-facts";
import { TRPCError } from "@trpc/server";
import type { Inside } from "./context.ts";
import { type Caller, idOf, type Platform } from "./platform.ts";

/** Who is suspected when something looks bad: who asks, or the address that a stranger asks from. */
interface Suspect {
  tenantId: TenantId | null;
  subject: AlertSubject;
  name: string | null;
  address: string;
}

/** @returns The suspect of whatever somebody's call turns out to be a sign of. */
export function suspectOf(caller: Caller | null, address: string): Suspect {
  if (!caller) return { tenantId: null, subject: { kind: "address", id: address }, name: null, address };
  const kind = caller.kind === "device" ? "desk" : caller.kind;
  return { tenantId: caller.tenant.id, subject: { kind, id: idOf(caller) }, name: caller.name, address };
}

/** What hears a refusal may be a sign of more than that. Nothing of the code itself is kept: a hash, in memory, tells two apart. */
export function noteRefusal({ platform, caller, address }: Inside, text: string, refusal: Refusal): void {
  const suspect = suspectOf(caller, address);
  for (const { kind, what, elsewhere, isOncePerCode } of scanFacts(refusal, suspect.name ?? "", platform.now())) {
    const same = isOncePerCode ? Buffer.from(platform.hashOf(text).subarray(0, 12)).toString("base64url") : undefined;
    platform.security.note({ ...suspect, kind, what, elsewhere, same });
  }
}

/** Somebody goes on asking though their allowance is used up. */
export function noteLimit({ platform, caller, address }: Inside, limitClass: LimitClass): void {
  platform.security.note({ ...suspectOf(caller, address), kind: "limit_storm", what: limitClass });
}

/** What is heard at an address that is blocked. */
export const BLOCKED = {
  tenant: "This network address is blocked here. Ask who runs this place: they lift it in the console, under Security.",
  platform: "This network address is blocked. Ask who runs this platform to lift it.",
} as const;

/**
 * Turns away whoever comes from a blocked address, from memory.
 *
 * @throws TRPCError FORBIDDEN, with words that say whom to ask.
 */
export function turnAwayBlocked({ platform, caller, address }: Inside): void {
  const by = whoBlocks(platform, caller, address);
  if (by) throw new TRPCError({ code: "FORBIDDEN", message: BLOCKED[by] });
}

/** @returns Who blocked the address for such a caller, or null. */
export const whoBlocks = ({ security }: Pick<Platform, "security">, caller: Caller | null, address: string) =>
  security.blockedBy(address, caller?.tenant.id ?? null);
