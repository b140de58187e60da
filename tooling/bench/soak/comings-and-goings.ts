import { setTimeout as after } from "node:timers/promises";
import { type DialectName, dialects } from "../common/crowd/dialects.ts";
import { Member, type Telling } from "../common/crowd/member.ts";

/** Subscribers that come and go, and some that read slowly, for as long as it takes. */
export interface ComingsAndGoings {
  /** So far. */
  counts(): { came: number; told: number; missed: number; resyncs: number; lost: Record<string, number> };
  stop(): Promise<void>;
}

export interface ComingsOptions {
  port: number;
  dialect: DialectName;
  token: string;
  /** Who is there at any time. */
  steady: number;
  /** How many leave and are replaced in each second. */
  perSecond: number;
  /** How many of them stop reading for a while, again and again. */
  slow: number;
}

/** The kernel keeps some megabytes for who does not read; then the server leaves them out, and cuts them off in the end. */
const HOLDS_MS = { least: 30_000, more: 30_000 };

export function comingsAndGoings(options: ComingsOptions): ComingsAndGoings {
  const { port, dialect, token, steady, perSecond, slow } = options;
  const here = new Set<Member>();
  const lost: Record<string, number> = {};
  let isOn = true;
  let came = 0;
  let told = 0;
  let missed = 0;
  let resyncs = 0;

  const telling: Telling = {
    isIn() {},
    news(member, seq, isResync) {
      told++;
      if (isResync) resyncs++;
      else if (member.seen !== null && seq > member.seen + 1) missed += seq - member.seen - 1;
      member.seen = Math.max(member.seen ?? 0, seq);
    },
    gone(member, _wasIn, why) {
      lost[why] = (lost[why] ?? 0) + 1;
      held.delete(member);
      if (here.delete(member) && isOn) come();
    },
  };
  function come(): void {
    const member = new Member(dialects[dialect](token), telling);
    here.add(member);
    came++;
    member.open(port);
  }
  for (let n = 0; n < steady; n++) come();

  const held = new Set<Member>();
  const timers = new Set<NodeJS.Timeout>();
  function hold(member: Member): void {
    held.add(member);
    member.hold(true);
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        held.delete(member);
        member.hold(false);
      },
      HOLDS_MS.least + Math.random() * HOLDS_MS.more,
    );
    timers.add(timer);
  }

  const turnover = (async () => {
    while (isOn) {
      await after(1_000);
      const free = [...here].filter((member) => member.isIn && !held.has(member));
      for (const member of free.slice(0, perSecond)) {
        here.delete(member);
        member.leave();
        come();
      }
      for (const member of free.slice(perSecond, perSecond + slow - held.size)) hold(member);
    }
  })();

  return {
    counts: () => ({ came, told, missed, resyncs, lost }),
    async stop() {
      isOn = false;
      await turnover;
      for (const timer of timers) clearTimeout(timer);
      for (const member of here) member.leave();
    },
  };
}
