import { z } from "zod";
import { Instant, PlaceId, RequestId, RequestKindId, VisitId } from "./ids.ts";
import { RequestAct, RequestState, type StaffAct } from "./request-states.ts";
import { StorableText } from "./text.ts";

/** Something to choose about a request: exactly one of its choices. */
export interface RequestOption {
  id: string;
  label: string;
  choices: { id: string; label: string }[];
}
const Choice = z.object({ id: z.string(), label: z.string() });
const RequestOption: z.ZodType<RequestOption> = z.object({ ...Choice.shape, choices: z.array(Choice) });

/** How long such a request takes, from the tenant's own last 28 days. */
export interface WaitingTime {
  /** Half were done within this. */
  medianSeconds: number;
  /** Nine of ten were done within this. */
  p90Seconds: number;
  /** Of requests that were made at this hour of the day, or at any where those are too few. */
  basis: "hour" | "day";
  /** How many it is reckoned from. */
  of: number;
}
export const WaitingTime: z.ZodType<WaitingTime> = z.object({
  medianSeconds: z.int().nonnegative(),
  p90Seconds: z.int().nonnegative(),
  basis: z.enum(["hour", "day"]),
  of: z.int().positive(),
});

/** Something that guests can ask for. */
export interface RequestKind {
  id: RequestKindId;
  name: string;
  /** Names a picture that screens have; an unknown one is drawn as a balloon. */
  picture: string;
  hint: string;
  options: RequestOption[];
  maxQuantity: number;
  takesNote: boolean;
  isOpen: boolean;
  /** While it is closed: when it opens, if ever. */
  opensAt: Instant | null;
  /** Null: there is not enough history to say. */
  wait: WaitingTime | null;
}
export const RequestKind: z.ZodType<RequestKind> = z.object({
  id: RequestKindId,
  name: z.string(),
  picture: z.string(),
  hint: z.string(),
  options: z.array(RequestOption),
  maxQuantity: z.int(),
  takesNote: z.boolean(),
  isOpen: z.boolean(),
  opensAt: Instant.nullable(),
  wait: WaitingTime.nullable(),
});

/** One thing that was done to a request. */
export interface RequestStep {
  act: RequestAct;
  at: Instant;
  /** A member of staff by name, for staff; null for guests, and to guests. */
  by: string | null;
  note: string;
}
const RequestStep: z.ZodType<RequestStep> = z.object({
  act: RequestAct,
  at: Instant,
  by: z.string().nullable(),
  note: z.string(),
});

/** A request, as a guest of its visit or as staff see it. */
export interface Request {
  id: RequestId;
  kind: { id: RequestKindId; name: string; picture: string };
  place: { id: PlaceId; name: string };
  visitId: VisitId;
  state: RequestState;
  /** What was chosen, in words: "Size: large". */
  choices: string[];
  quantity: number;
  note: string;
  /** How often the same was asked for while it was open. */
  times: number;
  madeAt: Instant;
  doneAt: Instant | null;
  /** Who took it, for staff. */
  owner: string | null;
  /** Why it was declined. */
  because: string | null;
  stars: number | null;
  comment: string | null;
  /** For a guest: whether they asked for it themselves, and not another phone of the visit. */
  isMine: boolean;
  steps: RequestStep[];
  /** What who reads this can do to it now. */
  acts: RequestAct[];
  /** Of a done one, until when it can be opened again. */
  reopenUntil: Instant | null;
}
export const Request: z.ZodType<Request> = z.object({
  id: RequestId,
  kind: z.object({ id: RequestKindId, name: z.string(), picture: z.string() }),
  place: z.object({ id: PlaceId, name: z.string() }),
  visitId: VisitId,
  state: RequestState,
  choices: z.array(z.string()),
  quantity: z.int(),
  note: z.string(),
  times: z.int(),
  madeAt: Instant,
  doneAt: Instant.nullable(),
  owner: z.string().nullable(),
  because: z.string().nullable(),
  stars: z.int().nullable(),
  comment: z.string().nullable(),
  isMine: z.boolean(),
  steps: z.array(RequestStep),
  acts: z.array(RequestAct),
  reopenUntil: Instant.nullable(),
});

const Note = StorableText.trim().max(500);
const OptionId = z.string().max(40);

/** A guest asks for something. What it costs, and what it is called, is ours to know. */
export interface MakeRequest {
  kindId: RequestKindId;
  /** By the option's id, the choice's. */
  options: Record<string, string>;
  quantity: number;
  note: string;
}
export const MakeRequest: z.ZodType<MakeRequest, Omit<MakeRequest, "kindId"> & { kindId: string }> = z.strictObject({
  kindId: RequestKindId,
  options: z.record(OptionId, OptionId).refine((options) => Object.keys(options).length <= 20),
  quantity: z.int().min(1).max(99),
  note: Note,
});

export interface NameRequest {
  requestId: RequestId;
}
export const NameRequest: z.ZodType<NameRequest, { requestId: string }> = z.strictObject({ requestId: RequestId });

export interface RateRequest extends NameRequest {
  /** 1 to 5. */
  stars: number;
  comment: string;
}
export const RateRequest: z.ZodType<RateRequest, Omit<RateRequest, "requestId"> & { requestId: string }> =
  z.strictObject({ requestId: RequestId, stars: z.int().min(1).max(5), comment: Note });

export interface DeclineRequest extends NameRequest {
  /** For the guest to read. */
  because: string;
}
export const DeclineRequest: z.ZodType<DeclineRequest, { requestId: string; because: string }> = z.strictObject({
  requestId: RequestId,
  because: Note.min(1),
});

export interface NoteRequest extends NameRequest {
  /** For staff alone. */
  note: string;
}
export const NoteRequest: z.ZodType<NoteRequest, { requestId: string; note: string }> = z.strictObject({
  requestId: RequestId,
  note: Note.min(1),
});

/** A "no" about a request, with what justifies it. Its words are in `requestRefusals`. */
export type RefusedRequest = { kind: "refused" } & (
  | { because: "not_found" | "unknown_choice" | "visit_ended" | "not_offered" | "too_late" }
  | { because: "session_request_limit"; limit: number }
  | { because: "kind_closed"; opensAt: Instant | null }
  | { because: "taken"; by: string; at: Instant }
  | { because: "wrong_state"; state: RequestState }
);
const kind = z.literal("refused");
export const RefusedRequest: z.ZodType<RefusedRequest> = z.discriminatedUnion("because", [
  z.object({ kind, because: z.enum(["not_found", "unknown_choice", "visit_ended", "not_offered", "too_late"]) }),
  z.object({ kind, because: z.literal("session_request_limit"), limit: z.int() }),
  z.object({ kind, because: z.literal("kind_closed"), opensAt: Instant.nullable() }),
  z.object({ kind, because: z.literal("taken"), by: z.string(), at: Instant }),
  z.object({ kind, because: z.literal("wrong_state"), state: RequestState }),
]);

/** Done, and the request as it is now. `merged`: the same was open already, and was asked for once more. Or why not. */
export type RequestOutcome = { kind: "done"; request: Request; merged: boolean } | RefusedRequest;
export const RequestOutcome: z.ZodType<RequestOutcome> = z.union([
  z.object({ kind: z.literal("done"), request: Request, merged: z.boolean() }),
  RefusedRequest,
]);

/** The queue of staff: what is open, the oldest first, and what was settled in the last day, the newest first. */
export interface RequestBoard {
  open: Request[];
  settled: Request[];
  /** From asking to somebody accepting, on average over the last seven days; null: nothing was accepted. */
  response: { averageSeconds: number; of: number } | null;
  /** What guests thought of it in the last 28 days; null: nobody said. */
  rating: { average: number; of: number } | null;
}
export const RequestBoard: z.ZodType<RequestBoard> = z.object({
  open: z.array(Request),
  settled: z.array(Request),
  response: z.object({ averageSeconds: z.int(), of: z.int() }).nullable(),
  rating: z.object({ average: z.number(), of: z.int() }).nullable(),
});

/** What staff do to a request by a button alone. */
export type PlainStaffAct = Exclude<StaffAct, "decline" | "note">;
