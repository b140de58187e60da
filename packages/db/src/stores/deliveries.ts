import type { TenantEvent, TenantId } from "@tessera/contracts";
import type { Database } from "../database.ts";
import { eventOf } from "../reads/event.ts";

/** A worker that says nothing for so long is taken for dead, and its deliveries go to another. */
const LEASE_SECONDS = 60;
/** After so many attempts a delivery is given up and waits for a person. With the pauses below: after about 85 minutes. */
const MOST_ATTEMPTS = 10;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** One journal entry on its way to one consumer. */
export interface Delivery {
  consumer: string;
  tenant: TenantId;
  /** 1 for the first. The receiver may have had it already: tenant and `event.seq` tell. */
  attempt: number;
  event: TenantEvent;
}

/** Journal entries for those who are not people: each at least once, never to two workers at a time. */
export interface Deliveries {
  /**
   * From now on this tenant's entries are delivered to this consumer. Doing it again changes nothing.
   *
   * @param consumer Like `webhooks`: 2 to 61 small letters, digits, `_`, `/`, `-`.
   * @param wanted `types`: only these, or all when left out. `after`: from which entry on, 0 for the whole journal.
   */
  subscribe(tenant: TenantId, consumer: string, wanted?: { types?: readonly string[]; after?: number }): Promise<void>;
  /** @returns Up to `limit` due deliveries, in the order of each tenant's journal; this worker's for a minute. */
  claimDeliveries(consumer: string, limit: number, now: Date): Promise<Delivery[]>;
  /** It arrived. @returns False when the minute was over and another worker has it now. */
  delivered(delivery: Delivery, now: Date): Promise<boolean>;
  /** It did not: it is tried again after a pause that doubles, and given up after ten attempts. @returns As above. */
  failed(delivery: Delivery, because: string, now: Date): Promise<boolean>;
}

/**
 * @param attempt The one that failed, from 1.
 * @returns How long to wait before the next, milliseconds; null when there is none.
 */
export const pauseAfter = (attempt: number): number | null =>
  attempt >= MOST_ATTEMPTS ? null : Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);

/** @param database Where the journal is. */
export function openDeliveries({ hot }: Database): Deliveries {
  async function settle(
    { tenant, consumer, attempt, event }: Delivery,
    now: Date,
    next: Date | null,
    because?: string,
  ) {
    const values = [tenant, consumer, event.seq, attempt, now, next, because ?? null];
    const { rows } = await hot.query<{ heard: boolean }>({ ...SETTLE, values });
    return rows[0]?.heard ?? false;
  }

  return {
    async subscribe(tenant, consumer, { types = [], after } = {}) {
      await hot.query({ ...SUBSCRIBE, values: [tenant, consumer, types, after ?? null] });
    },

    async claimDeliveries(consumer, limit, now) {
      const values = [consumer, limit, now, LEASE_SECONDS, MOST_ATTEMPTS];
      const { rows } = await hot.query<ClaimedRow>({ ...CLAIM, values });
      return rows.map((row) => ({ consumer, tenant: row.tenant_id, attempt: row.attempt, event: eventOf(row) }));
    },

    delivered: (delivery, now) => settle(delivery, now, null),

    failed(delivery, because, now) {
      const pause = pauseAfter(delivery.attempt);
      return settle(delivery, now, pause === null ? null : new Date(now.getTime() + pause), because);
    },
  };
}

const SUBSCRIBE = { name: "subscribe_deliveries", text: "SELECT subscribe_deliveries($1, $2, $3, $4)" };
const CLAIM = {
  name: "claim_deliveries",
  text: "SELECT * FROM claim_deliveries($1, $2, $3, make_interval(secs => $4), $5)",
};
const SETTLE = { name: "settle_delivery", text: "SELECT settle_delivery($1, $2, $3, $4, $5, $6, $7) AS heard" };

interface ClaimedRow {
  tenant_id: TenantId;
  seq: string;
  attempt: number;
  type: string;
  entity_id: string;
  at: Date;
  payload: unknown;
}
