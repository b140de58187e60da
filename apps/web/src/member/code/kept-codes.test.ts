import type { IssuedCode } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { dropCodes, forgetCodes, keepCode, keptCodes, type Place } from "./kept-codes.ts";

const MINUTE = 60_000;
const ASKED = Date.parse("2026-11-23T09:00:00.000Z");
const id = (number: number) => `01990000-0000-7000-8000-00000000000${number}`;

function code(number: number, resource = 1, minutes = 10): IssuedCode {
  return {
    kind: "issued",
    codeId: id(number),
    text: `T1O${number}`,
    mask: 0,
    purpose: "check_out",
    resource: { id: id(resource), name: "Drill" },
    issuedAt: new Date(ASKED).toISOString(),
    expiresAt: new Date(ASKED + minutes * MINUTE).toISOString(),
    stepSecret: null,
  } as IssuedCode;
}

function freshPlace(kept: Record<string, string> = {}): Place {
  const held = new Map(Object.entries(kept));
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

function keeping(...codes: IssuedCode[]): Place {
  const place = freshPlace();
  for (const one of codes) keepCode(place, { code: one, askedAt: ASKED });
  return place;
}
const idsAt = (place: Place, after: number) => keptCodes(place, ASKED + after).map(({ code }) => code.codeId);

describe("codes that a phone keeps", () => {
  it("are there until they end, by the time that passed on this phone", () => {
    const place = keeping(code(1));
    expect(idsAt(place, 9 * MINUTE)).toEqual([id(1)]);
    expect(idsAt(place, 10 * MINUTE)).toEqual([]);
  });

  it("are not shown by a phone whose clock was set back: nobody knows their age", () => {
    expect(idsAt(keeping(code(1)), -MINUTE)).toEqual([]);
  });

  it("are one for each thing, the newest", () => {
    expect(idsAt(keeping(code(1), code(2), code(3, 2)), 0)).toEqual([id(3), id(2)]);
  });

  it("go when a desk has taken them, and when nobody is signed in any more", () => {
    const place = keeping(code(1), code(2, 2));
    dropCodes(place, [id(1), id(9)]);
    expect(idsAt(place, 0)).toEqual([id(2)]);
    forgetCodes(place);
    expect(idsAt(place, 0)).toEqual([]);
  });

  it.each(["", "{}", "[null, 5, {}]", '[{"outcome":{"kind":"refused"},"askedAt":1}]'])(
    "are none when what is kept makes no sense: %s",
    (kept) => {
      expect(keptCodes(freshPlace({ "tessera.codes": kept }), ASKED)).toEqual([]);
    },
  );

  it("are none where the browser's storage is closed", () => {
    const closed = () => {
      throw new Error("forbidden");
    };
    const place: Place = { getItem: closed, setItem: closed, removeItem: closed };
    keepCode(place, { code: code(1), askedAt: ASKED });
    forgetCodes(place);
    expect(keptCodes(place, ASKED)).toEqual([]);
  });
});
