/** By the reader's clock, and the name as the reader gave it: which of its words is a first name nobody can know. */
export function greeting(name: string, hour: number): string {
  if (hour < 5) return `Hello, ${name}`;
  if (hour < 12) return `Good morning, ${name}`;
  if (hour < 18) return `Good afternoon, ${name}`;
  return `Good evening, ${name}`;
}
