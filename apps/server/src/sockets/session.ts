import { type Caller, type Context, contextOf, idOf, type Platform, whoBlocks } from "@tessera/api";
import { TRPCError } from "@trpc/server";
import type { Callers, Said } from "../adapters/callers.ts";
import { noteStranger } from "../adapters/strangers.ts";
import type { Line } from "./line.ts";

/** How many sockets each caller has in this process. */
export interface CallerCount {
  /** @returns False when there are too many. */
  enter(key: string): boolean;
  leave(key: string): void;
}

export function callerCount(most: number): CallerCount {
  const open = new Map<string, number>();
  return {
    enter(key) {
      const sockets = open.get(key) ?? 0;
      if (sockets >= most) return false;
      open.set(key, sockets + 1);
      return true;
    },
    leave(key) {
      const sockets = open.get(key) ?? 0;
      if (sockets > 1) open.set(key, sockets - 1);
      else open.delete(key);
    },
  };
}

export interface SessionOptions {
  line: Line;
  platform: Platform;
  callers: Callers;
  count: CallerCount;
  /** Told who is here, once it is known. @returns They are gone. */
  attend(caller: Caller): () => void;
}

/** Who is on a line. Found out with each call; who is somebody else than before has to come in anew. */
export class Session {
  /** What the client said of itself on the line: a device's token, or the tenant a person wants to be in. */
  said: Said = {};
  readonly context: Context;
  readonly #options: SessionOptions;
  #known: Caller | null = null;
  #leave = () => {};

  constructor(options: SessionOptions) {
    this.#options = options;
    const { platform, line } = options;
    this.context = contextOf({ platform, recognise: () => this.recognise(), address: line.address });
  }

  /**
   * Closes the line when the caller is not who they were, or has too many.
   *
   * @throws TRPCError When they have too many.
   */
  async recognise(): Promise<Caller | null> {
    const { line, platform, callers, count, attend } = this.#options;
    const { headers } = line.request;
    const caller = await callers.recognise(headers, this.said);
    if (!caller) noteStranger(platform, headers, line.address, this.said.token);
    if (!this.#known) {
      if (caller && line.isOpen) {
        if (!count.enter(idOf(caller))) {
          line.close("too_many_sockets");
          throw new TRPCError({ code: "TOO_MANY_REQUESTS", message: "There are too many sockets of yours." });
        }
        this.#known = caller;
        this.#leave = attend(caller);
      }
      return caller;
    }
    if (!caller) line.close("signed_out");
    else if (whoBlocks(platform, caller, line.address)) line.close("address_blocked");
    else if (rightsOf(caller) !== rightsOf(this.#known)) line.close("rights_changed");
    return caller;
  }

  /** The same, when something happened to somebody's rights. Asks nobody when nobody was here yet. */
  async recheck(): Promise<void> {
    if (this.#known) await this.recognise();
  }

  end(): void {
    if (this.#known) this.#options.count.leave(idOf(this.#known));
    this.#known = null;
    this.#leave();
  }
}

/** What a socket is closed for when it changes. A desk that is locked stays on it: it is told there when it is unlocked. */
const rightsOf = (caller: Caller): string =>
  `${caller.kind} ${idOf(caller)} ${caller.kind === "member" ? caller.role : ""} ${caller.tenant.id}`;
