import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import pg from "pg";

/**
 * What the figures were taken on, in general terms.
 *
 * @param databaseUrl Of the PostgreSQL that was measured.
 */
export async function machine(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Record<"version" | "fsync" | "commit" | "buffers", string>>(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS commit, current_setting('shared_buffers') AS buffers`,
  );
  await client.end();
  const [database] = rows;

  return [
    cores(),
    `Node ${process.versions.node}, PostgreSQL ${database?.version} (fsync ${database?.fsync}, synchronous_commit ${database?.commit}, shared_buffers ${database?.buffers}), Redis ${redisVersion()}`,
    `client, servers and databases share the cores; ${load()}`,
  ];
}

/** The same for a bench without servers and databases. */
export const bareMachine = (): string[] => [cores(), `Node ${process.versions.node}; ${load()}`];

const cores = () =>
  `${availableParallelism()} cores (${cpus()[0]?.model.trim() || "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB of memory`;
const load = () => `load average at the end: ${(loadavg()[1] ?? 0).toFixed(1)}`;

function redisVersion(): string {
  try {
    const program = process.env.TEST_REDIS_SERVER ?? "redis-server";
    return execFileSync(program, ["--version"], { encoding: "utf8" }).match(/v=([\d.]+)/)?.[1] ?? "unknown";
  } catch {
    return "unknown";
  }
}
