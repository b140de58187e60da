import type { Availability, Resource } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { atItsNewest, emptyBoard, hear } from "./availability-board.ts";

const state = (id: string, version: number, kind: "free" | "out" = "out") =>
  ({ resourceId: id, state: kind, dueAt: null, version }) as Availability;
const news = (...resources: Availability[]) => ({ resources, complete: false });
const drill = (version: number) =>
  ({ id: "drill", name: "Drill", availability: state("drill", version, "free") }) as Resource;

describe("the board", () => {
  it("keeps the higher version, in whatever order they come", () => {
    const board = hear(hear(emptyBoard, news(state("drill", 5))), news(state("drill", 4, "free")));
    expect(board.get("drill")).toEqual(state("drill", 5));
  });

  it("keeps the highest of one message too", () => {
    const board = hear(emptyBoard, news(state("drill", 7), state("drill", 6, "free")));
    expect(board.get("drill")?.version).toBe(7);
  });

  it("remembers what other news do not speak of", () => {
    const board = hear(hear(emptyBoard, news(state("saw", 1))), news(state("drill", 1)));
    expect([...board.keys()]).toEqual(["saw", "drill"]);
  });

  it("forgets all of it when the news are complete", () => {
    const board = hear(hear(emptyBoard, news(state("saw", 9))), { resources: [state("drill", 1)], complete: true });
    expect([...board.keys()]).toEqual(["drill"]);
  });
});

describe("a resource", () => {
  const board = hear(emptyBoard, news(state("drill", 5)));

  it("takes newer news", () => {
    expect(atItsNewest(drill(4), board).availability.state).toBe("out");
  });

  it("keeps its own state when that is as new or newer, and stays the same object", () => {
    const fresh = drill(5);
    expect(atItsNewest(fresh, board)).toBe(fresh);
    expect(atItsNewest(drill(6), board).availability.state).toBe("free");
  });
});
