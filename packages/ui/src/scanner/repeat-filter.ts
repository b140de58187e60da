/** Tells a code that was just brought from one that is still being held. */
export interface RepeatFilter {
  /** Takes a text and when it was seen, in ms; tells whether it is news. */
  isNews(text: string, at: number): boolean;
  /** The next sight of any code is news again: somebody asked to scan once more. */
  forget(): void;
}

/**
 * Takes how long a code must have been away. Counted from when it was last seen, not from when it was last reported:
 * a code held before the camera for a minute is one scan. Other codes are not held up by it.
 */
export function repeatFilter(awayMs = 2_500): RepeatFilter {
  const lastSeen = new Map<string, number>();

  return {
    isNews(text, at) {
      for (const [known, seenAt] of lastSeen) if (at - seenAt >= awayMs) lastSeen.delete(known);
      const news = !lastSeen.has(text);
      lastSeen.set(text, at);
      return news;
    },
    forget: () => lastSeen.clear(),
  };
}
