import type { TenantId } from "@tessera/contracts";
import type { News } from "@tessera/domain/events/bus";
import type { Database } from "./database.ts";
import { eventOf } from "./reads/event.ts";

const BATCH = 500;
/** One row for each tenant; the events only where somebody listens, since reading them costs more than moving them. */
const RELAY = {
  name: "relay_outbox",
  text: `SELECT tenant_id, max(seq) AS up_to, count(*)::int AS moved, array_agg(DISTINCT type) AS about,
      CASE WHEN $2::uuid[] IS NULL OR tenant_id = ANY ($2) THEN json_agg(json_build_object(
        'seq', seq, 'type', type, 'entity_id', entity_id, 'at', at, 'payload', payload) ORDER BY seq) END AS events
    FROM relay_outbox($1) GROUP BY tenant_id`,
};
const HEADS = { name: "journal_heads", text: "SELECT tenant_id, seq FROM journal_heads()" };

/** Moves what happened from the outbox into the journal, and tells this process of it. */
export interface Relay {
  /** There may be something: look now. Never throws, never waits. */
  poke(): void;
  /** Ends the look that is under way, then stops. */
  stop(): Promise<void>;
}

export interface RelayOptions {
  onNews(tenant: TenantId, news: News): void;
  /** The tenants whose events somebody here listens to; of the others is told what it is about. Left out: all. */
  heard?(): readonly TenantId[];
  /** Told of each look that failed; the next one tries again. */
  onTrouble(cause: unknown): void;
  /** How often to look without being poked, milliseconds: for what other processes or an operator's SQL wrote. */
  everyMs: number;
  /** How often each tenant's head is told again although nothing is new, milliseconds: heals a message that was lost. */
  heartbeatMs?: number;
}

const HEARTBEAT_MS = 5_000;

/**
 * Starts the relay of this process. Any number of processes may run one: the database lets one at a time through, so
 * numbers are gapless and one thing's events keep their order.
 *
 * @param database Where.
 * @param options Whom to tell.
 */
export function startRelay({ hot }: Database, options: RelayOptions): Relay {
  const { onNews, heard, onTrouble, everyMs, heartbeatMs = HEARTBEAT_MS } = options;
  const heads = new Map<TenantId, number>();
  let looking: Promise<void> | null = null;
  let again = false;
  let further = false;
  let beat = false;
  let stopped = false;

  async function look(): Promise<void> {
    do {
      again = false;
      if (further) {
        further = false;
        await lookFurther();
      }
      const values = [BATCH, heard?.() ?? null];
      const { rows } = await hot.query<Moved>({ ...RELAY, values });
      for (const row of rows) tell(row.tenant_id, newsIn(row));
      if (rows.reduce((sum, { moved }) => sum + moved, 0) === BATCH) again = true;
    } while (again && !stopped);
  }

  /**
   * News that another process relayed: only how far it goes; whoever listens reads the journal. On a heartbeat every
   * head is told, known or not: a listener that missed one sees the gap.
   */
  async function lookFurther(): Promise<void> {
    const { rows } = await hot.query<{ tenant_id: TenantId; seq: string }>(HEADS);
    const everyone = beat;
    beat = false;
    for (const { tenant_id: tenant, seq } of rows) {
      if (everyone || Number(seq) > (heads.get(tenant) ?? 0)) tell(tenant, { upTo: Number(seq), events: [] });
    }
  }

  function tell(tenant: TenantId, news: News): void {
    heads.set(tenant, Math.max(heads.get(tenant) ?? 0, news.upTo));
    onNews(tenant, news);
  }

  function run(): void {
    if (stopped) return;
    again = true;
    looking ??= look()
      .catch(onTrouble)
      .finally(() => {
        looking = null;
        if (again) run(); // poked after the last look had begun
      });
  }

  function lookAround(): void {
    further = true;
    run();
  }

  const looks = setInterval(lookAround, everyMs);
  const beats = setInterval(() => {
    beat = true;
    lookAround();
  }, heartbeatMs);

  return {
    poke: run,
    async stop() {
      stopped = true;
      clearInterval(looks);
      clearInterval(beats);
      await looking;
    },
  };
}

/** What became of one tenant's part of the outbox. */
interface Moved {
  tenant_id: TenantId;
  up_to: string;
  moved: number;
  about: string[];
  /** Rising; null when nobody listens. */
  events: Array<Omit<Parameters<typeof eventOf>[0], "at"> & { at: string }> | null;
}

const newsIn = ({ up_to: upTo, about, events }: Moved): News => ({
  upTo: Number(upTo),
  events: events?.map((row) => eventOf({ ...row, at: new Date(row.at) })) ?? [],
  about,
});
