/** Does one piece of work after the other, in the order in which they came. */
export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>;

/** @returns A queue of this window. */
export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/**
 * A queue of all windows of this browser; of this window alone where the browser has no Web Locks.
 *
 * @param name Of the queue.
 */
export function oneWindowAtATime(name: string): OneAtATime {
  if (!hasLocks()) return oneAtATime();
  return (work) => navigator.locks.request(name, work) as ReturnType<typeof work>;
}

/** Does the work if no other window is doing it. */
export type IfNobodyElse = <T>(work: () => Promise<T>) => Promise<T | "elsewhere">;

/**
 * One window leads; the others leave it to that one.
 *
 * @param name Of the work.
 */
export function ifNoOtherWindow(name: string): IfNobodyElse {
  if (!hasLocks()) return ifNobodyElse();
  return <T>(work: () => Promise<T>) =>
    navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : "elsewhere")) as Promise<
      T | "elsewhere"
    >;
}

/** @returns The same within one window. */
export function ifNobodyElse(): IfNobodyElse {
  let isBusy = false;
  return async (work) => {
    if (isBusy) return "elsewhere";
    isBusy = true;
    try {
      return await work();
    } finally {
      isBusy = false;
    }
  };
}

const hasLocks = () => typeof navigator !== "undefined" && "locks" in navigator;
