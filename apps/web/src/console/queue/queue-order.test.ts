import type { Request, RequestBoard } from "@tessera/contracts";
import { expect, it } from "vitest";
import { arrange, filtered, namesIn } from "./queue-order.ts";

const request = (id: string, kind = "Towels", place = "Room 1") =>
  ({ id, kind: { name: kind }, place: { name: place } }) as Request;
const board = (open: string[], settled: string[] = []): RequestBoard => ({
  open: open.map((id) => request(id)),
  settled: settled.map((id) => request(id)),
  response: null,
  rating: null,
});
const idsOf = (requests: Request[]) => requests.map(({ id }) => id);

it("lays all cards at first", () => {
  expect(idsOf(arrange(null, board(["a", "b"])).cards)).toEqual(["a", "b"]);
});

it("keeps each card where it lies, also when it was settled, and lets what is new wait", () => {
  const { cards, fresh } = arrange(["a", "b"], board(["b", "c"], ["a", "z"]));
  expect(idsOf(cards)).toEqual(["a", "b"]);
  expect(idsOf(fresh)).toEqual(["c"]);
});

it("takes a card away that nobody knows any more", () => {
  expect(idsOf(arrange(["gone", "a"], board(["a"])).cards)).toEqual(["a"]);
});

it("finds by kind and by place, and names what there is", () => {
  const all = [request("a", "Taxi", "Room 2"), request("b", "Towels", "Room 1"), request("c", "Taxi", "Room 1")];
  expect(namesIn(all, "kind")).toEqual(["Taxi", "Towels"]);
  expect(idsOf(filtered(all, { kind: "Taxi", place: "Room 1" }))).toEqual(["c"]);
  expect(idsOf(filtered(all, { kind: "", place: "" }))).toEqual(["a", "b", "c"]);
});
