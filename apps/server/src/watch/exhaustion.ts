import type { BreakerBook } from "@tessera/domain/flags/breaker-book";

/** Connections that were waited for in vain, as the breakers hear of them. */
export interface Exhaustion {
  /** It happened just now. Nothing is asked of the database, which has no connection to spare. */
  happened(): void;
  /** Tells the breakers of what happened since. It is kept until it could be told. */
  tell(breakers: Pick<BreakerBook, "signal">): Promise<void>;
}

/**
 * @param processId Whose connections.
 * @param now The time.
 */
export function exhaustionOf(processId: string, now: () => Date): Exhaustion {
  let since: Date | null = null;
  return {
    happened() {
      since ??= now();
    },
    async tell(breakers) {
      const at = since;
      if (!at) return;
      const minute = Math.floor(at.getTime() / 60_000);
      const detail = `process ${processId} waited for a connection in vain`;
      await breakers.signal({ kind: "pool_exhausted", at, detail }, `${processId} ${minute}`);
      since = null;
    },
  };
}
