import type { IncomingMessage } from "node:http";
import { networkOf } from "@tessera/domain/suspicion/network";

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
  if (proxyHops === 0 || forwarded === undefined) return networkOf(nearest);
  const heard = String(forwarded).split(",").reverse();
  const said = heard[Math.min(proxyHops, heard.length) - 1];
  return networkOf(said?.trim() || nearest);
}
