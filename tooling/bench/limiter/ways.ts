import { takeOne } from "@tessera/domain/limits/limiter";
import { quotasOf } from "@tessera/domain/limits/policies";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { openLimiter } from "../../../apps/server/src/adapters/limiter.ts";
import type { Way } from "../flags/way.ts";

const COUNT = 20_000;
/** So high that nobody is refused: to refuse is another work. */
const PLENTY = 1e9;
const TENANT = "00000000-0000-4000-8000-00000000000a";

const idsOf = (callers: number) =>
  Array.from({ length: callers }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`);

const limiter = () => openLimiter({ factor: PLENTY, redisUrls: null, onRefused: () => {}, onTrouble: () => {} });

/** What is built upon: one point of one key. */
export function library(callers: number): Way {
  const ids = idsOf(callers);
  const memory = new RateLimiterMemory({ points: PLENTY, duration: 60, keyPrefix: "" });
  return {
    name: "the library's own limiter, one key",
    count: COUNT,
    async run(count) {
      let allowed = 0;
      for (let at = 0; at < count; at++) {
        const { remainingPoints } = await memory.consume(ids[at % callers] ?? "");
        if (remainingPoints > 0) allowed++;
      }
      return allowed;
    },
  };
}

/** What each call of a member goes through: whose allowance, one of it, what is left. */
export function ours(callers: number): Way {
  const ids = idsOf(callers);
  const shared = limiter();
  return {
    name: "**ours**, a member's call",
    count: COUNT,
    async run(count) {
      let allowed = 0;
      for (let at = 0; at < count; at++) {
        const holders = { address: "203.0.113.7", member: ids[at % callers] ?? "", tenant: TENANT };
        if ((await takeOne(shared, quotasOf("read", holders)))?.isAllowed) allowed++;
      }
      return allowed;
    },
  };
}

/** What a scan goes through: the allowances of its desk, of its tenant and of its code. */
export function oursScan(callers: number): Way {
  const ids = idsOf(callers);
  const shared = limiter();
  return {
    name: "**ours**, a desk's scan: three allowances",
    count: COUNT / 2,
    async run(count) {
      let allowed = 0;
      for (let at = 0; at < count; at++) {
        const id = ids[at % callers] ?? "";
        const desk = await takeOne(shared, quotasOf("scan", { address: "203.0.113.7", desk: id, tenant: TENANT }));
        const code = await takeOne(shared, quotasOf("scan", { code: id }));
        if (desk?.isAllowed && code?.isAllowed) allowed++;
      }
      return allowed;
    },
  };
}
