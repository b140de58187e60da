/**
 * Why a socket was closed, or not opened: the one list. Codes from 4000 on are ours; their last three digits are the HTTP
 * status that comes closest. A client of tRPC comes back after each of them, with its back-off.
 */
export const closings = {
  /** The server stops; another takes over. */
  going_away: { code: 1001, say: "the server is going away" },
  /** The client's address announced that it would say who it is, and it did not. */
  not_introduced: { code: 4401, say: "you did not say who you are" },
  /** The caller was signed out, or their device is not believed any more. */
  signed_out: { code: 4403, say: "you are signed out" },
  /** The caller's role or tenant is another one now. */
  rights_changed: { code: 4403, say: "your rights have changed" },
  /** The address it comes from is not served any more. */
  address_blocked: { code: 4403, say: "your network address is blocked" },
  /** Nothing came back to two pings. Cut off: nobody would hear a goodbye. */
  silent: { code: 4408, say: "you do not answer" },
  /** Too much waited to be read, or it stood still for too long. Cut off, for the same reason. */
  too_slow: { code: 4413, say: "you read too slowly" },
  too_many_messages: { code: 4429, say: "too many messages" },
  /** Of one caller. */
  too_many_sockets: { code: 4429, say: "too many sockets of one caller" },
} as const;

export type Closing = keyof typeof closings;
