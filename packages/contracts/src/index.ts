export * from "./account.ts";
export * from "./api-key.ts";
export * from "./audit.ts";
export * from "./checkout.ts";
export * from "./device.ts";
export * from "./events.ts";
export * from "./failures.ts";
export * from "./flag.ts";
export * from "./guest.ts";
export * from "./guest-refusals.ts";
export * from "./ids.ts";
export * from "./key.ts";
export { LendingRefusal } from "./lending-refusal-shape.ts";
export { lendingRefusals, lendingWords, lengthWords } from "./lending-refusals.ts";
export * from "./live-topics.ts";
export * from "./loan-rule.ts";
export * from "./offline.ts";
export * from "./opening-hours.ts";
export * from "./people.ts";
export * from "./people-refusals.ts";
export * from "./place.ts";
export * from "./qr.ts";
export { Refusal, RefusalReason } from "./refusal-shape.ts";
export * from "./refusal-words.ts";
export {
  type KeptEvidence,
  type PlainReason,
  refusals,
  type UnavailableEvidence,
  type UseEvidence,
} from "./refusals.ts";
export * from "./request.ts";
export * from "./request-refusals.ts";
export * from "./request-states.ts";
export * from "./reservation.ts";
export * from "./resource.ts";
export * from "./resource-kinds.ts";
export * from "./security.ts";
export * from "./self-service.ts";
export * from "./tenant.ts";
export { isStorable, StorableText } from "./text.ts";
export * from "./thing.ts";
export * from "./thing-import.ts";
export * from "./thing-label.ts";
export * from "./thing-refusals.ts";
export * from "./undo.ts";
export * from "./uuid.ts";
export * from "./visit.ts";
