import type { TenantEvent, TenantId } from "@tessera/contracts";

/** News of one tenant: the journal now reaches `upTo`. The events themselves come along when they are at hand. */
export interface News {
  upTo: number;
  /** In rising order of `seq`; may be empty or incomplete. */
  events: readonly TenantEvent[];
}

/**
 * Says that there is news. It may lose messages and may repeat them: nobody acts on the bus alone, and whoever sees a
 * gap reads the journal.
 */
export interface Bus {
  publish(tenant: TenantId, news: News): void;
  /**
   * @param signal Ends the listening.
   * @returns News of this tenant from the moment of the call on; listening starts before the first `next()`. A slow
   *   listener gets merged news: the highest `upTo`, without the events it missed.
   */
  listen(tenant: TenantId, signal: AbortSignal): AsyncIterable<News>;
}
