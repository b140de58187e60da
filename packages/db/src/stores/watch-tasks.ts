import { type Database, inRole } from "../database.ts";
import type { Prisma } from "../generated/prisma/client.ts";

/** Recurring work that one of several processes does, and whose report all of them tell. */
export interface WatchTasks {
  /** @returns True for one process per `everyMs`: the one that does it now. */
  claim(task: string, everyMs: number, now: Date): Promise<boolean>;
  /** @returns When a task was first begun that is begun once and for ever; now, if that is now. */
  firstBegun(task: string, now: Date): Promise<Date>;
  /** Keeps what came of it, until the next. */
  report(task: string, report: Prisma.InputJsonObject): Promise<void>;
  /** @returns The last report; empty when there is none. */
  lastReport(task: string): Promise<Prisma.JsonObject>;
}

/** A process whose clock runs a little ahead must not do it twice, nor one that runs behind skip a turn. */
const CLOCK_SLACK = 0.9;

/** @param database Where. */
export function watchTasks(database: Database): WatchTasks {
  return {
    claim: (task, everyMs, now) =>
      inRole(database, "tessera_operator", async (tx) => {
        const due = new Date(now.getTime() - everyMs * CLOCK_SLACK);
        const claimed = await tx.$executeRaw`
          INSERT INTO watch_tasks AS t (task, begun_at) VALUES (${task}, ${now}::timestamptz)
          ON CONFLICT (task) DO UPDATE SET begun_at = excluded.begun_at WHERE t.begun_at <= ${due}::timestamptz`;
        return claimed === 1;
      }),

    firstBegun: (task, now) =>
      inRole(database, "tessera_operator", async (tx) => {
        await tx.$executeRaw`INSERT INTO watch_tasks (task, begun_at) VALUES (${task}, ${now}::timestamptz)
          ON CONFLICT (task) DO NOTHING`;
        const row = await tx.watchTask.findUnique({ where: { task } });
        return row?.begunAt ?? now;
      }),

    async report(task, report) {
      await inRole(database, "tessera_operator", (tx) => tx.watchTask.update({ where: { task }, data: { report } }));
    },

    lastReport: (task) =>
      inRole(database, "tessera_operator", async (tx) => {
        const row = await tx.watchTask.findUnique({ where: { task } });
        return (row?.report ?? {}) as Prisma.JsonObject;
      }),
  };
}
