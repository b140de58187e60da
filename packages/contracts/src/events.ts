import { z } from "zod";
import { Role } from "./account.ts";
import type { FlagNews } from "./flag.ts";
import { CheckoutId, GuestId, Instant, MemberId, PlaceId, RedemptionId, ResourceId, VisitId } from "./ids.ts";
import { Purpose } from "./qr.ts";
import { RefusalReason } from "./refusal-shape.ts";
import { RequestAct, RequestState } from "./request-states.ts";
import { Availability } from "./resource.ts";
import { type AlertSeverity, alertSeverities, type SuspicionKind, suspicionKinds } from "./security.ts";
import { type DeadReason, deadReasons, type LabelEnd, labelEnds } from "./thing-label.ts";

/** What every journal entry carries. `seq` is gapless and rising inside a tenant. */
interface Entry<Type extends string, Payload> {
  seq: number;
  type: Type;
  /** The thing it happened to (a code, a flag's tenant, a device). */
  entityId: string;
  at: Instant;
  payload: Payload;
}

/** A redemption that was taken back. */
interface UndoneCode {
  redemptionId: RedemptionId;
  resourceId: ResourceId;
  holderId: MemberId;
  purpose: Purpose;
  dueAt: Instant;
  resourceVersion: number;
}

/** How a request stands, and whom of its visit that concerns. */
interface RequestNews {
  act: RequestAct;
  state: RequestState;
  placeId: PlaceId;
  visitId: VisitId;
  /** The guests who asked for it. */
  guestIds: GuestId[];
  /** Whether one of them lets the others of the visit see it. */
  isShared: boolean;
}
const RequestNews: z.ZodType<RequestNews> = z.object({
  act: RequestAct,
  state: RequestState,
  placeId: PlaceId,
  visitId: VisitId,
  guestIds: z.array(GuestId),
  isShared: z.boolean(),
});

/** What happened in a tenant, ids only: names are looked up by those who may see them. */
export type TenantEvent =
  | Entry<"code.issued", { purpose: Purpose; resourceId: ResourceId; holderId: MemberId }>
  | Entry<
      "code.redeemed",
      {
        redemptionId: RedemptionId;
        checkoutId: CheckoutId;
        purpose: Purpose;
        resourceId: ResourceId;
        holderId: MemberId;
        dueAt: Instant;
        useNo: number;
        /** The resource's new version: the number of its `Availability`. */
        resourceVersion: number;
      }
    >
  | Entry<"code.refused", { reason: RefusalReason; holderId: MemberId | null }>
  | Entry<"code.revoked", { holderId: MemberId }>
  /** The emergency: all of a tenant at once; each has its own "code.revoked" too. */
  | Entry<"codes.revoked", { count: number }>
  | Entry<"code.undone", UndoneCode>
  /** A loan has more time. */
  | Entry<
      "checkout.renewed",
      { resourceId: ResourceId; holderId: MemberId; dueAt: Instant; renewals: number; resourceVersion: number }
    >
  | Entry<"reservation.made", { resourceId: ResourceId; holderId: MemberId; from: Instant; until: Instant }>
  | Entry<"reservation.ended", { resourceId: ResourceId; holderId: MemberId; as: string }>
  | Entry<"queue.joined", { resourceId: ResourceId; holderId: MemberId }>
  | Entry<"queue.left", { resourceId: ResourceId; holderId: MemberId; as: string }>
  /** A thing is kept for the first who waits. */
  | Entry<"queue.held", { resourceId: ResourceId; holderId: MemberId; until: Instant }>
  /** A thing that is there is kept for somebody until then; null: for nobody any more. */
  | Entry<"resource.kept", { resourceId: ResourceId; until: Instant | null; resourceVersion: number }>
  /** What the tenant lends by has a new version. */
  | Entry<"loan_rules.saved", { version: number }>
  | Entry<"member.tier_changed", { tier: string; was: string }>
  /** A thing went out offline on a code that could not be used any more. */
  | Entry<"code.conflict", { reason: RefusalReason; holderId: MemberId | null }>
  /** A scan was taken back before it was decided. */
  | Entry<"scan.withdrawn", Record<string, never>>
  | Entry<"device.paired", { name: string }>
  /** The device holds `count` codes ready for times without a network. */
  | Entry<"device.leased", { count: number }>
  /** `missing` scans that the device had numbered never arrived. */
  | Entry<"device.gap", { missing: number }>
  /** What the device handed in does not fit to what is known of it. */
  | Entry<"device.quarantined", Record<string, never>>
  | Entry<"device.released", Record<string, never>>
  /** The device is not believed any more, or is again. */
  | Entry<"device.blocked", Record<string, never>>
  | Entry<"device.unblocked", Record<string, never>>
  /** The device stays known and may do nothing, or may again; is to forget everything, shall not after all, has done so. */
  | Entry<"device.locked", Record<string, never>>
  | Entry<"device.unlocked", Record<string, never>>
  | Entry<"device.wipe_asked", Record<string, never>>
  | Entry<"device.wipe_called_off", Record<string, never>>
  | Entry<"device.wiped", Record<string, never>>
  /** The device has another name, or may do something else. */
  | Entry<"device.changed", { name: string }>
  | Entry<"api_key.created", { name: string }>
  | Entry<"api_key.rotated", { name: string }>
  | Entry<"api_key.revoked", { name: string }>
  /** A phone opened a place's page; `entityId` is its session. */
  | Entry<"guest.opened", { placeId: PlaceId; visitId: VisitId }>
  | Entry<"guest.ended", Record<string, never>>
  /** Labels were drawn; `entityId` is their batch. */
  | Entry<"label.batch_made", { batch: number; count: number }>
  /** A label leads to a thing, for the first time or instead of another. */
  | Entry<"label.claimed", { resourceId: ResourceId }>
  | Entry<"label.relinked", { resourceId: ResourceId; was: ResourceId }>
  /** A label leads nowhere any more: it was taken out of use, or another took its place. */
  | Entry<"label.retired", { because: LabelEnd }>
  /** Somebody scanned a label that leads nowhere, `scans` times since it last led somewhere. Told once a minute at most. */
  | Entry<"label.dead_scan", { because: DeadReason; scans: number }>
  /** A thing was made, has other words, went out of use, or is in use again; or a file brought `count` of them. */
  | Entry<"resource.created", { name: string }>
  | Entry<"resource.changed", { name: string }>
  | Entry<"resource.retired", { name: string }>
  | Entry<"resource.brought_back", { name: string }>
  | Entry<"resources.imported", { count: number }>
  | Entry<"place.created", { name: string }>
  /** Another name, or other hours. */
  | Entry<"place.changed", { name: string }>
  /** The place has another label: the one before leads nowhere. */
  | Entry<"place.relabelled", Record<string, never>>
  | Entry<"place.retired", Record<string, never>>
  | Entry<"visit.opened", { placeId: PlaceId }>
  | Entry<"visit.ended", { placeId: PlaceId }>
  | Entry<"request.made", RequestNews>
  /** Somebody did something to a request: the act, and how it stands now. */
  | Entry<"request.changed", RequestNews>
  /** Somebody has another role, or is somebody else now. */
  | Entry<"member.changed", Record<string, never>>
  /** Somebody was asked to join; `entityId` is the invitation, which was taken back again by "member.uninvited". */
  | Entry<"member.invited", { role: Role }>
  | Entry<"member.uninvited", Record<string, never>>
  | Entry<"member.joined", { role: Role }>
  | Entry<"member.role_changed", { role: Role; was: Role }>
  | Entry<"member.removed", Record<string, never>>
  /** Somebody had their data erased: what is left of them has no name. */
  | Entry<"member.erased", Record<string, never>>
  /** Somebody signed out, or was signed out. */
  | Entry<"session.ended", Record<string, never>>
  | Entry<"conflict.settled", { resolution: string }>
  | Entry<"settings.changed", Record<string, never>>
  | Entry<"key.changed", { keyId: number; state: string }>
  | Entry<"flag.changed", { key: string; enabled: boolean; revision: number }>
  /** Something looks as if somebody meant harm, or looks worse than before; `entityId` is the alert. */
  | Entry<"security.alerted", { kind: SuspicionKind; severity: AlertSeverity }>
  | Entry<"security.acknowledged", Record<string, never>>
  /** Nobody is served from an address any more, or is again. */
  | Entry<"address.blocked", Record<string, never>>
  | Entry<"address.unblocked", Record<string, never>>
  /** Written by a newer release than the reader's: keeps the numbers whole. */
  | Entry<"unknown", Record<string, never>>;

/** Sent in place of a long backlog: read the lists again, then go on from `seq`. */
export interface Resync {
  seq: number;
  type: "resync";
}

const entry = <Type extends string, Payload extends z.ZodType>(type: Type, payload: Payload) =>
  z.object({ seq: z.int().nonnegative(), type: z.literal(type), entityId: z.string(), at: Instant, payload });

/** Whatever the journal keeps beyond this is for the audit. */
const nothing = z.object({}).transform((): Record<string, never> => ({}));

export const TenantEvent: z.ZodType<TenantEvent> = z.discriminatedUnion("type", [
  entry("code.issued", z.object({ purpose: Purpose, resourceId: ResourceId, holderId: MemberId })),
  entry(
    "code.redeemed",
    z.object({
      redemptionId: RedemptionId,
      checkoutId: CheckoutId,
      purpose: Purpose,
      resourceId: ResourceId,
      holderId: MemberId,
      dueAt: Instant,
      useNo: z.int().positive(),
      resourceVersion: z.int().nonnegative(),
    }),
  ),
  entry("code.refused", z.object({ reason: RefusalReason, holderId: MemberId.nullable() })),
  entry("code.revoked", z.object({ holderId: MemberId })),
  entry("codes.revoked", z.object({ count: z.int().nonnegative() })),
  entry("settings.changed", nothing),
  entry(
    "code.undone",
    z.object({
      redemptionId: RedemptionId,
      resourceId: ResourceId,
      holderId: MemberId,
      purpose: Purpose,
      dueAt: Instant,
      resourceVersion: z.int().nonnegative(),
    }),
  ),
  entry("code.conflict", z.object({ reason: RefusalReason, holderId: MemberId.nullable() })),
  entry(
    "checkout.renewed",
    z.object({
      resourceId: ResourceId,
      holderId: MemberId,
      dueAt: Instant,
      renewals: z.int().positive(),
      resourceVersion: z.int().nonnegative(),
    }),
  ),
  entry("reservation.made", z.object({ resourceId: ResourceId, holderId: MemberId, from: Instant, until: Instant })),
  entry("reservation.ended", z.object({ resourceId: ResourceId, holderId: MemberId, as: z.string() })),
  entry("queue.joined", z.object({ resourceId: ResourceId, holderId: MemberId })),
  entry("queue.left", z.object({ resourceId: ResourceId, holderId: MemberId, as: z.string() })),
  entry("queue.held", z.object({ resourceId: ResourceId, holderId: MemberId, until: Instant })),
  entry(
    "resource.kept",
    z.object({ resourceId: ResourceId, until: Instant.nullable(), resourceVersion: z.int().nonnegative() }),
  ),
  entry("loan_rules.saved", z.object({ version: z.int().positive() })),
  entry("member.tier_changed", z.object({ tier: z.string(), was: z.string() })),
  entry("scan.withdrawn", nothing),
  entry("device.paired", z.object({ name: z.string() })),
  entry("device.leased", z.object({ count: z.int().nonnegative() })),
  entry("device.gap", z.object({ missing: z.int().positive() })),
  entry("device.quarantined", nothing),
  entry("device.released", nothing),
  entry("device.blocked", nothing),
  entry("device.unblocked", nothing),
  entry("device.locked", nothing),
  entry("device.unlocked", nothing),
  entry("device.wipe_asked", nothing),
  entry("device.wipe_called_off", nothing),
  entry("device.wiped", nothing),
  entry("device.changed", z.object({ name: z.string() })),
  entry("api_key.created", z.object({ name: z.string() })),
  entry("api_key.rotated", z.object({ name: z.string() })),
  entry("api_key.revoked", z.object({ name: z.string() })),
  entry("guest.opened", z.object({ placeId: PlaceId, visitId: VisitId })),
  entry("guest.ended", nothing),
  entry("label.batch_made", z.object({ batch: z.int().positive(), count: z.int().positive() })),
  entry("label.claimed", z.object({ resourceId: ResourceId })),
  entry("label.relinked", z.object({ resourceId: ResourceId, was: ResourceId })),
  entry("label.retired", z.object({ because: z.enum(labelEnds) })),
  entry("label.dead_scan", z.object({ because: z.enum(deadReasons), scans: z.int().positive() })),
  entry("resource.created", z.object({ name: z.string() })),
  entry("resource.changed", z.object({ name: z.string() })),
  entry("resource.retired", z.object({ name: z.string() })),
  entry("resource.brought_back", z.object({ name: z.string() })),
  entry("resources.imported", z.object({ count: z.int().positive() })),
  entry("place.created", z.object({ name: z.string() })),
  entry("place.changed", z.object({ name: z.string() })),
  entry("place.relabelled", nothing),
  entry("place.retired", nothing),
  entry("visit.opened", z.object({ placeId: PlaceId })),
  entry("visit.ended", z.object({ placeId: PlaceId })),
  entry("request.made", RequestNews),
  entry("request.changed", RequestNews),
  entry("member.changed", nothing),
  entry("member.invited", z.object({ role: Role })),
  entry("member.uninvited", nothing),
  entry("member.joined", z.object({ role: Role })),
  entry("member.role_changed", z.object({ role: Role, was: Role })),
  entry("member.removed", nothing),
  entry("member.erased", nothing),
  entry("session.ended", nothing),
  entry("conflict.settled", z.object({ resolution: z.string() })),
  entry("key.changed", z.object({ keyId: z.int(), state: z.string() })),
  entry("flag.changed", z.object({ key: z.string(), enabled: z.boolean(), revision: z.int().nonnegative() })),
  entry("security.alerted", z.object({ kind: z.enum(suspicionKinds), severity: z.enum(alertSeverities) })),
  entry("security.acknowledged", nothing),
  entry("address.blocked", nothing),
  entry("address.unblocked", nothing),
  entry("unknown", z.record(z.string(), z.never())),
]);

/** Where a subscriber left off: the id of the last message it saw, as `tracked()` gave it. */
export interface Resume {
  lastEventId?: string | null | undefined;
}
const EventNumber = z.string().regex(/^\d{1,15}$/);
export const Resume: z.ZodType<Resume | undefined> = z.strictObject({ lastEventId: EventNumber.nullish() }).optional();

/** What can be listened to: `live.events` and so on. */
export const liveTopics = ["events", "availability", "flags"] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** One topic, and where its listener left off; without a number from now on, as by subscription. */
export interface TopicSince {
  topic: LiveTopic;
  lastEventId?: string | null | undefined;
}
const MOST_ASKED = 10;
export const TopicsSince: z.ZodType<TopicSince[]> = z
  .array(z.strictObject({ topic: z.enum(liveTopics), lastEventId: EventNumber.nullish() }))
  .min(1)
  .max(MOST_ASKED);

/** New states of resources. A list, because a busy moment is told in one message. */
export interface AvailabilityNews {
  resources: Availability[];
  /** True: forget what you hold, this is all there is (the first message, or after a long absence). */
  complete: boolean;
}
export const AvailabilityNews: z.ZodType<AvailabilityNews> = z.object({
  resources: z.array(Availability),
  complete: z.boolean(),
});

/** What one topic told since: the messages in the order a subscription gives them, each with its number. */
export interface ToldSince {
  items: { id: string; data: TenantEvent | Resync | AvailabilityNews | FlagNews }[];
  /** Where to ask from next time. Not below the last item's. */
  lastEventId: string;
}
