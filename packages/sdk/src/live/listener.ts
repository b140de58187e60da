import type { AppRouter } from "@tessera/api/router";
import type { LiveTopic } from "@tessera/contracts";
import type { OperationResultEnvelope, TRPCClientError } from "@trpc/client";
import type { Observable, Observer, Unsubscribable } from "@trpc/server/observable";

export type Failure = TRPCClientError<AppRouter>;
export type Envelope = OperationResultEnvelope<unknown, Failure>;

/** Where a subscription's messages go. */
export type Subscriber = Observer<Envelope, Failure>;
/** Subscribes over the socket. `lastEventId`: where to go on from; null: as the subscriber asked. */
export type OverSocket = (lastEventId: string | null) => Observable<Envelope, Failure>;

export interface ListenerOptions {
  topic: LiveTopic;
  /** Where the subscriber wants to begin; null: now. */
  from: string | null;
  subscriber: Subscriber;
  overSocket: OverSocket;
  /** The socket has begun to tell it. */
  onSocket(): void;
  /** It is over: refused, or ended from outside. */
  onEnd(): void;
}

/**
 * One subscription of this program, told by the socket or by polling. Numbers rise, and whatever is not above the last one it
 * heard is left out: so it may be told by both for a moment, and the way it is told may change without a gap or a double.
 */
export class Listener {
  readonly topic: LiveTopic;
  readonly #options: ListenerOptions;
  #heard: string | null;
  #isOnSocket = false;
  #isPolled = false;
  #hasStarted = false;
  /** Polling has told more than the subscription over the socket knows of. */
  #isAhead = false;
  /** Where the subscription over the socket began. */
  #joinedAt: string | null = null;
  #line: Unsubscribable | null = null;
  #turn = 0;
  #isOver = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.topic = options.topic;
    this.#heard = options.from;
  }

  /** The number of the last event it has; null: none yet. */
  get heard(): string | null {
    return this.#heard;
  }

  get isOnSocket(): boolean {
    return this.#isOnSocket;
  }

  /** Subscribes over the socket, from where it is. An earlier subscription there is given up. */
  join(): void {
    const turn = ++this.#turn; // what the earlier one still says is not heard
    this.#line?.unsubscribe();
    this.#isAhead = false;
    this.#joinedAt = this.#heard;
    const now = (work: () => void) => turn === this.#turn && work();
    this.#line = this.#options.overSocket(this.#heard).subscribe({
      next: (envelope) => now(() => this.#hear(envelope)),
      error: (failure) => now(() => this.fail(failure)),
      complete: () => now(() => this.#end(() => this.#options.subscriber.complete())),
    });
  }

  /** A socket has opened; tRPC is about to subscribe again, from where the last socket was. */
  socketOpened(): void {
    if (this.#isAhead && !this.#isOnSocket) this.join();
  }

  socketLost(): void {
    this.#isOnSocket = false;
  }

  /** Polling has got through: the subscriber may know. */
  pollBegan(): void {
    if (this.#isOnSocket || this.#isPolled) return;
    this.#isPolled = true;
    this.#say({ result: { type: "state", state: "pending", error: null } });
    this.#start({ result: { type: "started" } });
  }

  /** Polling brought a message. */
  pollTold({ id, data }: { id: string; data: unknown }): void {
    this.#tell(id, { result: { type: "data", id, data: { id, data } } });
  }

  /** Polling knows of everything up to here. */
  pollReached(lastEventId: string): void {
    if (this.#isNew(lastEventId)) this.#heard = lastEventId;
    this.#isAhead = true;
  }

  fail(failure: Failure): void {
    this.#end(() => this.#options.subscriber.error(failure));
  }

  /** The subscriber has gone. */
  stop(): void {
    this.#isOver = true;
    this.#turn++;
    this.#line?.unsubscribe();
  }

  #hear(envelope: Envelope): void {
    const { result } = envelope;
    if (result.type === "state") this.#hearState(envelope, result.state);
    else if (result.type === "started" && this.#hasMissed()) this.join();
    else if (result.type === "started") this.#hearStarted(envelope);
    else if (result.type !== "stopped" && result.id !== undefined) this.#tell(String(result.id), envelope);
    else this.#say(envelope);
  }

  /** While it is polled, the subscriber need not know how the socket is. */
  #hearState(envelope: Envelope, state: string): void {
    if (this.#isPolled) return;
    if (state === "connecting") this.#hasStarted = false;
    this.#say(envelope);
  }

  /** It asked for "from now on", and has been polled since: what lies between would be missed. */
  #hasMissed(): boolean {
    return this.#isAhead && this.#joinedAt === null;
  }

  #hearStarted(envelope: Envelope): void {
    this.#isOnSocket = true;
    this.#isPolled = false;
    this.#start(envelope);
    this.#options.onSocket();
  }

  #start(envelope: Envelope): void {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#say(envelope);
  }

  #tell(id: string, envelope: Envelope): void {
    if (!this.#isNew(id)) return;
    this.#heard = id;
    this.#say(envelope);
  }

  #isNew(id: string): boolean {
    return this.#heard === null || Number(id) > Number(this.#heard);
  }

  #say(envelope: Envelope): void {
    if (!this.#isOver) this.#options.subscriber.next(envelope);
  }

  #end(say: () => void): void {
    if (this.#isOver) return;
    this.stop();
    this.#options.onEnd();
    say();
  }
}
