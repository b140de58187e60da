import type { TenantEvent, TenantId } from "@tessera/contracts";

/** News of one tenant: the journal now reaches `upTo`. The events themselves come along when they are at hand. */
export interface News {
  upTo: number;
  /** In rising order of `seq`; may be empty or incomplete. */
  events: readonly TenantEvent[];
  /** Types of events that are among them, when these are known though the events are not at hand. */
  about?: readonly string[];
}

/**
 * Says that there is news. It may lose messages and may repeat them: nobody acts on the bus alone, and whoever sees a
 * gap reads the journal.
 */
export interface Bus {
  /**
   * Tells who listens in this process, and other processes where there are any. News that does not say what it is about
   * was read from the head of the journal, where the others look for themselves: it stays in this process, so nothing is
   * told in circles.
   */
  publish(tenant: TenantId, news: News): void;
  /** @returns The tenants that somebody in this process listens to now. */
  heard(): readonly TenantId[];
  /**
   * @param signal Ends the listening.
   * @returns News of this tenant from the moment of the call on; listening starts before the first `next()`. A slow
   *   listener gets merged news: the highest `upTo`, without the events it missed.
   */
  listen(tenant: TenantId, signal: AbortSignal): AsyncIterable<News>;
}

/** @returns Whether events of this type are known to be among the news. */
export const isAbout = ({ events, about }: News, type: TenantEvent["type"]): boolean =>
  about?.includes(type) ?? events.some((event) => event.type === type);

/** @returns Whether they may be: nobody knows what is in news that says only how far the journal goes. */
export const mayBeAbout = (news: News, type: TenantEvent["type"]): boolean =>
  isAbout(news, type) || (news.events.length === 0 && !news.about);
