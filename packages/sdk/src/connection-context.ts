import { createContext, useContext } from "react";
import type { Connection } from "./connection.ts";
import type { Flags } from "./flags.ts";

/** What a `TesseraProvider` gives the hooks below it. */
export interface Provided {
  connection: Connection;
  flags: Flags;
}

export const ConnectionContext = createContext<Provided | null>(null);

/** @param who Asks. @throws Error Outside a `TesseraProvider`. */
export function useProvided(who: string): Provided {
  const provided = useContext(ConnectionContext);
  if (!provided) throw new Error(`${who} needs a TesseraProvider above it`);
  return provided;
}
