import pg from "pg";

/** What pg-pool says when every connection was in use for as long as one waited; a server that is away says something else. */
const IN_VAIN = "timeout exceeded when trying to connect";

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * @param config As for any pool.
 * @param onExhausted Told whenever somebody waited for a connection in vain, all being in use. Of a server that does not answer it is
 *   not told: there the waiting is for connections that do not come about.
 * @returns A pool that says so.
 */
export function watchedPool(config: pg.PoolConfig, onExhausted: () => void): pg.Pool {
  const pool = new pg.Pool(config);
  let connected = 0;
  pool.on("connect", () => connected++);
  pool.on("remove", () => connected--);
  const connect = pool.connect.bind(pool) as (connected?: Connected) => Promise<pg.PoolClient> | undefined;
  const look = (error: unknown) => {
    const isFull = connected >= pool.options.max;
    if (isFull && error instanceof Error && error.message.includes(IN_VAIN)) onExhausted();
  };

  function watched(onConnected?: Connected): Promise<pg.PoolClient> | undefined {
    if (onConnected) {
      return connect((error, client, done) => {
        if (error) look(error);
        onConnected(error, client, done);
      });
    }
    const connecting = connect();
    connecting?.catch(look);
    return connecting;
  }
  pool.connect = watched as typeof pool.connect;
  return pool;
}
