import { setTimeout as after } from "node:timers/promises";
import { openLine } from "../http-line.ts";
import { Delays } from "./delays.ts";
import { type DialectName, dialects } from "./dialects.ts";
import { type Lost, Member } from "./member.ts";

/** Where news is asked for: each request makes one piece of it. */
export interface Publishing {
  url: string;
  path: string;
  headers: Record<string, string>;
  /** One for each piece, in turn. */
  bodies: readonly string[];
  everyMs: number;
}

/** What a time of listening gave. */
export interface Heard {
  ms: number;
  delivered: number;
  wanted: number;
  p50: number;
  p99: number;
  most: number;
}

/** What is known of everybody, over all the time. */
export interface Books {
  in: number;
  /** Numbers that somebody should have heard and did not, and numbers heard twice. */
  missed: number;
  twice: number;
  published: number;
  /** The longest time that anybody who lost its socket was away. */
  longestAwayMs: number;
  /** How often a socket was lost, by the code that was said, or how else. */
  lost: Record<string, number>;
}

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const WAVE = 200;

/** As the SDK waits before it comes back: `packages/sdk/src/connection.ts`. */
const backOff = (attempt: number): number => Math.random() * Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);

/** Many clients, each told the same news. Numbers are gapless: whoever hears 7 after 5 has missed one. */
export class Crowd {
  readonly #members: Member[] = [];
  readonly #ports: readonly number[];
  readonly #comesBack: boolean;
  readonly #make: () => Member;
  readonly #sentAt = new Map<number, number>();
  readonly #awaySince = new Map<Member, number>();
  readonly #lost: Record<string, number> = {};
  #delays = new Delays();
  #in = 0;
  #missed = 0;
  #twice = 0;
  #longestAwayMs = 0;
  #published = 0;
  #firstSeq: number | null = null;
  #delivered = 0;
  #whenIn = () => {};
  #whenRefused = (_error: Error) => {};
  #publishing: Promise<void> | null = null;
  #isPublishing = false;

  /**
   * @param ports Of the servers; members are dealt out among them.
   * @param comesBack Whether a member that loses its socket opens another one, at the next server.
   */
  constructor(ports: readonly number[], dialect: DialectName, token: string, comesBack: boolean) {
    this.#ports = ports;
    this.#comesBack = comesBack;
    this.#make = () => new Member(dialects[dialect](token), this);
  }

  /** @param atOnce Everybody at the same moment, instead of some after the others. @returns How long it took, ms. */
  async enter(count: number, atOnce: boolean): Promise<number> {
    const began = performance.now();
    const wave = atOnce ? count : WAVE;
    for (let left = count; left > 0; left -= wave) {
      const wanted = this.#in + Math.min(wave, left);
      const all = new Promise<void>((resolve, reject) => {
        this.#whenIn = () => void (this.#in >= wanted && resolve());
        this.#whenRefused = reject;
      });
      for (let n = 0; n < Math.min(wave, left); n++) {
        const member = this.#make();
        this.#members.push(member);
        member.open(this.#portFor(this.#members.length));
      }
      await all;
    }
    return performance.now() - began;
  }

  /** From now on news is made. The first piece of it that anybody hears is the first that was asked for. */
  async publish({ url, path, headers, bodies, everyMs }: Publishing): Promise<void> {
    const line = await openLine(new URL(url), headers);
    const sent: number[] = [];
    this.#isPublishing = true;
    this.#publishing = (async () => {
      const began = performance.now();
      for (const [turn, body] of bodies.entries()) {
        await after(Math.max(0, began + turn * everyMs - performance.now()));
        if (!this.#isPublishing) break;
        const now = performance.now();
        if (this.#firstSeq !== null) this.#sentAt.set(this.#firstSeq + turn, now);
        else sent.push(now);
        this.#published++;
        await line.post(path, body);
        if (this.#firstSeq !== null)
          for (const [at, ms] of sent.splice(0).entries()) this.#sentAt.set(this.#firstSeq + at, ms);
      }
      line.close();
    })();
  }

  async stopPublishing(): Promise<void> {
    this.#isPublishing = false;
    await this.#publishing;
  }

  /** Listens for a while. */
  async listen(ms: number): Promise<Heard> {
    this.#delays = new Delays();
    const [began, published, delivered] = [performance.now(), this.#published, this.#delivered];
    await after(ms);
    return {
      ms: performance.now() - began,
      delivered: this.#delivered - delivered,
      wanted: (this.#published - published) * this.#members.length,
      p50: this.#delays.at(0.5),
      p99: this.#delays.at(0.99),
      most: this.#delays.at(1),
    };
  }

  /** Waits until everybody is in, or for so long. */
  async untilAllIn(patienceMs: number): Promise<void> {
    const giveUpAt = performance.now() + patienceMs;
    while (performance.now() < giveUpAt && this.#in < this.#members.length) await after(50);
  }

  /** Waits until everybody is in and has heard everything, or for so long. */
  async settle(patienceMs: number): Promise<Books> {
    const giveUpAt = performance.now() + patienceMs;
    const missing = ({ seen }: Member) => this.#first + this.#published - 1 - (seen ?? this.#first - 1);
    const allMissing = () => this.#members.reduce((sum, member) => sum + missing(member), 0);
    while (performance.now() < giveUpAt && (this.#in < this.#members.length || allMissing() > 0)) await after(50);
    return {
      in: this.#in,
      missed: this.#missed + allMissing(),
      twice: this.#twice,
      published: this.#published,
      longestAwayMs: this.#longestAwayMs,
      lost: this.#lost,
    };
  }

  /** The number of the first news; nobody has heard any: 1. */
  get #first(): number {
    return this.#firstSeq ?? 1;
  }

  leave(): void {
    for (const member of this.#members.splice(0)) member.leave();
    this.#in = 0;
  }

  #portFor = (turn: number): number => this.#ports[turn % this.#ports.length] as number;

  // What the members tell.

  isIn(member: Member): void {
    this.#in++;
    const since = this.#awaySince.get(member);
    this.#awaySince.delete(member);
    if (since !== undefined) this.#longestAwayMs = Math.max(this.#longestAwayMs, performance.now() - since);
    this.#whenIn();
  }

  news(member: Member, seq: number): void {
    this.#firstSeq ??= seq;
    const seen = member.seen ?? this.#firstSeq - 1;
    if (seq <= seen) {
      this.#twice++;
      return;
    }
    this.#missed += seq - seen - 1;
    member.seen = seq;
    this.#delivered++;
    const sentAt = this.#sentAt.get(seq);
    if (sentAt !== undefined) this.#delays.add(performance.now() - sentAt);
  }

  gone(member: Member, wasIn: boolean, why: Lost): void {
    this.#lost[why] = (this.#lost[why] ?? 0) + 1;
    if (wasIn) {
      this.#in--;
      this.#awaySince.set(member, performance.now());
    }
    if (!this.#comesBack) {
      if (!wasIn) this.#whenRefused(new Error(`a client was not let in: ${why}`));
      return;
    }
    // Behind whatever shares the load out, a process that is gone costs nobody a try.
    setTimeout(() => member.open(this.#anyPort()), why === "nobody there" ? 0 : backOff(member.attempt++));
  }

  #anyPort = (): number => this.#portFor(Math.floor(Math.random() * this.#ports.length));
}
