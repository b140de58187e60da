/** Points on a line through time. */
export type Point = readonly [minutes: number, value: number];

/** @returns How much the value grows in a minute, by the line that fits best; 0 for less than two points. */
export function slopeOf(points: readonly Point[]): number {
  const mean = (of: (point: Point) => number) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(([minutes]) => minutes), mean(([, value]) => value)];
  const spread = points.reduce((sum, [minutes]) => sum + (minutes - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [minutes, value]) => sum + (minutes - x) * (value - y), 0) / spread;
}
