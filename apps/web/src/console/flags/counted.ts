import type { FlagUnit } from "@tessera/contracts/flags";

/** 1 thing, 1,200 things. */
export const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What people call each unit. */
export const unitNames: Record<FlagUnit, { one: string; many: string }> = {
  user: { one: "person", many: "people" },
  device: { one: "desk", many: "desks" },
  tenant: { one: "tenant", many: "tenants" },
  resource: { one: "thing", many: "things" },
};

/** @returns "12 people, 1 thing"; empty when nobody is named. */
export function countedIds(lists: Partial<Record<`${FlagUnit}s`, readonly string[] | undefined>>): string {
  const units = ["user", "resource", "device", "tenant"] as const;
  const parts = units.flatMap((unit) => {
    const { length } = lists[`${unit}s`] ?? [];
    return length === 0 ? [] : counted(length, unitNames[unit].one, unitNames[unit].many);
  });
  return parts.join(", ");
}
