/** How much one socket, one caller and all together may have. */
export interface SocketLimits {
  /** Sockets in this process; whoever comes then is told 503 and when to come back. */
  sockets: number;
  /** Of one device or member, in this process. */
  socketsPerCaller: number;
  /** Upgrades in a second, once `upgradesAtOnce` have come; whoever comes then is told 503 too. */
  upgradesPerSecond: number;
  upgradesAtOnce: number;
  /** Bytes of one message. */
  messageBytes: number;
  /** Pieces of one message, as its sender cut it. */
  fragments: number;
  /** Pieces in which the network brought what is no whole frame yet. */
  chunks: number;
  messagesPerSecond: number;
  /** Messages at once, after a quiet time. */
  burst: number;
  /** Requests in one message. */
  batch: number;
  subscriptions: number;
  callsInFlight: number;
  /** Bytes that wait to be read; beyond them news is left out, and made up for when they are read. */
  behindBytes: number;
  /** Beyond them nobody waits for the reader. */
  mostBytes: number;
  /** Nobody waits longer for a reader that does not read at all. */
  stalledMs: number;
  /** How long a client may take to say who it is, when its address announced that it would. */
  introduceMs: number;
  /** How often each socket is looked after. */
  roundMs: number;
  pingMs: number;
  recheckMs: number;
  /** Changes of availability in this time go in one message, after the first. */
  gatherMs: number;
  /** Over how long a stop sends the clients away. */
  drainMs: number;
}

export const LIMITS: SocketLimits = {
  sockets: 10_000,
  socketsPerCaller: 8,
  upgradesPerSecond: 1_000,
  upgradesAtOnce: 2_000,
  messageBytes: 16 * 1024,
  fragments: 64,
  chunks: 256,
  messagesPerSecond: 20,
  burst: 40,
  batch: 10,
  subscriptions: 50,
  callsInFlight: 32,
  behindBytes: 256 * 1024,
  mostBytes: 4 * 1024 * 1024,
  stalledMs: 15_000,
  introduceMs: 10_000,
  roundMs: 1_000,
  pingMs: 25_000,
  recheckMs: 60_000,
  gatherMs: 50,
  drainMs: 5_000,
};
