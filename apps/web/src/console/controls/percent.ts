const FINEST = 1_000;

/** To the nearest of the shares that are kept apart: steps of 0.001. */
export const roundPercent = (percent: number): number => Math.round(percent * FINEST) / FINEST;

/** @returns What was typed as a share of 0 to 100, with a comma or a point; null for what is none. */
export function parsePercent(text: string): number | null {
  const plain = text.trim().replace(/\s*%$/, "").replace(",", ".");
  if (!/^(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  const percent = roundPercent(Number(plain));
  return percent <= 100 ? percent : null;
}

/** How many of how many, in percent, with as many places as tell something. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  return `${percent >= 10 ? Math.round(percent) : Math.round(percent * 10) / 10} %`;
}
