/** What a proxy says may be anything; it must not become a key of any length. */
const LONGEST = 45;

/**
 * @param address As a socket or a proxy of ours says it, or a person types it.
 * @returns What is counted and blocked together: an address of IPv4; of IPv6 the first half, which is what one customer is given:
 *   the rest they change as they like.
 */
export function networkOf(address: string): string {
  const plain = address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
  if (!IPV6.test(plain)) return plain.slice(0, LONGEST);
  const [before = "", after] = plain.replace(/\/64$/, "").split("::");
  const first = before === "" ? [] : before.split(":");
  const last = after ? after.split(":") : [];
  const zeros = after === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill("0");
  const half = [...first, ...zeros, ...last].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${half.join(":")}::/64`;
}

const IPV6 = /^(?=.*:.*:)[0-9a-f:]{2,39}(\/64)?$/i;
