import type { GuestId, PlaceId, TenantId, VisitId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { labelKey } from "../qr/label-key.ts";
import { type OpenPlaceTools, openPlace } from "./open-place.ts";
import type { KnownLabel } from "./places.ts";
import { drawSigns, signWords } from "./signs.ts";

const NOON = new Date("2026-11-25T12:00:00Z");
const key: string = labelKey(new Uint8Array(10).fill(7));
const label: KnownLabel = {
  tenant: { id: "hotel" as TenantId, name: "Harbour hotel", timeZone: "UTC" },
  place: { id: "room" as PlaceId, name: "Room 12" },
  signs: ["owl", "anchor"],
  hours: null,
  isRetired: false,
};
const entered = { guestId: "guest" as GuestId, visit: { id: "visit" as VisitId, openedAt: NOON.toISOString() } };

function opened(known: KnownLabel | null, over: Partial<OpenPlaceTools> = {}, text = key) {
  const tools: OpenPlaceTools = {
    guests: { label: async (asked) => (asked === key ? known : null) },
    visitsOf: () => ({ enter: async () => entered }),
    isOffered: () => true,
    random: (length) => new Uint8Array(length),
    hashOf: () => new Uint8Array(32),
    now: () => NOON,
    ...over,
  };
  return openPlace(tools, { label: text, language: "de-AT" });
}
const refused = (because: string) => ({ kind: "refused", because });

describe("a label that is read", () => {
  it("opens its place, with the pictures that hang there and a token", async () => {
    expect(await opened(label)).toEqual({
      kind: "opened",
      token: expect.stringMatching(/^tsg_\w{52}$/),
      guest: {
        ...entered,
        tenant: "Harbour hotel",
        place: label.place,
        signs: [{ word: "owl" }, { word: "anchor" }],
        language: "de-AT",
      },
    });
  });

  it.each([
    ["misread", label, {}, `${key.slice(0, -1)}*`, refused("misread_label")],
    ["of nobody", null, {}, key, refused("unknown_label")],
    ["replaced", { ...label, isRetired: true }, {}, key, refused("retired_label")],
    ["of a tenant that offers nothing", label, { isOffered: () => false }, key, refused("not_offered")],
    [
      "of a place that is closed",
      { ...label, hours: [{ days: [3], from: "18:00", to: "22:00" }] },
      {},
      key,
      {
        kind: "closed",
        because: "place_closed",
        tenant: "Harbour hotel",
        place: "Room 12",
        opensAt: "2026-11-25T18:00:00.000Z",
      },
    ],
  ])("is refused when it is %s", async (_, known, over, text, answer) => {
    expect(await opened(known, over, text)).toEqual(answer);
  });

  it("is refused when its place went out of use meanwhile", async () => {
    const gone = { kind: "refused", because: "retired_label" } as const;
    expect(await opened(label, { visitsOf: () => ({ enter: async () => gone }) })).toEqual(gone);
  });
});

describe("the pictures of a label", () => {
  it("are two different ones, whatever chance says", () => {
    for (let a = 0; a < 256; a += 5) {
      for (let b = 0; b < 256; b += 3) {
        const [first, second] = drawSigns(() => Uint8Array.of(a, b));
        expect(first).not.toBe(second);
        expect(signWords).toEqual(expect.arrayContaining([first, second]));
      }
    }
  });
});
