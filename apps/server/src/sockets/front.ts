import { type Admitted, type Answered, type Caller, type Calls, type Topic, topics } from "@tessera/api";
import type { Resume } from "@tessera/contracts";
import { TRPCError } from "@trpc/server";
import type { Logger } from "pino";
import { logFaults } from "../routes/trpc.ts";
import type { Adapter, OpenAdapter } from "./adapter.ts";
import { Allowance } from "./allowance.ts";
import type { Hub } from "./hub.ts";
import type { SocketLimits } from "./limits.ts";
import type { Line } from "./line.ts";
import { type Plain, paramsIn, parsed, plainIn } from "./plain.ts";
import type { Seat } from "./room.ts";
import type { Session } from "./session.ts";

export interface FrontOptions {
  /** What can be asked for. */
  calls: Calls;
  hub: Hub;
  openAdapter: OpenAdapter;
  limits: SocketLimits;
  /** Calls of all sockets that are not answered yet, also of those that are gone. */
  work: { calls: number };
  log: Logger;
}

type Request = Extract<Plain, { kind: "request" }>;

/**
 * The short way for what nearly every message is: a call or a subscription that is served in common, in tRPC's wire format.
 * It runs the same procedures with the same middlewares as tRPC's own handler, which gets everything unusual; a test compares
 * the two (docs/decisions/0016-the-hub.md).
 */
export class Front {
  readonly #line: Line;
  readonly #session: Session;
  readonly #options: FrontOptions;
  readonly #allowance: Allowance;
  readonly #seats = new Map<number, Seat>();
  #inFlight = 0;
  #adapter: Adapter | null = null;
  #isIntroduced: boolean;

  constructor(line: Line, session: Session, options: FrontOptions) {
    this.#line = line;
    this.#session = session;
    this.#options = options;
    const { messagesPerSecond, burst } = options.limits;
    this.#allowance = new Allowance(messagesPerSecond, burst, performance.now());
    this.#isIntroduced = !line.request.url?.includes("connectionParams=1");
  }

  /** It has said who it is, or never announced that it would. */
  get isIntroduced(): boolean {
    return this.#isIntroduced;
  }

  hear(raw: Buffer, isBinary: boolean): void {
    const text = isBinary ? "" : raw.toString();
    if (text === "PONG") return;
    const message = isBinary ? undefined : parsed(text);
    const asked = Array.isArray(message) ? message : [message];

    if (!this.#allowance.takes(Math.max(1, asked.length), performance.now())) this.#line.close("too_many_messages");
    else if (text === "PING") this.#line.say("PONG");
    else if (this.#isIntroduced) this.#consider(asked, raw, isBinary);
    else this.#introduce(message, raw, isBinary);
  }

  /** The line is gone. */
  end(): void {
    for (const seat of this.#seats.values()) this.#options.hub.leave(seat);
    this.#seats.clear();
    this.#adapter?.end();
  }

  #consider(asked: readonly unknown[], raw: Buffer, isBinary: boolean): void {
    const plain =
      asked.length > this.#options.limits.batch ? [null] : asked.map((one) => plainIn(one, this.#options.calls));
    if (plain.some((one) => one === null || this.#isForeign(one))) this.#giveOn(raw, isBinary);
    else for (const one of plain) if (one) this.#take(one);
  }

  #introduce(message: unknown, raw: Buffer, isBinary: boolean): void {
    const params = paramsIn(message);
    this.#session.said = params ?? {};
    if (params) this.#isIntroduced = true;
    else this.#giveOn(raw, isBinary); // it tells them what is wrong, and hangs up
  }

  #giveOn(raw: Buffer, isBinary: boolean): void {
    this.#adapter ??= this.#options.openAdapter(this.#line, this.#session.context, this.#isIntroduced);
    this.#adapter.hear(raw, isBinary);
  }

  /** Subscriptions that nobody has in common, and the stop of one. */
  #isForeign(plain: Plain): boolean {
    if (plain.kind === "stop") return !this.#seats.has(plain.id) && this.#adapter !== null;
    return plain.call.type === "subscription" && !topics.has(plain.call.path);
  }

  #take(plain: Plain): void {
    const topic = plain.kind === "request" && topics.get(plain.call.path);
    if (plain.kind === "stop") this.#stop(plain.id);
    else if (topic) void this.#subscribe(plain, topic);
    else void this.#answer(plain);
  }

  async #answer(request: Request): Promise<void> {
    const { id, call, input } = request;
    if (this.#inFlight >= this.#options.limits.callsInFlight) {
      return this.#refuse(request, tooMany("Too many calls are under way."));
    }
    this.#inFlight++;
    this.#options.work.calls++;
    try {
      this.#tell(id, call.path, await call.answer(this.#session.context, () => input));
    } catch (cause) {
      this.#options.log.error({ err: cause, path: call.path }, "an answer could not be written");
      this.#line.client.terminate(); // a caller who waits for ever is worse off than one who asks again
    } finally {
      this.#inFlight--;
      this.#options.work.calls--;
    }
  }

  async #subscribe(request: Request, topic: Topic): Promise<void> {
    const { id, call, input } = request;
    if (this.#seats.has(id)) {
      return this.#refuse(request, new TRPCError({ code: "BAD_REQUEST", message: `Duplicate id ${id}` }));
    }
    if (this.#seats.size >= this.#options.limits.subscriptions) {
      return this.#refuse(request, tooMany("There are too many subscriptions on this socket."));
    }
    const seat: Seat = { line: this.#line, requestId: id, room: null, isGone: false, whenGone: null };
    this.#seats.set(id, seat); // before anything is waited for: a stop may come at any time

    const { context } = this.#session;
    const admitted: Admitted<{ caller: Caller }> = await call.admit(context, () => input);
    if (seat.isGone) return;
    if (!admitted.ok) return this.#unseat(seat, () => this.#tell(id, call.path, admitted));

    this.#line.say(`{"id":${id},"result":{"type":"started"}}`);
    const { lastEventId } = (admitted.input as Resume | undefined) ?? {};
    this.#options.hub.join(seat, topic, admitted.inside.caller, lastEventId ? Number(lastEventId) : null, (cause) =>
      this.#unseat(seat, () => this.#refuse(request, cause)),
    );
  }

  #stop(id: number): void {
    const seat = this.#seats.get(id);
    if (seat) this.#unseat(seat, () => this.#line.say(`{"id":${id},"result":{"type":"stopped"}}`));
  }

  #unseat(seat: Seat, say: () => void): void {
    this.#options.hub.leave(seat);
    this.#seats.delete(seat.requestId);
    say();
  }

  #refuse({ id, call }: Request, cause: unknown): void {
    this.#tell(id, call.path, call.failed(this.#session.context, cause));
  }

  #tell(id: number, path: string, answered: Answered | Extract<Admitted<unknown>, { ok: false }>): void {
    if (!answered.ok) logFaults(this.#options.log)({ error: answered.error, path });
    this.#line.say(
      JSON.stringify(
        answered.ok ? { id, result: { type: "data", data: answered.data } } : { id, error: answered.shape },
      ),
    );
  }
}

const tooMany = (message: string) => new TRPCError({ code: "TOO_MANY_REQUESTS", message });
