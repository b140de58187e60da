import type { TenantEvent, TenantId } from "@tessera/contracts";
import type { News } from "@tessera/domain/events/bus";
import type { Database } from "./database.ts";
import { eventOf } from "./reads/event.ts";

const BATCH = 500;
const RELAY = {
  name: "relay_outbox",
  text: "SELECT tenant_id, seq, type, entity_id, at, payload FROM relay_outbox($1)",
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
  const { onNews, onTrouble, everyMs, heartbeatMs = HEARTBEAT_MS } = options;
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
      const { rows } = await hot.query<Row>({ ...RELAY, values: [BATCH] });
      for (const [tenant, events] of byTenant(rows)) tell(tenant, { upTo: events.at(-1)?.seq ?? 0, events });
      if (rows.length === BATCH) again = true;
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

interface Row {
  tenant_id: TenantId;
  seq: string;
  type: string;
  entity_id: string;
  at: Date;
  payload: unknown;
}

function byTenant(rows: readonly Row[]): Map<TenantId, TenantEvent[]> {
  const tenants = new Map<TenantId, TenantEvent[]>();
  for (const row of rows) {
    const events = tenants.get(row.tenant_id) ?? [];
    tenants.set(row.tenant_id, events);
    events.push(eventOf(row));
  }
  return tenants;
}
