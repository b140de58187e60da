import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { AppRouter } from "@tessera/api/router";
import { type CreateTRPCReact, createTRPCReact } from "@trpc/react-query";
import { createElement, type ReactNode, useMemo, useSyncExternalStore } from "react";
import type { Connection, ConnectionState } from "./connection.ts";
import { ConnectionContext, useProvided } from "./connection-context.ts";
import { openFlags } from "./flags.ts";

export { connect } from "./connection.ts";
export { type FlagState, useFlag, useFlagNews } from "./use-flag.ts";

/** Every procedure as a hook. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

export interface TesseraProviderProps {
  connection: Connection;
  /** Left out: one with defaults made for live screens. */
  queryClient?: QueryClient;
  children?: ReactNode;
}

/** Gives the hooks below it their connection. */
export function TesseraProvider({ connection, queryClient, children }: TesseraProviderProps): ReactNode {
  const queries = useMemo(() => queryClient ?? newQueryClient(), [queryClient]);
  const client = useMemo(() => trpc.createClient({ links: connection.links }), [connection]);
  const provided = useMemo(() => ({ connection, flags: openFlags(connection.client) }), [connection]);
  return createElement(
    ConnectionContext.Provider,
    { value: provided },
    createElement(trpc.Provider, {
      client,
      queryClient: queries,
      children: createElement(QueryClientProvider, { client: queries }, children),
    }),
  );
}

/** @returns Whether news arrives, and since when. @throws Error Outside a `TesseraProvider`. */
export function useConnection(): ConnectionState {
  const { connection } = useProvided("useConnection");
  return useSyncExternalStore(connection.watch, connection.status, connection.status);
}

/** Lists are kept right by subscriptions, so nothing is read again merely because it was looked at. */
const newQueryClient = () =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 2 }, mutations: { retry: false } } });
