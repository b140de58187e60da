/** @returns Milliseconds of the runner's monotonic clock: one clock for everything that a history tells. */
export const now = (): number => performance.now();

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks until the answer is yes.
 *
 * @param isSo One look; a throw counts as no.
 * @throws Error With `what` when it is not so within `patienceMs`.
 */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  { patienceMs = 20_000, everyMs = 20 } = {},
): Promise<void> {
  const giveUpAt = now() + patienceMs;
  for (;;) {
    const so = await Promise.resolve()
      .then(isSo)
      .catch(() => false);
    if (so) return;
    if (now() >= giveUpAt) throw new Error(`${what}: not within ${patienceMs} ms`);
    await pause(everyMs);
  }
}
