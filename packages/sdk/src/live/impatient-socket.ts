import type { WebSocketClientOptions } from "@trpc/client";
import type { Timing } from "./timing.ts";

type SocketClass = NonNullable<WebSocketClientOptions["WebSocket"]>;

/** A browser may wait minutes for a proxy that swallows the upgrade, and nobody tries again meanwhile. */
const OPEN_MS = 10_000;

/** @returns The same kind of socket, but one that gives up when it has not opened within 10 seconds. */
export function impatient(Socket: SocketClass, { after }: Pick<Timing, "after">): SocketClass {
  return class extends Socket {
    constructor(address: string | URL) {
      super(address);
      const calm = after(OPEN_MS, () => {
        if (this.readyState === this.CONNECTING) this.close();
      });
      this.addEventListener("open", calm);
      this.addEventListener("close", calm);
    }
  };
}
