import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/**
 * Where a request comes from, as far as it can be believed: each proxy of ours adds whom it heard it from at the end of
 * `X-Forwarded-For`; what stands before that, the sender wrote, and may have invented.
 *
 * @param request Of HTTP, or a socket's upgrade.
 * @param proxyHops How many proxies of ours stand before us.
 * @returns The address. Of IPv6 the first half, which is what one customer is given: the rest they change as they like.
 */
export function addressOf({ headers, socket }: IncomingMessage, proxyHops: number): string {
  const nearest = socket.remoteAddress ?? "";
  const forwarded = headers["x-forwarded-for"];
  if (proxyHops === 0 || forwarded === undefined) return network(nearest);
  const heard = String(forwarded).split(",").reverse();
  const said = heard[Math.min(proxyHops, heard.length) - 1];
  return network(said?.trim() || nearest);
}

/** What a proxy says may be anything; it must not become a key of any length. */
const LONGEST = 45;

function network(address: string): string {
  const plain = address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
  if (!isIPv6(plain)) return plain.slice(0, LONGEST);
  const [before = "", after] = plain.split("::");
  const first = before === "" ? [] : before.split(":");
  const last = after ? after.split(":") : [];
  const zeros = after === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill("0");
  const half = [...first, ...zeros, ...last].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${half.join(":")}::/64`;
}
