import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { AppRouter } from "@tessera/api/router";
import { type CreateTRPCReact, createTRPCReact } from "@trpc/react-query";
import { createContext, createElement, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import type { Connection, ConnectionState } from "./connection.ts";

export { connect } from "./connection.ts";

/** Every procedure as a hook. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>();

const ConnectionContext = createContext<Connection | null>(null);

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
  return createElement(
    ConnectionContext.Provider,
    { value: connection },
    createElement(trpc.Provider, {
      client,
      queryClient: queries,
      children: createElement(QueryClientProvider, { client: queries }, children),
    }),
  );
}

/** @returns Whether news arrives, and since when. @throws Error Outside a `TesseraProvider`. */
export function useConnection(): ConnectionState {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error("useConnection needs a TesseraProvider above it");
  return useSyncExternalStore(connection.watch, connection.status, connection.status);
}

/** Lists are kept right by subscriptions, so nothing is read again merely because it was looked at. */
const newQueryClient = () =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 2 }, mutations: { retry: false } } });
