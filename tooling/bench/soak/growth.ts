/** What was in use at some time. */
export type Point = readonly [minutes: number, value: number];

/**
 * How much the floor rises in a minute: the lowest point of the last third against that of the first. What is kept for a
 * while and then let go, such as the newest events, goes up and down above the floor and says nothing of a leak.
 *
 * @param points In the order of time, evenly spread.
 * @returns 0 for less than three points.
 */
export function growthOf(points: readonly Point[]): number {
  const third = Math.floor(points.length / 3);
  if (third === 0) return 0;
  const [first, last] = [lowest(points.slice(0, third)), lowest(points.slice(-third))];
  const apart = ((points.at(-1)?.[0] ?? 0) - (points.at(0)?.[0] ?? 0)) * (2 / 3); // from the middle of one to that of the other
  return (last - first) / apart;
}

const lowest = (points: readonly Point[]): number => Math.min(...points.map(([, value]) => value));
