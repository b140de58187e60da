import pg from "pg";

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/** A connection that hears notifications. */
export interface Listening {
  close(): Promise<void>;
}

/**
 * Listens on a connection of its own; when that breaks, on another. What was said meanwhile is lost, so who listens also
 * looks now and then.
 *
 * @param connectionString Of a server; a pooler in between must pass LISTEN on.
 * @param channel An SQL name.
 * @param onNews Called for each notification, and once whenever listening begins (again): something may have been missed.
 */
export function listenTo(connectionString: string, channel: string, onNews: () => void): Listening {
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;
  let pause = FIRST_RETRY_MS;

  async function begin(): Promise<void> {
    const mine = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000, keepAlive: true });
    client = mine;
    mine.on("error", () => again(mine));
    mine.on("end", () => again(mine));
    mine.on("notification", onNews);
    await mine.connect();
    await mine.query(`LISTEN ${channel}`);
    pause = FIRST_RETRY_MS;
    onNews();
  }

  function again(whose: pg.Client): void {
    if (isClosed || client !== whose) return;
    client = null;
    whose.end().catch(() => {});
    retry = setTimeout(start, pause);
    retry.unref();
    pause = Math.min(2 * pause, LONGEST_RETRY_MS);
  }

  function start(): void {
    begin().catch(() => client && again(client));
  }

  start();
  return {
    async close() {
      isClosed = true;
      if (retry) clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}
