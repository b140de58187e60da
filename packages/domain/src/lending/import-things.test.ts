import { MOST_IMPORTED, resourceKinds, type ThingWords } from "@tessera/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readThings, writeThings } from "./import-things.ts";

const HEAD = "name,kind,place,description,loan";
const drill = { name: "Drill", kind: "tool", place: "Shelf 1", description: "18 V", loanMinutes: 10_080 };
const told = (csv: string) => readThings(csv).problems.map(({ row, column, reason }) => [row, column, reason]);

describe("a file of things", () => {
  it("is read, column by column", () => {
    const file = `${HEAD}\nDrill,tool,Shelf 1,18 V,7 d\nBike,BIKE,,,8 h\n`;
    expect(readThings(file)).toEqual({
      things: [drill, { name: "Bike", kind: "bike", place: "", description: "", loanMinutes: 480 }],
      problems: [],
      problemCount: 0,
      count: 2,
    });
  });

  it("may come from a spreadsheet: semicolons, a mark before it, columns in any order, empty rows below", () => {
    const file = '\u{feff}Place;NAME\r\n"Shelf 1; left";Drill\r\n;\r\n\r\n';
    expect(readThings(file).things).toEqual([
      { name: "Drill", kind: "tool", place: "Shelf 1; left", description: "", loanMinutes: 10_080 },
    ]);
  });

  it("needs nothing but names", () => {
    expect(readThings("name\nDrill").things).toMatchObject([{ name: "Drill", kind: "tool", loanMinutes: 10_080 }]);
  });

  it.each([
    [
      "",
      [
        [1, "name", "missing_column"],
        [1, null, "empty"],
      ],
    ],
    [HEAD, [[1, null, "empty"]]],
    [
      "title\nDrill",
      [
        [1, "title", "unknown_column"],
        [1, "name", "missing_column"],
      ],
    ],
    ["name,colour\nDrill,red", [[1, "colour", "unknown_column"]]],
    ["name,co\0lour\nDrill,red", [[1, "", "unknown_column"]]],
    [`name,${"x".repeat(100)}\nDrill,red`, [[1, "x".repeat(40), "unknown_column"]]],
    ["name,Name\nDrill,Saw", [[1, "Name", "repeated_column"]]],
    ['name,place\n"Drill,Shelf 1', [[2, null, "unreadable"]]],
    ["name,place\n,Shelf 1", [[2, "name", "missing_name"]]],
    [`name\n${"x".repeat(81)}`, [[2, "name", "name_too_long"]]],
    ["name,kind\nDrill,hammer", [[2, "kind", "wrong_kind"]]],
    [`name,place\nDrill,${"x".repeat(61)}`, [[2, "place", "place_too_long"]]],
    [`name,description\nDrill,${"x".repeat(501)}`, [[2, "description", "description_too_long"]]],
    ["name,loan\nDrill,soon", [[2, "loan", "wrong_loan"]]],
    ["name,loan\nDrill,7", [[2, "loan", "wrong_loan"]]],
    ["name,place\nDrill,Shelf 1,more", [[2, null, "too_many_cells"]]],
    ["name\nDr\0ll", [[2, null, "broken_letters"]]],
  ])("%j is told what is wrong with it", (file, problems) => expect(told(file)).toEqual(problems));

  it("is told of everything that is wrong, row by row, and brings nothing then", () => {
    const file = "name,kind,loan\nDrill,tool,7 d\n,hammer,soon\nSaw,tool,0 d";
    expect(told(file)).toEqual([
      [3, "name", "missing_name"],
      [3, "kind", "wrong_kind"],
      [3, "loan", "wrong_loan"],
      [4, "loan", "wrong_loan"],
    ]);
    expect(readThings(file)).toMatchObject({ things: [], count: 3, problemCount: 4 });
  });

  it("counts rows as they are in the file, also below empty ones", () => {
    expect(told("name,kind\nDrill,tool\n,\nSaw,hammer")).toEqual([[4, "kind", "wrong_kind"]]);
  });

  it("tells the first two hundred problems and how many there are", () => {
    const { problems, problemCount } = readThings(`name,kind\n${"x,y\n".repeat(500)}`);
    expect([problems.length, problemCount]).toEqual([200, 500]);
  });

  it("brings as many as one file may, and nothing when it has one more", () => {
    expect(readThings(`name\n${"x\n".repeat(MOST_IMPORTED)}`).things).toHaveLength(MOST_IMPORTED);
    expect(told(`name\n${"x\n".repeat(MOST_IMPORTED + 1)}`)).toEqual([[MOST_IMPORTED + 2, null, "too_many_rows"]]);
  });
});

describe("things that are written to a file", () => {
  const words = fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => text.replaceAll("\0", "").trim());
  const thing: fc.Arbitrary<ThingWords> = fc.record({
    name: words.filter((name) => name !== "" && !name.startsWith("'")),
    kind: fc.constantFrom(...resourceKinds),
    place: words.filter((place) => !place.startsWith("'")),
    description: words.filter((text) => !text.startsWith("'")),
    loanMinutes: fc.integer({ min: 1, max: 525_600 }),
  });

  it("are read back as they were", () => {
    fc.assert(
      fc.property(fc.array(thing, { minLength: 1, maxLength: 5 }), (things) => {
        expect(readThings(writeThings(things)).things).toEqual(things);
      }),
    );
  });

  it("are no formulas to a spreadsheet", () => {
    expect(writeThings([{ ...drill, kind: "tool", name: '=HYPERLINK("x")' }])).toContain(`"'=HYPERLINK(""x"")"`);
  });
});
