import { z } from "zod";

/** How a request stands. */
export const requestStates = [
  "received",
  "accepted",
  "in_progress",
  "done",
  "confirmed",
  "declined",
  "cancelled",
  "expired",
] as const;
export type RequestState = (typeof requestStates)[number];
export const RequestState: z.ZodType<RequestState> = z.enum(requestStates);

/** States in which somebody still has something to do. */
export const openStates: readonly RequestState[] = ["received", "accepted", "in_progress"];

/** What guests do to a request. `again`: the same was open, and was asked for once more. */
export const guestActs = ["make", "again", "cancel", "confirm", "rate", "reopen"] as const;
export type GuestAct = (typeof guestActs)[number];
/** What staff do to it. */
export const staffActs = ["accept", "start", "finish", "decline", "note"] as const;
export type StaffAct = (typeof staffActs)[number];
export type RequestAct = GuestAct | StaffAct;
export const RequestAct: z.ZodType<RequestAct> = z.enum([...guestActs, ...staffActs]);

/** Every "no" about a request, with the words for the person. */
export const requestRefusals = {
  not_found: { say: "This is not here any more.", next: "Load the list again." },
  unknown_choice: { say: "This choice is not offered any more.", next: "Choose again." },
  visit_ended: { say: "This visit has ended.", next: "Scan the code again to begin a new one." },
  not_offered: { say: "Requests by phone are switched off here at the moment.", next: "Ask the staff." },
  session_request_limit: { say: "You have asked for as much as one visit by phone may.", next: "Ask the staff." },
  kind_closed: { say: "This is not offered at this hour.", next: "Ask again when it opens." },
  taken: { say: "Somebody else has it.", next: "Take another one." },
  wrong_state: { say: "This cannot be done to it any more.", next: "Look at how it stands now." },
  too_late: { say: "It is too late to open this again.", next: "Ask for it anew." },
} as const;
export type RequestRefusalReason = keyof typeof requestRefusals;
