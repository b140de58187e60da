import { type Availability, type FlagNews, flagKeys, type Resync, type TenantEvent } from "@tessera/contracts";
import { flagFor } from "./flag-for.ts";
import { isStaff } from "./gate.ts";
import type { Caller, FlagBoard } from "./platform.ts";

/**
 * Who may hear of an event: desks and staff of all of them, a member and a guest of what is about them.
 *
 * @param caller The subscriber.
 * @param event What happened in the subscriber's tenant.
 */
export function concerns(caller: Caller, event: TenantEvent | Resync): boolean {
  if (event.type === "unknown" || event.type === "session.ended") return false; // when somebody signs out is their own affair
  if (caller.kind === "device" && event.type.startsWith("security.")) return false; // a thief need not hear that it is noticed
  if (caller.kind === "device" || (caller.kind === "member" && isStaff(caller.role))) return true;
  if (caller.kind === "guest") return concernsGuest(caller, event);
  if (caller.kind !== "member") return false; // programs subscribe to nothing
  switch (event.type) {
    case "code.issued":
    case "code.redeemed":
    case "code.refused":
    case "code.revoked":
    case "code.undone":
    case "code.conflict":
    case "checkout.renewed":
    case "reservation.made":
    case "reservation.ended":
    case "queue.joined":
    case "queue.left":
    case "queue.held":
      return event.payload.holderId === caller.memberId;
    case "resource.created":
    case "resource.changed":
    case "resource.retired":
    case "resource.brought_back":
    case "resources.imported":
    case "flag.changed":
    case "resync":
      return true;
    default:
      return false;
  }
}

/** A guest hears of their own requests, and of those that are shared in their visit. */
function concernsGuest({ guestId, visitId }: Extract<Caller, { kind: "guest" }>, event: TenantEvent | Resync): boolean {
  if (event.type === "resync") return true;
  if (event.type !== "request.made" && event.type !== "request.changed") return false;
  const { guestIds, isShared, visitId: where } = event.payload;
  return guestIds.includes(guestId) || (isShared && where === visitId);
}

/** Events after which somebody may do more or less than before: the member, device, key or guest that it happened to. */
export const rightsEvents = [
  "device.blocked",
  "device.unblocked",
  "device.locked",
  "device.unlocked",
  "device.wipe_asked",
  "device.wipe_called_off",
  "device.wiped",
  "device.changed",
  "api_key.rotated",
  "api_key.revoked",
  "guest.ended",
  "member.changed",
  "session.ended",
] as const;
type RightsEvent = Extract<TenantEvent, { type: (typeof rightsEvents)[number] }>;

/** @returns Whether who was recognised before the event has to be asked for anew. */
export const changesRights = (event: TenantEvent | Resync): event is RightsEvent =>
  rightsEvents.some((type) => type === event.type);

/**
 * The new state of a resource, read from the event itself: nobody asks the database again because news came.
 *
 * @param event What happened.
 * @returns The resource's state, or null when the event changes none.
 */
export function changeIn(event: TenantEvent | Resync): Availability | null {
  if (event.type === "checkout.renewed") {
    const { resourceId, dueAt, resourceVersion: version } = event.payload;
    return { resourceId, state: "out", dueAt, version };
  }
  if (event.type === "resource.kept") {
    const { resourceId, until, resourceVersion: version } = event.payload;
    return { resourceId, state: until ? "held" : "free", dueAt: until, version };
  }
  if (event.type !== "code.redeemed" && event.type !== "code.undone") return null;
  const { purpose, resourceId, dueAt, resourceVersion: version } = event.payload;
  const wentOut = (purpose === "check_out") === (event.type === "code.redeemed"); // an undo turns it round
  return wentOut ? { resourceId, state: "out", dueAt, version } : { resourceId, state: "free", dueAt: null, version };
}

/** @returns Whether a flag that somebody may hear of is another one after the event. */
export const changesFlags = (event: TenantEvent | Resync): boolean =>
  event.type === "resync" || (event.type === "flag.changed" && flagKeys.some((key) => key === event.payload.key));

/**
 * @param flags As this process knows them.
 * @param caller For whom.
 */
export const flagsFor = (flags: Pick<FlagBoard, "decide" | "reaches">, caller: Caller): FlagNews => ({
  flags: flagKeys.map((key) => flagFor(flags, caller, key)),
});
