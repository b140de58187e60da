/** How long a thing may be out: "up to 90 minutes", "up to 4 hours", "up to 3 days". */
export function loanLength(minutes: number): string {
  if (minutes < 120 && minutes !== 60) return `Up to ${minutes} minutes`;
  if (minutes < 48 * 60) return count(minutes / 60, "hour");
  return count(minutes / (24 * 60), "day");
}

function count(amount: number, unit: string): string {
  const whole = Math.round(amount * 10) / 10;
  return `Up to ${whole} ${unit}${whole === 1 ? "" : "s"}`;
}
