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

/** Longer than the server waits for somebody who reads nothing at all. */
const HOLDS_MS = 20_000;

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

  const turnover = (async () => {
    while (isOn) {
      await after(1_000);
      for (const member of [...here].slice(0, perSecond)) {
        here.delete(member);
        member.leave();
        come();
      }
    }
  })();
  const slowness = (async () => {
    while (isOn) {
      const some = [...here].slice(-slow);
      for (const member of some) member.hold(true);
      for (let ms = 0; isOn && ms < HOLDS_MS; ms += 500) await after(500);
      for (const member of some) member.hold(false);
      await after(1_000);
    }
  })();

  return {
    counts: () => ({ came, told, missed, resyncs, lost }),
    async stop() {
      isOn = false;
      await Promise.all([turnover, slowness]);
      for (const member of here) member.leave();
    },
  };
}
