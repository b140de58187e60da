import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { offlineIdOf } from "./offline-id.ts";

it.each([16, 12])("names a code of %i random bytes by their hash under a purpose of its own", async (length) => {
  const secretPart = Uint8Array.from({ length }, (_, at) => at);
  const expected = createHash("sha256").update("tessera/offline/v1").update(secretPart).digest();
  expect(await offlineIdOf(secretPart)).toEqual(new Uint8Array(expected));
});
