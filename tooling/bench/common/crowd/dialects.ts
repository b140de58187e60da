/** How the clients of one kind of server open a socket, and ask to be told the news. */
export interface Dialect {
  path: string;
  /** Said once the socket is open. @param seen The number of the last news it has; null: it is new. */
  greeting(seen: number | null): readonly string[];
  /** What a text that is no news asks for. */
  answerTo(text: string): Answer;
}

interface Answer {
  say?: readonly string[];
  /** From now on it is told the news. */
  isIn?: true;
}

export type DialectName = keyof typeof dialects;

const subscription = (path: string, seen: number | null) =>
  JSON.stringify({ id: 1, method: "subscription", params: { path, input: { lastEventId: seen && String(seen) } } });
const whenStarted = (text: string): Answer => (text.includes('"started"') ? { isIn: true } : {});

export const dialects = {
  /** The library `ws` alone: whoever is connected is told. */
  raw: () => ({ path: "/", greeting: () => [], answerTo: () => ({ isIn: true }) }),

  trpc: () => ({
    path: "/trpc",
    greeting: (seen) => [subscription("news", seen)],
    answerTo: whenStarted,
  }),

  /** As `trpc`, and says who it is, as a desk does. */
  ours: (token) => ({
    path: "/trpc?connectionParams=1",
    greeting: (seen) => [
      JSON.stringify({ method: "connectionParams", data: { token } }),
      subscription("live.events", seen),
    ],
    answerTo: whenStarted,
  }),

  socketIo: () => ({
    path: "/socket.io/?EIO=4&transport=websocket",
    greeting: () => [],
    answerTo(text) {
      if (text.startsWith("0")) return { say: ["40"] };
      if (text.startsWith("40")) return { say: ['42["join"]'] };
      if (text === "2") return { say: ["3"] }; // it asks whether we are there
      return text.startsWith('42["joined"') ? { isIn: true } : {};
    },
  }),
} satisfies Record<string, (token: string) => Dialect>;
