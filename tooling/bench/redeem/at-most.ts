/**
 * Lets so many in at once; the others wait in line, for as long as it takes. The driver's own line gives up after a while.
 *
 * @param most How many.
 */
export function atMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const line: Array<() => void> = [];
  let inside = 0;

  return async (work) => {
    if (inside < most) inside++;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else inside--;
    }
  };
}
