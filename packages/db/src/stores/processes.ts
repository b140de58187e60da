import { type Database, inRole } from "../database.ts";

/** How long a process may say nothing before the others take it for crashed. */
export const SILENT_MS = 15_000;
/** Who was silent for longer than this went down with everybody else: that is an outage, and no news any more. */
const FORGOTTEN_MS = 120_000;
const KEPT_DAYS = 7;

/** The processes of a deployment, as they know of each other. */
export interface Processes {
  /** This one is up, and decides by this revision of the flags. On an embedded database there can be no other, so whoever did not say that it ended is forgotten. */
  start(role: string, flagRevision: number): Promise<void>;
  /** This one is still up. @returns How many are, this one included. */
  beat(): Promise<number>;
  /** This one ends in order. */
  stop(): Promise<void>;
  /**
   * Signals each process that serves sockets and went silent, once: whoever looks first. One that was only held up, and is
   * heard of again, can crash again.
   *
   * @param at When that is.
   */
  signalCrashed(at: Date): Promise<void>;
}

/**
 * @param database Where.
 * @param id This process: a new UUID for each start.
 */
export function openProcesses(database: Database, id: string): Processes {
  return {
    start: (role, flagRevision) =>
      inRole(database, "tessera_operator", async (tx) => {
        if (database.kind === "embedded") await tx.serverProcess.deleteMany();
        await tx.$executeRaw`INSERT INTO server_processes (id, role, flag_revision) VALUES (${id}::uuid, ${role}, ${flagRevision})`;
        await tx.$executeRaw`DELETE FROM server_processes
          WHERE seen_at < clock_timestamp() - make_interval(days => ${KEPT_DAYS})`;
      }),

    beat: () =>
      inRole(database, "tessera_operator", async (tx) => {
        await tx.$executeRaw`UPDATE server_processes SET seen_at = clock_timestamp(), stopped_at = NULL WHERE id = ${id}::uuid`;
        const rows = await tx.$queryRaw<{ up: number }[]>`SELECT count(*)::int AS up FROM server_processes
          WHERE stopped_at IS NULL AND seen_at > clock_timestamp() - make_interval(secs => ${SILENT_MS / 1_000})`;
        return rows[0]?.up ?? 1;
      }),

    stop: () =>
      inRole(database, "tessera_operator", async (tx) => {
        await tx.$executeRaw`UPDATE server_processes SET seen_at = clock_timestamp(), stopped_at = clock_timestamp()
          WHERE id = ${id}::uuid`;
      }),

    signalCrashed: (at) =>
      inRole(database, "tessera_operator", async (tx) => {
        await tx.$executeRaw`
          WITH gone AS (
            UPDATE server_processes SET stopped_at = clock_timestamp()
             WHERE stopped_at IS NULL AND role IN ('ws', 'all') AND id <> ${id}::uuid
               AND seen_at < clock_timestamp() - make_interval(secs => ${SILENT_MS / 1_000})
               AND seen_at > clock_timestamp() - make_interval(secs => ${FORGOTTEN_MS / 1_000})
            RETURNING id, role, instant(seen_at) AS seen_at)
          INSERT INTO signals (kind, at, detail, source)
          SELECT 'socket_crash', ${at}::timestamptz, format('process %s (%s) was heard of last at %s', id, role, seen_at),
                 id || ' ' || seen_at FROM gone`;
      }),
  };
}
