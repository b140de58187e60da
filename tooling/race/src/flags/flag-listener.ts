import type { AppRouter } from "@tessera/api/router";
import type { FlagKey } from "@tessera/contracts";
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { WebSocket } from "ws";
import { now, until } from "../time.ts";

/** An ordinary client of tRPC that is told the flags. */
export interface FlagListener {
  /** @returns When it heard of a revision of the flag or of a later one, by the runner's clock; null: not yet. */
  heardAt(revision: number): number | null;
  close(): Promise<void>;
}

/**
 * @param url Of the process that tells it.
 * @param token Of a desk.
 * @param key The flag it looks at.
 * @returns Once it has heard how the flags are.
 */
export async function flagListener(url: string, token: string, key: FlagKey): Promise<FlagListener> {
  const heard: Array<{ revision: number; at: number }> = [];
  const socket = createWSClient({
    url: `${url.replace(/^http/, "ws")}/trpc`,
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket, // it has what the client uses of the browser's
    connectionParams: { token },
  });
  const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });
  const subscription = client.live.flags.subscribe(undefined, {
    onData({ data }) {
      const flag = data.flags.find((one) => one.key === key);
      if (flag) heard.push({ revision: flag.revision, at: now() });
    },
  });
  await until("it has heard how the flags are", () => heard.length > 0);
  return {
    heardAt: (wanted) => heard.find(({ revision }) => revision >= wanted)?.at ?? null,
    async close() {
      subscription.unsubscribe();
      await socket.close();
    },
  };
}
