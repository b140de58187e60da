import type { Checkout, Resource } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { isOpen, type LiveFacts, obstacleOf } from "./obstacle.ts";

const due = "2026-11-24T14:00:00.000Z";
const free = { id: "drill", name: "Drill", availability: { state: "free", dueAt: null } } as Resource;
const out = { id: "drill", name: "Drill", availability: { state: "out", dueAt: due } } as Resource;
const loan = (resourceId: string, returnedAt: string | null = null) =>
  ({ resource: { id: resourceId }, returnedAt }) as Checkout;

const good: LiveFacts = { purpose: "check_out", thing: free, codesAreOn: true, loans: [], loansAreSince: true };
const outToSomebody = {
  reason: "resource_unavailable",
  evidence: { resource: "Drill", holder: null, dueAt: due },
};

describe("what stands in the way of a code", () => {
  it.each<[string, LiveFacts, object | null]>([
    ["nothing, while it is free and codes are on", good, null],
    ["nothing, while nothing was heard", { ...good, thing: undefined, codesAreOn: undefined, loans: undefined }, null],
    ["the switch", { ...good, codesAreOn: false }, { reason: "disabled" }],
    ["the switch, for a return too", { ...good, purpose: "check_in", codesAreOn: false }, { reason: "disabled" }],
    ["somebody else, once my loans say it is not me", { ...good, thing: out }, outToSomebody],
    ["somebody else, though I had it once", { ...good, thing: out, loans: [loan("drill", due)] }, outToSomebody],
    ["nothing, while it may have gone out to me", { ...good, thing: out, loansAreSince: false }, null],
    ["nothing, when it went out to me", { ...good, thing: out, loans: [loan("saw"), loan("drill")] }, null],
    ["nothing, when what is out is to come back", { ...good, purpose: "check_in", thing: out }, null],
  ])("%s", (_, facts, refusal) => {
    expect(obstacleOf(facts)).toEqual(refusal);
  });
});

it("is open again only when codes are on and the thing is back", () => {
  expect(isOpen(good)).toBe(true);
  expect(isOpen({ ...good, codesAreOn: false })).toBe(false);
  expect(isOpen({ ...good, thing: out })).toBe(false);
  expect(isOpen({ ...good, purpose: "check_in", thing: out })).toBe(true);
});
