import type { Place } from "@tessera/contracts";
import { expect, it } from "vitest";
import { inTree } from "./in-tree.ts";

const place = (id: string, parentId: string | null = null) => ({ id, parentId }) as Place;

it("lays what is in a zone right after it, as deep as it lies", () => {
  const all = [place("bar"), place("cabin", "spa"), place("pool", "garden"), place("spa"), place("sauna", "cabin")];
  expect(inTree(all).map(({ place: { id }, depth }) => `${depth} ${id}`)).toEqual([
    "0 bar",
    "0 pool",
    "0 spa",
    "1 cabin",
    "2 sauna",
  ]);
});
