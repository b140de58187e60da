import { expect, it } from "vitest";
import { heldToken, hold } from "./held-guest.ts";

function storage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

it("finds the token again at the same place, and at no other", () => {
  const kept = storage();
  hold(kept, { label: "A", token: "tsg_1" });
  expect(heldToken(kept, "A")).toBe("tsg_1");
  expect(heldToken(kept, "B")).toBeNull();
  hold(kept, null);
  expect(heldToken(kept, "A")).toBeNull();
});

it("makes nothing of what others wrote, and goes on where nothing can be kept", () => {
  expect(heldToken({ getItem: () => "{" }, "A")).toBeNull();
  const refuses = () => {
    throw new Error("no storage");
  };
  expect(heldToken({ getItem: refuses }, "A")).toBeNull();
  hold({ setItem: refuses, removeItem: refuses }, { label: "A", token: "x" });
});
