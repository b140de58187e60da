import { describe, expect, it } from "vitest";
import { isSheetName, labelLayout, labelPlace, QUIET_MODULES, type SheetFormat, sheetFormats } from "./sheets.ts";

const all: [string, SheetFormat][] = Object.entries(sheetFormats);
/** Of the address of a house with a long name. */
const MODULES = 37;

describe.each(all)("a sheet of %s", (_name, format) => {
  const { page, columns, rows, label } = format;
  const places = Array.from({ length: columns * rows }, (_, number) => labelPlace(format, number));

  it("holds its labels inside the page", () => {
    for (const { left, top } of places) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + label[0]).toBeLessThanOrEqual(page[0]);
      expect(top + label[1]).toBeLessThanOrEqual(page[1]);
    }
  });

  it("is as wide left of the labels as right of them", () => {
    const right = page[0] - (places[columns - 1]?.left ?? 0) - label[0];
    expect(Math.abs(right - (places[0]?.left ?? 0))).toBeLessThan(1);
  });

  it("lays none upon another", () => {
    expect(format.step[0]).toBeGreaterThanOrEqual(label[0]);
    expect(format.step[1]).toBeGreaterThanOrEqual(label[1]);
    expect(new Set(places.map(({ left, top }) => `${left} ${top}`)).size).toBe(columns * rows);
  });

  it("has room for a code that a phone reads, with its quiet zone, above its text", () => {
    const { module, left, top, text } = labelLayout(format, MODULES);
    expect(module).toBeGreaterThan(0.35);
    expect(left).toBeGreaterThanOrEqual(QUIET_MODULES * module);
    expect(top).toBeGreaterThanOrEqual(QUIET_MODULES * module);
    expect(top + (MODULES + QUIET_MODULES) * module).toBeLessThanOrEqual(text);
  });

  it("is followed by the next page", () => {
    expect(labelPlace(format, columns * rows)).toEqual({ ...places[0], page: 1 });
  });
});

it("is known by its name alone", () => {
  expect(isSheetName("L7160")).toBe(true);
  expect(isSheetName("toString")).toBe(false);
});
