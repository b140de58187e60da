import { connect, type Socket } from "node:net";
import { clientFrame, PONG_FRAME, readFrames, upgradeRequest } from "../wire.ts";
import type { Dialect } from "./dialects.ts";

const END_OF_HEAD = "\r\n\r\n";
const NUMBER = Buffer.from('"seq":');
const ZERO = 48;
/** A resync is a short message; what is longer need not be searched for the word. */
const RESYNC_BYTES = 160;
/** One for all: what was read is looked at before anything else is read. */
const SHARED = Buffer.allocUnsafe(1 << 18);

/** A code that was said, or: nobody said why, nobody listens there. */
export type Lost = number | "cut" | "nobody there";

/** What a member tells its crowd. */
export interface Telling {
  /** It is told the news from now on. */
  isIn(member: Member): void;
  /** `isResync`: in place of everything up to here. */
  news(member: Member, seq: number, isResync: boolean): void;
  /** Its socket is gone, or could not be had. */
  gone(member: Member, wasIn: boolean, why: Lost): void;
}

/** One client with nothing in it but a TCP socket, so that ten thousand fit in one process beside the server. */
export class Member {
  /** The number of the newest news it has. */
  seen: number | null = null;
  /** How often it tried to come back since it was last in. */
  attempt = 0;
  isIn = false;
  readonly #dialect: Dialect;
  readonly #telling: Telling;
  #socket: Socket | null = null;
  #isOpen = false;
  #left: Buffer | null = null;
  #why: Lost = "cut";

  constructor(dialect: Dialect, telling: Telling) {
    this.#dialect = dialect;
    this.#telling = telling;
  }

  open(port: number): void {
    this.#isOpen = false;
    this.#left = null;
    this.#why = "cut";
    const socket = connect({
      port,
      host: "127.0.0.1",
      noDelay: true,
      onread: { buffer: SHARED, callback: (length) => this.#read(length) },
    });
    this.#socket = socket;
    socket.once("connect", () => socket.write(upgradeRequest(new URL(`http://127.0.0.1:${port}`), this.#dialect.path)));
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      if (code === "ECONNREFUSED") this.#why = "nobody there"; // `close` follows
    });
    socket.once("close", () => {
      if (this.#socket !== socket) return;
      const wasIn = this.isIn;
      this.isIn = false;
      this.#telling.gone(this, wasIn, this.#why);
    });
  }

  /** Hangs up without a word; nobody is told. */
  leave(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.destroy();
  }

  /** Reads nothing from now on, or reads again. */
  hold(isHeld: boolean): void {
    if (isHeld) this.#socket?.pause();
    else this.#socket?.resume();
  }

  #read(length: number): boolean {
    const bytes = this.#left ? Buffer.concat([this.#left, SHARED.subarray(0, length)]) : SHARED;
    const end = this.#left ? bytes.length : length;
    this.#left = null;
    const from = this.#isOpen ? 0 : this.#afterHead(bytes, end);
    if (from !== null) this.#left = readFrames(bytes, from, end, this);
    return true;
  }

  /** @returns Where the frames begin; null when not even the answer to the upgrade is whole. */
  #afterHead(bytes: Buffer, end: number): number | null {
    const head = bytes.toString("latin1", 0, Math.min(end, 2_000));
    const mark = head.indexOf(END_OF_HEAD);
    if (mark < 0) {
      this.#left = Buffer.from(bytes.subarray(0, end));
      return null;
    }
    if (!head.startsWith("HTTP/1.1 101")) {
      this.#socket?.destroy();
      return null;
    }
    this.#isOpen = true;
    for (const text of this.#dialect.greeting(this.seen)) this.#socket?.write(clientFrame(text));
    return mark + END_OF_HEAD.length;
  }

  // What `readFrames` tells of.

  text(bytes: Buffer, from: number, to: number): void {
    const mark = bytes.indexOf(NUMBER, from);
    if (mark < 0 || mark >= to) {
      this.#hear(bytes.toString("utf8", from, to));
      return;
    }
    let seq = 0;
    for (let at = mark + NUMBER.length; ; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit < 0 || digit > 9) break;
      seq = seq * 10 + digit;
    }
    const isResync = to - from < RESYNC_BYTES && bytes.toString("latin1", from, to).includes('"resync"');
    this.#telling.news(this, seq, isResync);
  }

  ping(): void {
    this.#socket?.write(PONG_FRAME);
  }

  close(code: number): void {
    this.#why = code;
    this.#socket?.end();
  }

  #hear(text: string): void {
    const { say, isIn } = this.#dialect.answerTo(text);
    for (const one of say ?? []) this.#socket?.write(clientFrame(one));
    if (!isIn || this.isIn) return;
    this.isIn = true;
    this.attempt = 0;
    this.#telling.isIn(this);
  }
}
