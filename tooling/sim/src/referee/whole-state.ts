import type { ModelCode } from "@tessera/domain/redemption/model/state";
import type { Tenant } from "../world/tenants.ts";
import { hold } from "./violation.ts";

/** I1, I2 and the first half of I6, after every commit: what is written down agrees with itself. */
export function checkCounts({ model }: Tenant): void {
  const { codes, redemptions, checkouts, openCheckouts } = model.state;
  const numbered = new Map<ModelCode, number>();
  for (const { code, useNo } of redemptions) {
    const uses = (numbered.get(code) ?? 0) + 1;
    hold(useNo === uses, "I1 uses", () => `use ${useNo} of ${code.id} is its redemption number ${uses}`);
    numbered.set(code, uses);
  }
  for (const code of codes.values()) {
    const written = numbered.get(code) ?? 0;
    const fits = written === code.uses && code.uses <= code.maxUses;
    hold(fits, "I1 uses", () => `${code.id}: ${written} redemptions, ${code.uses} uses of ${code.maxUses}`);
  }

  const open = new Set<string>();
  for (const { returnedAt, resource } of checkouts) {
    if (returnedAt) continue;
    hold(!open.has(resource.id), "I2 one open check-out", () => `${resource.name} is out twice`);
    open.add(resource.id);
  }
  hold(
    open.size === openCheckouts.size,
    "I2 one open check-out",
    () => `${open.size} are out, ${openCheckouts.size} are known`,
  );
}

/** I6, after every look of the relay: numbers have no gaps. */
export function checkJournal({ model, mark }: Tenant): void {
  for (const [index, { seq }] of model.state.journal.entries()) {
    hold(seq === index + 1, "I6 journal", () => `entry ${index + 1} of ${mark} has the number ${seq}`);
  }
}
