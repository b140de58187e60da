/** One operation on one register. It took effect at some moment between `invoke` and `return`. */
export interface RegisterOperation<State> {
  name: string;
  invoke: number;
  /** `Infinity`: nobody heard how it ended. */
  return: number;
  /** Whether it may also never have happened. */
  mayBeMissing: boolean;
  /** @returns The state after it, or undefined when it cannot have happened in this state. */
  step(state: State): State | undefined;
}

export type Verdict = { kind: "linearizable" } | { kind: "impossible"; stuckAt: string[] } | { kind: "too_tangled" };

/** More states than this, and the windows are not small: the history says nothing that we can check in time. */
const MOST_STATES = 200_000;

interface Frame<State> {
  /** Everything before this index has happened. */
  base: number;
  /** Bit n: the operation at `base + n` has happened too. */
  ahead: bigint;
  state: State;
}

/**
 * Whether the operations can have happened one after the other, each inside its own time: a depth-first search that
 * remembers where it has been (after Wing and Gong, and Lowe).
 *
 * @param operations Of one register, in any order.
 * @param initial The register's first state; states are compared by their text.
 */
export function linearizable<State extends string | null>(
  operations: readonly RegisterOperation<State>[],
  initial: State,
): Verdict {
  const ordered = operations.toSorted((a, b) => a.invoke - b.invoke);
  const seen = new Set<string>();
  const stack: Frame<State>[] = [{ base: 0, ahead: 0n, state: initial }];
  let furthest = { done: -1, stuckAt: [] as string[] };

  for (let frame = stack.pop(); frame; frame = stack.pop()) {
    const { base, ahead, state } = frame;
    const key = `${base}:${ahead}:${state}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MOST_STATES) return { kind: "too_tangled" };

    const next = candidates(ordered, base, ahead);
    if (next.every((index) => ordered[index]?.mayBeMissing)) return { kind: "linearizable" };
    const done = base + bits(ahead);
    if (done > furthest.done) furthest = { done, stuckAt: next.map((index) => ordered[index]?.name ?? "") };

    for (const index of next.reverse()) {
      const after = ordered[index]?.step(state);
      if (after !== undefined) stack.push({ ...advance(base, ahead, index), state: after });
    }
  }
  return { kind: "impossible", stuckAt: furthest.stuckAt };
}

/** Those that may come next: nothing that is still to come had ended before they began. */
function candidates(ordered: readonly Timed[], base: number, ahead: bigint): number[] {
  const found: number[] = [];
  let firstReturn = Number.POSITIVE_INFINITY;
  for (let index = base; index < ordered.length; index++) {
    const operation = ordered[index];
    if (!operation || operation.invoke > firstReturn) break;
    if ((ahead >> BigInt(index - base)) & 1n) continue;
    found.push(index);
    firstReturn = Math.min(firstReturn, operation.return);
  }
  return found;
}

interface Timed {
  invoke: number;
  return: number;
}

function advance(base: number, ahead: bigint, index: number): { base: number; ahead: bigint } {
  let mask = ahead | (1n << BigInt(index - base));
  let start = base;
  for (; mask & 1n; mask >>= 1n) start++;
  return { base: start, ahead: mask };
}

function bits(mask: bigint): number {
  let count = 0;
  for (let rest = mask; rest > 0n; rest >>= 1n) count += Number(rest & 1n);
  return count;
}
