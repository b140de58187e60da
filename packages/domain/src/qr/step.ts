/** How long one picture of a rotating code is good for. The server takes the one before and the one after as well. */
export const STEP_SECONDS = 30;

/**
 * @param at A moment.
 * @returns The number of its step: whole half minutes since 1970 (as RFC 6238 counts them), a uint32 until the year 6053.
 */
export const stepAt = (at: Date): number => Math.floor(at.getTime() / (STEP_SECONDS * 1_000));
