/** What can be listened to: `live.events` and so on. Apart from the shapes, so that a page's line need not carry the checker. */
export const liveTopics = ["events", "availability", "flags"] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** The number of a message, as `tracked()` writes it. */
export const EVENT_NUMBER = /^\d{1,15}$/;

/**
 * Where a subscription resumes, read as `Resume` reads it.
 *
 * @param input Of the subscription.
 * @returns The number; null: it begins now. Undefined: it is no such input, and the server knows what to say to it.
 */
export function resumePoint(input: unknown): string | null | undefined {
  if (input === undefined) return null;
  if (typeof input !== "object" || input === null || Array.isArray(input)) return undefined;
  if (Object.keys(input).some((key) => key !== "lastEventId")) return undefined;
  const { lastEventId = null } = input as { lastEventId?: unknown };
  if (lastEventId === null) return null;
  return typeof lastEventId === "string" && EVENT_NUMBER.test(lastEventId) ? lastEventId : undefined;
}
