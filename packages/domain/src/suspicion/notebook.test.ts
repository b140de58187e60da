import type { DeviceId, TenantId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { type Fact, openNotebook } from "./notebook.ts";
import { suspicions } from "./suspicions.ts";

const TENANT = "00000000-0000-4000-8000-00000000000a" as TenantId;
const DESK = "00000000-0000-4000-8000-00000000000d" as DeviceId;
const NOON = Date.UTC(2026, 10, 27, 12);
const MINUTE = 60_000;

const fact = (more: Partial<Fact> & { ms?: number } = {}): Fact => ({
  kind: "failed_validations",
  tenantId: TENANT,
  subject: { kind: "desk", id: DESK },
  at: new Date(NOON + (more.ms ?? 0)),
  what: "not_found",
  name: "Front desk",
  address: "203.0.113.7",
  ...more,
});

/** Notes as many, a second apart. @returns The notebook. */
function noted(count: number, more: Partial<Fact> = {}, apartMs = 1_000) {
  const book = openNotebook();
  for (let one = 0; one < count; one++) book.note(fact({ ms: one * apartMs, ...more }));
  return book;
}

describe("the table of suspicions", () => {
  it("lets no stranger raise a critical alert, nor a party with old codes: three of those would switch check-out off for everybody", () => {
    for (const kind of ["made_up_tokens", "failed_sign_ins", "limit_storm", "failed_validations"] as const)
      expect(suspicions[kind].from.critical).toBeUndefined();
  });

  it("gets worse with more, never with fewer", () => {
    for (const [kind, { from }] of Object.entries(suspicions)) {
      const steps = [from.info, from.warning, from.critical].filter((step) => step !== undefined);
      expect([kind, steps]).toEqual([kind, steps.toSorted((a, b) => a - b)]);
    }
  });
});

describe("the notebook", () => {
  it("says nothing of what happens now and then", () => {
    expect(noted(4).take()).toEqual([]);
    expect(noted(50, {}, 3 * MINUTE).take()).toEqual([]); // one in three minutes, for hours
  });

  it("makes one suspicion of many facts, with how many, when and of what", () => {
    const book = noted(6);
    book.note(fact({ ms: 9_000, what: "malformed", address: "203.0.113.8" }));
    expect(book.take()).toEqual([
      {
        kind: "failed_validations",
        tenantId: TENANT,
        subject: { kind: "desk", id: DESK },
        severity: "info",
        evidence: {
          name: "Front desk",
          seen: { not_found: 6, malformed: 1 },
          addresses: ["203.0.113.7", "203.0.113.8"],
          elsewhere: [],
        },
        firstAt: new Date(NOON),
        lastAt: new Date(NOON + 9_000),
        count: 7,
      },
    ]);
  });

  it("gets worse step by step", () => {
    const copies = { kind: "code_reuse" } as const;
    const severities = [3, 5, 6, 19, 20, 400].map((count) => noted(count, copies).take()[0]?.severity);
    expect(severities).toEqual(["info", "info", "warning", "warning", "critical", "critical"]);
  });

  it("counts what lies within its window, to the moment", () => {
    const { withinMinutes } = suspicions.failed_validations;
    const book = noted(4);
    book.note(fact({ ms: withinMinutes * MINUTE }));
    expect(book.take()).toHaveLength(1);
    const late = noted(4);
    late.note(fact({ ms: withinMinutes * MINUTE + 1 }));
    expect(late.take()).toEqual([]);
  });

  it("tells only what came since it was last asked, and does not get milder meanwhile", () => {
    const book = noted(15);
    expect(book.take()).toMatchObject([{ severity: "warning", count: 15 }]);
    expect(book.take()).toEqual([]);
    book.note(fact({ ms: 9 * MINUTE }));
    book.note(fact({ ms: 9 * MINUTE }));
    expect(book.take()).toMatchObject([{ severity: "warning", count: 2, firstAt: new Date(NOON) }]);
  });

  it("begins anew with who was quiet for a window", () => {
    const book = noted(15);
    book.take();
    for (let one = 0; one < 4; one++) book.note(fact({ ms: 30 * MINUTE + one }));
    expect(book.take()).toEqual([]);
    book.note(fact({ ms: 31 * MINUTE }));
    expect(book.take()).toMatchObject([{ severity: "info", count: 5, firstAt: new Date(NOON + 30 * MINUTE) }]);
  });

  it("keeps tenants, kinds and subjects apart", () => {
    const book = openNotebook();
    const other = "00000000-0000-4000-8000-00000000000b" as TenantId;
    for (let one = 0; one < 4; one++) {
      book.note(fact());
      book.note(fact({ tenantId: other }));
      book.note(fact({ kind: "forged_codes" }));
      book.note(fact({ subject: { kind: "member", id: DESK } }));
    }
    expect(book.take().map(({ kind }) => kind)).toEqual(["forged_codes"]);
  });

  it("takes what says the same as one fact: a kiosk that asks with one dead token makes up none", () => {
    const same = { kind: "made_up_tokens", same: "hash" } as const;
    expect(noted(500, same).take()).toEqual([]);
    const book = openNotebook();
    for (let one = 0; one < 20; one++) book.note(fact({ kind: "made_up_tokens", same: `hash ${one}` }));
    expect(book.take()).toMatchObject([{ severity: "warning", count: 20 }]);
  });

  it("remembers few of many addresses, and few of many subjects, but tells of each that is due", () => {
    const book = openNotebook(3);
    for (let one = 0; one < 100; one++)
      book.note(fact({ kind: "desk_cloned", subject: { kind: "desk", id: String(one) } }));
    expect(book.take()).toHaveLength(100);
    const many = openNotebook();
    for (let one = 0; one < 9; one++) many.note(fact({ address: `203.0.113.${one}` }));
    expect(many.take()[0]?.evidence.addresses).toHaveLength(5);
  });
});
