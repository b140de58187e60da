/**
 * Works on one after the other. One that fails does not keep the others from their turn.
 *
 * @param items In this order.
 * @param work May reject.
 * @throws {AggregateError} At the end, of all that failed.
 */
export async function eachInTurn<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const causes: unknown[] = [];
  for (const item of items) await work(item).catch((cause) => causes.push(cause));
  if (causes.length > 0) throw new AggregateError(causes, `${causes.length} of them failed`);
}
