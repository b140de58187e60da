import type { CodeId, MemberId, ResourceId } from "@tessera/contracts";
import { expect, it } from "vitest";
import { Misused } from "../misused.ts";
import { codeKeys } from "../qr/keys.ts";
import { type IssueTools, issueCode, issueCodeFor, type NewCode } from "./issue-code.ts";

const NOON = new Date("2026-11-21T12:00:00.000Z");
const holder = "member" as MemberId;
const request = { purpose: "check_out", resourceId: "drill" as ResourceId } as const;

async function tools(given: Partial<IssueTools> = {}): Promise<IssueTools & { written: NewCode[] }> {
  const written: NewCode[] = [];
  let draws = 0;
  return {
    written,
    keys: await codeKeys("a secret of at least thirty-two characters"),
    legibility: { maskFor: async () => 5 },
    random: (length) => new Uint8Array(length).fill(++draws),
    isOn: () => true,
    now: () => NOON,
    choices: async () => ({ codeKind: "compact", offlinePolicy: "leased", tenantNumber: 7 }),
    ring: async () => new Map(),
    signer: () => Promise.reject(new Error("a compact code is not signed")),
    loanRules: { factsFor: async () => null },
    codes: {
      async issue(code) {
        written.push(code);
        const resource = { id: code.resourceId, name: "Drill" };
        const times = { issuedAt: "2026-11-21T12:00:00.000Z", expiresAt: "2026-11-21T12:10:00.000Z" };
        return { kind: "issued", codeId: "code" as CodeId, purpose: code.purpose, resource, ...times };
      },
    },
    ...given,
  };
}

it("writes down a keyed hash and tells the text only to the one who asked", async () => {
  const given = await tools();
  const issued = await issueCode(given, request, holder);
  expect(issued).toMatchObject({ kind: "issued", mask: 5, text: expect.stringMatching(/^T1.{28}$/) });
  expect(given.written).toMatchObject([
    { holderId: holder, by: holder, mask: 5, maxUses: 1, expiresAt: new Date("2026-11-21T12:10:00.000Z") },
  ]);
  expect(given.written[0]?.lookup).toHaveLength(32);
  expect(given.written[0]?.offlineId).toHaveLength(32);
  expect(JSON.stringify(given.written)).not.toContain(issued.kind === "issued" ? issued.text : "");
});

it("draws another code when the scanner cannot read the first", async () => {
  let asked = 0;
  const given = await tools({ legibility: { maskFor: async () => (++asked === 1 ? null : 3) } });
  expect(await issueCode(given, request, holder)).toMatchObject({ kind: "issued", mask: 3 });
  expect(asked).toBe(2);
});

it("shows no code at all when the scanner reads none of them", async () => {
  const given = await tools({ legibility: { maskFor: async () => null } });
  await expect(issueCode(given, request, holder)).rejects.toThrow("could be read back");
  expect(given.written).toHaveLength(0);
});

it("issues nothing while codes are switched off", async () => {
  const given = await tools({ isOn: () => false });
  expect(await issueCode(given, request, holder)).toEqual({ kind: "refused", refusal: { reason: "disabled" } });
});

it("makes a code for later, for several uses and for one desk, when staff ask", async () => {
  const given = await tools();
  const later = { holderId: holder, maxUses: 3, opensAt: "2026-12-01T00:00:00Z", expiresAt: "2026-12-02T00:00:00Z" };
  await issueCodeFor(given, { ...request, ...later }, "staff" as MemberId);
  expect(given.written).toMatchObject([
    { holderId: holder, by: "staff", maxUses: 3, opensAt: new Date(later.opensAt) },
  ]);
});

it.each([
  ["has expired already", { expiresAt: "2026-11-21T11:59:59Z" }],
  ["opens after it expires", { opensAt: "2026-11-23T00:00:00Z", expiresAt: "2026-11-22T00:00:00Z" }],
  ["lives longer than a year", { expiresAt: "2028-11-21T12:00:00Z" }],
])("refuses to make a code that %s", async (_what, window) => {
  const given = await tools();
  await expect(issueCodeFor(given, { ...request, holderId: holder, ...window }, holder)).rejects.toThrow(Misused);
  expect(given.written).toEqual([]);
});
