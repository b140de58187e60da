/** The page a program runs in, as far as polling cares. Outside a browser nothing is ever hidden. */
export interface Page {
  isHidden(): boolean;
  /** What it returns ends the listening. */
  onShown(tell: () => void): () => void;
}

interface Visible {
  visibilityState?: string;
  addEventListener?(event: "visibilitychange", listener: () => void): void;
  removeEventListener?(event: "visibilitychange", listener: () => void): void;
}

/** @returns The page of this program. */
export function thisPage(): Page {
  const { document = {} } = globalThis as { document?: Visible };
  const isHidden = () => document.visibilityState === "hidden";
  return {
    isHidden,
    onShown(tell) {
      const onChange = () => {
        if (!isHidden()) tell();
      };
      document.addEventListener?.("visibilitychange", onChange);
      return () => document.removeEventListener?.("visibilitychange", onChange);
    },
  };
}
