import type { Role } from "@tessera/contracts";
import type { Credentials } from "./auth.ts";

export interface DemoAccount extends Credentials {
  name: string;
  role: Role;
  tenant: string;
}

/** The accounts anyone may try; none outside the demo, and none when the list cannot be had. */
export async function demoAccounts(): Promise<DemoAccount[]> {
  const answer = await fetch("/api/v1/demo").catch(() => null);
  if (!answer?.ok) return [];
  const { accounts } = (await answer.json().catch(() => ({ accounts: [] }))) as { accounts: DemoAccount[] };
  return accounts;
}

/** Accounts under the name of their tenant, in the order they came. */
export function byTenant(accounts: readonly DemoAccount[]): [tenant: string, accounts: DemoAccount[]][] {
  const tenants = [...new Set(accounts.map(({ tenant }) => tenant))];
  return tenants.map((tenant) => [tenant, accounts.filter((account) => account.tenant === tenant)]);
}
