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
