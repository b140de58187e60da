import type { Refusal } from "@tessera/contracts";
import { expect, it } from "vitest";
import { scanFacts } from "./scan-facts.ts";

const NOON = new Date("2026-11-27T12:00:00.000Z");
const used = (desk: string | null, secondsAgo: number): Refusal => ({
  reason: "already_redeemed",
  evidence: {
    at: new Date(NOON.getTime() - secondsAgo * 1_000).toISOString(),
    ...{ desk, holder: "Ann", resource: "Jigsaw", useNo: 1, maxUses: 1 },
  },
});
const kindsOf = (refusal: Refusal, place = "Desk 2") => scanFacts(refusal, place, NOON).map(({ kind }) => kind);

it.each(["malformed", "unsupported", "unknown_key", "wrong_audience", "not_found"] as const)(
  "a code that is %s failed its validation",
  (reason) => expect(kindsOf({ reason })).toEqual(["failed_validations"]),
);

it("a code signed by somebody else is a forgery", () => {
  expect(kindsOf({ reason: "bad_signature" })).toEqual(["forged_codes"]);
});

it("a used code shown elsewhere is reuse, and as long as nobody can have walked there it is in two places", () => {
  expect(kindsOf(used("Desk 1", 3_600))).toEqual(["code_reuse"]);
  expect(kindsOf(used("Desk 1", 20))).toEqual(["code_reuse"]);
  expect(scanFacts(used("Desk 1", 19), "Desk 2", NOON)).toEqual([
    { kind: "code_reuse", what: "already_redeemed", elsewhere: "Desk 1", isOncePerCode: true },
    { kind: "two_places", what: "already_redeemed", elsewhere: "Desk 1", isOncePerCode: true },
  ]);
});

it("a used code shown again where it was used is somebody who was not sure", () => {
  expect(kindsOf(used("Desk 2", 3))).toEqual([]);
  expect(kindsOf(used(null, 3))).toEqual([]);
});

it("an old picture of a rotating code, shown again, is reuse", () => {
  expect(kindsOf({ reason: "rotating_code_replayed" })).toEqual(["code_reuse"]);
});

it("whoever is late, early or unlucky is no suspect", () => {
  for (const reason of ["disabled", "idempotency_mismatch", "rotating_code_stale"] as const)
    expect(kindsOf({ reason })).toEqual([]);
  expect(kindsOf({ reason: "expired", evidence: { expiredAt: NOON.toISOString() } })).toEqual([]);
});
