import { expect, it } from "vitest";
import { byTenant, type DemoAccount } from "./demo-accounts.ts";

const account = (name: string, tenant: string): DemoAccount => ({
  name,
  tenant,
  role: "member",
  email: `${name}@example.org`,
  password: "demo",
});

it("groups the accounts by tenant, in the order they came", () => {
  const accounts = [account("Ada", "Tool library"), account("Kim", "Hotel"), account("Bo", "Tool library")];
  expect(byTenant(accounts).map(([tenant, people]) => [tenant, people.map(({ name }) => name)])).toEqual([
    ["Tool library", ["Ada", "Bo"]],
    ["Hotel", ["Kim"]],
  ]);
});
