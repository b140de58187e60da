const NAME = "tessera.guest";

interface Held {
  label: string;
  token: string;
}

/** The token of the place this page belongs to, as it was kept; null: none, or of another place. */
export function heldToken(storage: Pick<Storage, "getItem">, label: string): string | null {
  try {
    const held = JSON.parse(storage.getItem(NAME) ?? "null") as Partial<Held> | null;
    return held?.label === label && typeof held.token === "string" ? held.token : null;
  } catch {
    return null; // what somebody else wrote there, or no storage at all
  }
}

/** Keeps a token where a page that is loaded again finds it. In no address. */
export function hold(storage: Pick<Storage, "setItem" | "removeItem">, held: Held | null): void {
  try {
    if (held) storage.setItem(NAME, JSON.stringify(held));
    else storage.removeItem(NAME);
  } catch {
    // a browser that keeps nothing: the page lasts as long as it is open
  }
}
