import { createHash } from "node:crypto";
import { LABEL_RANDOM_BYTES, labelKey, labelPath } from "@tessera/domain/qr/label-key";
import type { PlaceSeed } from "./builders.ts";

/** Public on purpose, and the same each time: a demo's label can be printed, and opens the demo alone. */
const keyOf = (name: string): string =>
  labelKey(createHash("sha256").update(`the demo's ${name}`).digest().subarray(0, LABEL_RANDOM_BYTES));

const place = (name: string, kind: PlaceSeed["kind"], signs: PlaceSeed["signs"]): PlaceSeed => ({
  name,
  kind,
  signs,
  key: keyOf(name),
});

/** Where guests of the demo's hotel are. */
export const demoPlaces: readonly PlaceSeed[] = [
  place("Room 12", "room", ["bird", "lemon"]),
  place("Room 14", "room", ["anchor", "cat"]),
  place("Terrace, table 3", "table", ["flower", "bell"]),
  place("Spa, cabin 1", "cabin", ["turtle", "moon"]),
];

/** The paths behind their labels, as the terminal shows them. */
export const demoLabels: readonly { name: string; path: string }[] = demoPlaces.map(({ name, key }) => ({
  name,
  path: labelPath(key),
}));
