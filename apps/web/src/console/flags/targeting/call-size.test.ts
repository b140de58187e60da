import { expect, it } from "vitest";
import { callProblem, fitsPreview } from "./call-size.ts";

const KEY = "ff/qr_unified_portal";
const ids = (count: number) =>
  Array.from({ length: count }, (_, place) => `a0000000-0000-4000-8000-${String(place).padStart(12, "0")}`);

it("about 1,500 ids fit one call", () => {
  expect(callProblem(KEY, { config: { users: ids(1_500) } })).toBeNull();
});

it("more are sent to the door over HTTP, with their count", () => {
  const problem = callProblem(KEY, { config: { users: ids(1_000) }, denied: { users: ids(1_000) } });
  expect(problem).toMatch(/^2,000 ids .* POST \/admin\/feature-flags\/ff%2Fqr_unified_portal$/);
});

it("a preview takes fewer, since it is asked for by an address", () => {
  expect(fitsPreview({ config: { users: ids(200) } })).toBe(true);
  expect(fitsPreview({ config: { users: ids(400) } })).toBe(false);
});
