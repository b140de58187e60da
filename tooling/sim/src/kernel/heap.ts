/** A heap: whatever comes first lies on top. */
export interface Heap<T> {
  readonly size: number;
  push(item: T): void;
  /** @returns The first item, taken out; undefined when there is none. */
  pop(): T | undefined;
}

/** @param isBefore Whether the first argument comes before the second; of any two different items one does. */
export function heapOf<T>(isBefore: (one: T, other: T) => boolean): Heap<T> {
  const items: T[] = [];
  const at = (index: number) => items[index] as T;

  return {
    get size() {
      return items.length;
    },
    push(item) {
      let place = items.length;
      items.push(item);
      while (place > 0) {
        const above = (place - 1) >> 1;
        if (!isBefore(item, at(above))) break;
        items[place] = at(above);
        place = above;
      }
      items[place] = item;
    },
    pop() {
      const top = items[0];
      const last = items.pop();
      if (last === undefined || items.length === 0) return top;
      let place = 0;
      for (;;) {
        let below = 2 * place + 1;
        if (below >= items.length) break;
        if (below + 1 < items.length && isBefore(at(below + 1), at(below))) below++;
        if (!isBefore(at(below), last)) break;
        items[place] = at(below);
        place = below;
      }
      items[place] = last;
      return top;
    },
  };
}
