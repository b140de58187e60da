import type { PairedDevice } from "@tessera/contracts";
import { expect, it } from "vitest";
import { freshMemory, scan } from "../testing.ts";
import { heldDesk, holdDesk, letGoOfDesk } from "./held-desk.ts";

const desk = {
  kind: "paired",
  deviceId: scan(9).scanId as string,
  token: "tsd_1",
  name: "Front desk",
  tenant: "Tool library",
} as PairedDevice;

it("is the same desk after a reload, until it is let go", () => {
  const memory = freshMemory();
  holdDesk(memory, desk);
  expect(heldDesk(memory)).toEqual(desk);
  letGoOfDesk(memory);
  expect(heldDesk(memory)).toBeNull();
});

it.each(["", "{", "[]", '{"kind":"refused","because":"unknown_pairing_code"}', '{"kind":"paired","token":"t"}'])(
  "is no desk when %j is all that was kept",
  (kept) => {
    expect(heldDesk(freshMemory({ "tessera.kiosk": kept }))).toBeNull();
  },
);
