import type { Caller, Told, Topic } from "@tessera/api";
import type { Resync, TenantEvent } from "@tessera/contracts";
import { textFrame } from "./frame.ts";
import type { Line } from "./line.ts";

/** One subscription of one socket. */
export interface Seat {
  line: Line;
  /** The client's number for it. Clients count from 1, so many have the same. */
  requestId: number;
  /** Where it sits; null while it is brought there. */
  room: Room | null;
  /** Stopped, or its socket is gone. */
  isGone: boolean;
  /** Called when it goes, for who waits for it. */
  whenGone: (() => void) | null;
}

/** @returns What follows the request's id in a message, ready to be written for any of them. */
export const tailOf = ({ seq, data }: Told): string =>
  `,"result":{"type":"data","data":{"id":"${seq}","data":${JSON.stringify(data)}},"id":"${seq}"}}`;

export const frameOf = (requestId: number, tail: string): Buffer => textFrame(`{"id":${requestId}${tail}`);

/** Everybody in a tenant who hears the same of a topic. */
export class Room {
  readonly topic: Topic;
  /** One of them: what concerns one concerns all. */
  readonly caller: Caller;
  readonly #seats = new Map<number, Set<Seat>>();

  constructor(topic: Topic, caller: Caller) {
    this.topic = topic;
    this.caller = caller;
  }

  get isEmpty(): boolean {
    return this.#seats.size === 0;
  }

  add(seat: Seat): void {
    seat.room = this;
    const alike = this.#seats.get(seat.requestId);
    if (alike) alike.add(seat);
    else this.#seats.set(seat.requestId, new Set([seat]));
  }

  remove(seat: Seat): void {
    seat.room = null;
    const alike = this.#seats.get(seat.requestId);
    alike?.delete(seat);
    if (alike?.size === 0) this.#seats.delete(seat.requestId);
  }

  /** @returns All who were in it. */
  clear(): Seat[] {
    const seats = [...this.#seats.values()].flatMap((alike) => [...alike]);
    for (const seat of seats) this.remove(seat);
    return seats;
  }

  /** @returns What an event says to those in the room, or null. */
  hears(event: TenantEvent | Resync): Told["data"] | null {
    return this.topic.tell(event, this.caller);
  }

  /**
   * Writes one message to all: one frame for each request id, the same bytes for all who have it.
   *
   * @param tail Of `tailOf`.
   * @param onBehind Gets who reads too slowly to be told now. They were not.
   * @returns To how many it went.
   */
  tell(tail: string, onBehind: (seat: Seat) => void): number {
    let told = 0;
    for (const [requestId, seats] of this.#seats) {
      const frame = frameOf(requestId, tail);
      for (const seat of seats) {
        if (seat.line.isBehind) {
          onBehind(seat);
          continue;
        }
        seat.line.write(frame);
        told++;
      }
    }
    return told;
  }
}
