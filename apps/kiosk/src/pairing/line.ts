import type { PairedDevice } from "@tessera/contracts";
import { type Connection, connect } from "@tessera/sdk";
import { isNamed, type Situation } from "./pairing-plan.ts";

/** The kiosk's line to the server: as a desk, or as nobody yet. Another desk is another line. */
export interface Line {
  number: number;
  connection: Connection;
  desk: PairedDevice | null;
  /** What is known while there is no desk. */
  situation: Situation;
  /** Why there is none any more; null when there never was. */
  lost: Lost | null;
}

/** `turned_away`: the server does not know this desk any more. `left`: somebody here wanted it so. `wiped`: staff did. */
export type Lost = "turned_away" | "left" | "wiped";

let lines = 0;

/** The token travels in a header and in the first message of the socket, never in an address. */
export const deskLine = (desk: PairedDevice): Line => ({
  number: ++lines,
  connection: connect({ token: desk.token }),
  desk,
  situation: { held: null, wanted: desk.name, mayPairItself: true },
  lost: null,
});

export const openLine = (situation: Situation, lost: Lost | null = null): Line => ({
  number: ++lines,
  connection: connect(),
  desk: null,
  situation,
  lost,
});

/** The line a kiosk starts with. A name in the address goes before the desk it was. */
export const firstLine = (held: PairedDevice | null, wanted: string | null): Line =>
  held && isNamed(held, wanted) ? deskLine(held) : openLine({ held, wanted, mayPairItself: true });
