/** As much of the browser's storage as the kiosk uses. */
export type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** What this browser remembers. Where storage is full or forbidden the desk works all the same, until the page closes. */
export const browserMemory: Memory = {
  getItem: (key) => tolerating(() => localStorage.getItem(key)),
  setItem: (key, value) => tolerating(() => localStorage.setItem(key, value)),
  removeItem: (key) => tolerating(() => localStorage.removeItem(key)),
};

/** @returns What was kept under this key as JSON; null when there is nothing, or nothing that can be read. */
export function recall(memory: Memory, key: string): unknown {
  try {
    return JSON.parse(memory.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

export const remember = (memory: Memory, key: string, value: unknown): void =>
  memory.setItem(key, JSON.stringify(value));

function tolerating<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
