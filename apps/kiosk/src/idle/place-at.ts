/** How long the words stand in one place. */
export const STAY_MS = 20_000;

/** Shares of the room that is left, so that nothing sticks out; no two neighbours in time are neighbours on the screen. */
const places = [
  [0.5, 0.5],
  [0.08, 0.15],
  [0.92, 0.85],
  [0.15, 0.9],
  [0.85, 0.1],
  [0.5, 0.12],
  [0.1, 0.5],
  [0.9, 0.48],
  [0.48, 0.88],
] as const;

/**
 * Where the words of a resting screen stand: they wander, so that a wall kiosk burns nothing into its panel.
 *
 * @param restedMs For how long the screen has rested.
 * @returns Shares of the free width and height, 0 to 1.
 */
export function placeAt(restedMs: number): { left: number; top: number } {
  const [left, top] = places[Math.floor(Math.max(0, restedMs) / STAY_MS) % places.length] ?? places[0];
  return { left, top };
}
