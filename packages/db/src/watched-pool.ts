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
 * @param onExhausted Told whenever somebody waited for a connection in vain.
 * @returns A pool that says so.
 */
export function watchedPool(config: pg.PoolConfig, onExhausted: () => void): pg.Pool {
  const pool = new pg.Pool(config);
  const connect = pool.connect.bind(pool) as (connected?: Connected) => Promise<pg.PoolClient> | undefined;
  const look = (error: unknown) => {
    if (error instanceof Error && error.message.includes(IN_VAIN)) onExhausted();
  };

  function watched(connected?: Connected): Promise<pg.PoolClient> | undefined {
    if (connected) {
      return connect((error, client, done) => {
        if (error) look(error);
        connected(error, client, done);
      });
    }
    const connecting = connect();
    connecting?.catch(look);
    return connecting;
  }
  pool.connect = watched as typeof pool.connect;
  return pool;
}
