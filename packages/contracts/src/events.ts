import { z } from "zod";
import { Role } from "./account.ts";
import type { FlagNews } from "./flag.ts";
import { CheckoutId, GuestId, Instant, MemberId, PlaceId, RedemptionId, ResourceId, VisitId } from "./ids.ts";
import { EVENT_NUMBER, type LiveTopic, liveTopics } from "./live-topics.ts";
import { Purpose } from "./qr.ts";
import { RefusalReason } from "./refusal-shape.ts";
import { RequestAct, RequestState } from "./request-states.ts";
import { Availability } from "./resource.ts";

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
  entry("unknown", z.record(z.string(), z.never())),
]);

/** Where a subscriber left off: the id of the last message it saw, as `tracked()` gave it. */
export interface Resume {
  lastEventId?: string | null | undefined;
}
const EventNumber = z.string().regex(EVENT_NUMBER);
export const Resume: z.ZodType<Resume | undefined> = z.strictObject({ lastEventId: EventNumber.nullish() }).optional();

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
