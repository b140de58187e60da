import { type Database, inRole } from "../database.ts";

/** How long a process may say nothing before the others take it for crashed. */
const SILENT_MS = 15_000;
/** Who was silent for longer than this went down with everybody else: that is an outage, and no news any more. */
const FORGOTTEN_MS = 120_000;
const KEPT_DAYS = 7;

/** A process that ended without saying so. */
export interface Crashed {
  id: string;
  role: string;
  seenAt: Date;
}

/** The processes of a deployment, as they know of each other. */
export interface Processes {
  /** This one is up, and decides by this revision of the flags. On an embedded database there can be no other, so whoever did not say that it ended is forgotten. */
  start(role: string, flagRevision: number): Promise<void>;
  /** This one is still up. */
  beat(): Promise<void>;
  /** This one ends in order. */
  stop(): Promise<void>;
  /** @returns Those that serve sockets and went silent, each once to whoever asks first. */
  crashed(): Promise<Crashed[]>;
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
      }),

    stop: () =>
      inRole(database, "tessera_operator", async (tx) => {
        await tx.$executeRaw`UPDATE server_processes SET seen_at = clock_timestamp(), stopped_at = clock_timestamp()
          WHERE id = ${id}::uuid`;
      }),

    crashed: () =>
      inRole(
        database,
        "tessera_operator",
        (tx) => tx.$queryRaw<Crashed[]>`UPDATE server_processes SET stopped_at = clock_timestamp()
          WHERE stopped_at IS NULL AND role IN ('ws', 'all') AND id <> ${id}::uuid
            AND seen_at < clock_timestamp() - make_interval(secs => ${SILENT_MS / 1_000})
            AND seen_at > clock_timestamp() - make_interval(secs => ${FORGOTTEN_MS / 1_000})
          RETURNING id, role, seen_at AS "seenAt"`,
      ),
  };
}
