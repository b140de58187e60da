import { names } from "../names.ts";
import type { Crowd, Person } from "../people.ts";
import type { Way } from "../way.ts";

/** The least that decides the rule: what everybody else is measured by. */
export function limit(crowd: Crowd): Way {
  const { people } = crowd;
  const isOn = bareRule(crowd);
  return {
    name: names.limit,
    count: 1_000_000,
    run(count) {
      let on = 0;
      for (let turn = 0; turn < count; turn++) if (isOn(people[turn % people.length] as Person)) on++;
      return on;
    },
  };
}

/** @returns The rule, written out by hand. */
export function bareRule({ lists, salt, percentage }: Crowd): (person: Person) => boolean {
  const tenants = new Set<string>(lists.tenants);
  const users = new Set(lists.users);
  const prefix = `${salt}:`;
  const edge = (percentage / 100) * 2 ** 32;
  return ({ tenantId, userId }) => tenants.has(tenantId) && (users.has(userId) || murmur3(prefix + userId) < edge);
}

/** MurmurHash3, x86, 32 bits, seed 0, of a text of ASCII: as plain as it can be. */
function murmur3(text: string): number {
  const whole = text.length & ~3;
  let h = 0;
  for (let at = 0; at < whole; at += 4) {
    const block =
      text.charCodeAt(at) |
      (text.charCodeAt(at + 1) << 8) |
      (text.charCodeAt(at + 2) << 16) |
      (text.charCodeAt(at + 3) << 24);
    h ^= scrambled(block);
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let at = text.length - 1; at >= whole; at--) rest = (rest << 8) | text.charCodeAt(at);
  h ^= scrambled(rest);
  h ^= text.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function scrambled(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}
