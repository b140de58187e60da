import { createHash } from "node:crypto";
import type { TenantId } from "@tessera/contracts";

/** Somebody for whom the flag is asked, as a sign-in would hand them over. */
export interface Person {
  tenantId: TenantId;
  userId: string;
}

/** Who the flag names. */
export interface Lists {
  tenants: TenantId[];
  users: string[];
}

/** The rule of the bench: a tenant of the list, and in it who is named or in a quarter of the people. */
export interface Crowd {
  people: readonly Person[];
  /** 1,000 tenants and 50 people, all of them of those tenants: so it does not matter which list is asked first. */
  lists: Lists;
  /** The same, and strangers up to 10,000 of each: the answers stay as they are. */
  longLists: Lists;
  salt: string;
  /** Of the people of a tenant of the list. */
  percentage: number;
}

const TENANTS = 2_000;
const LISTED = { tenants: 1_000, users: 50 };
const LONG = 10_000;

/**
 * Half of the tenants are on the list; nobody comes in an order that a processor could foresee.
 *
 * @param size How many people ask. When they are more than its cache holds, all wait for memory more than for each other's code.
 */
export function makeCrowd(size: number): Crowd {
  const tenants = ids("tenant", TENANTS) as TenantId[];
  const tenantOf = (person: number) => tenants[Math.floor((person / size) * TENANTS)] as TenantId;
  const people = ids("person", size).map((userId, at) => ({ userId, tenantId: tenantOf(at) }));
  const lists = {
    tenants: tenants.slice(0, LISTED.tenants),
    users: people.slice(0, LISTED.users).map(({ userId }) => userId),
  };
  const longLists = {
    tenants: [...lists.tenants, ...(ids("strange tenant", LONG - LISTED.tenants) as TenantId[])],
    users: [...lists.users, ...ids("stranger", LONG - LISTED.users)],
  };
  return {
    people: people.toSorted((one, other) => (one.userId < other.userId ? -1 : 1)),
    lists: structuredClone(lists), // no text of a list is the very one that is asked for: settings come from elsewhere
    longLists: structuredClone(longLists),
    salt: "8c1f0a52b3d94e67",
    percentage: 25,
  };
}

/** Ids like those of the product, the same in every run. */
const ids = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => uuidOf(`${kind} ${at}`));

function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
