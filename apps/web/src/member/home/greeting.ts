/** "Good morning, Ada": by the reader's clock and the first of their names. */
export function greeting(name: string, hour: number): string {
  const [first = name] = name.trim().split(/\s+/);
  if (hour < 5) return `Hello, ${first}`;
  if (hour < 12) return `Good morning, ${first}`;
  if (hour < 18) return `Good afternoon, ${first}`;
  return `Good evening, ${first}`;
}
