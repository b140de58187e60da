import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import { type Closing, closings } from "./closing.ts";
import { textFrame } from "./frame.ts";
import type { SocketLimits } from "./limits.ts";

/** What is kept of the request for a socket: the whole of it would live as long as the socket, ten thousand times. */
export type Opening = Pick<IncomingMessage, "url" | "headers">;

export interface LineOptions {
  client: WebSocket;
  /** Under `client`. Nothing is compressed, so a ready frame may be written between two of its own. */
  socket: Socket;
  request: Opening;
  /** Where it comes from. */
  address: string;
  limits: Pick<SocketLimits, "behindBytes" | "mostBytes">;
}

/** One open socket, and how much waits in it. */
export class Line {
  readonly client: WebSocket;
  readonly request: Opening;
  readonly address: string;
  readonly #socket: Socket;
  readonly #limits: LineOptions["limits"];
  #why: Closing | null = null;
  #sent = 0;

  constructor({ client, socket, request, address, limits }: LineOptions) {
    this.client = client;
    this.request = { url: request.url, headers: request.headers };
    this.address = address;
    this.#socket = socket;
    this.#limits = limits;
  }

  /** Why we closed it; null when we did not. */
  get why(): Closing | null {
    return this.#why;
  }

  get isOpen(): boolean {
    return this.#why === null && this.client.readyState === this.client.OPEN;
  }

  /** More waits to be read than news should be added to. */
  get isBehind(): boolean {
    return this.#socket.writableLength > this.#limits.behindBytes;
  }

  /** @param frame Ready, of `frame.ts`. Who reads far too slowly is cut off. */
  write(frame: Buffer): void {
    if (!this.isOpen) return;
    this.#socket.write(frame);
    this.checkQueue();
  }

  say(text: string): void {
    this.write(textFrame(text));
  }

  /** Cuts off who lets far too much wait: nobody waits for them. */
  checkQueue(): void {
    if (this.#socket.writableLength > this.#limits.mostBytes) this.cut("too_slow");
  }

  /** @param then Called once, when everything that waits has been read. Not after the end. */
  whenDrained(then: () => void): void {
    this.#socket.once("drain", then);
  }

  /** @returns Whether bytes wait and none has gone out since the last time this was asked. */
  standsStill(): boolean {
    const { bytesWritten, writableLength } = this.#socket; // what was written, what of it waits
    const sent = bytesWritten - writableLength;
    const stood = writableLength > 0 && sent === this.#sent;
    this.#sent = sent;
    return stood;
  }

  /** Says why, and waits for the other side to agree. */
  close(why: Closing): void {
    if (!this.isOpen) return;
    this.#why = why;
    this.client.close(closings[why].code, closings[why].say);
  }

  /** Ends it now. */
  cut(why: Closing): void {
    this.#why ??= why;
    this.client.terminate();
  }
}
