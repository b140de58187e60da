import { expect, it } from "vitest";
import { subjectForm, subjectIn, subjectSearch } from "./subject.ts";

const TENANT = "a0000000-0000-4000-8000-000000000001";

it("an address says for whom, and leaves out who is not named", () => {
  const search = new URLSearchParams(subjectSearch({ tenant: TENANT, user: " ann ", device: "", name: "Ann" }));
  expect(search.toString()).toBe(`tenant=${TENANT}&user=ann&name=Ann`);
  expect(subjectIn(subjectForm(search))).toEqual({
    tenantId: TENANT,
    userId: "ann",
    deviceId: null,
    resourceId: null,
  });
});

it("nothing is asked without a tenant", () => {
  expect(subjectIn(subjectForm(new URLSearchParams("user=ann")))).toBeNull();
  expect(subjectIn(subjectForm(new URLSearchParams("tenant=library&user=ann")))).toBeNull();
});
