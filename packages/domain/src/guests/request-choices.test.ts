import { describe, expect, it } from "vitest";
import { choiceWords, chosen, type Offered } from "./request-choices.ts";
import { requestTemplate } from "./request-templates.ts";

const towels: Offered = {
  options: [
    {
      id: "size",
      label: "Size",
      choices: [
        { id: "bath", label: "bath" },
        { id: "hand", label: "hand" },
      ],
    },
  ],
  maxQuantity: 4,
  takesNote: false,
};
const wanted = { options: { size: "bath" }, quantity: 2, note: "" };

describe("what a guest chose", () => {
  it("is kept where the catalogue knows it", () => {
    expect(chosen(towels, wanted)).toEqual(wanted);
    expect(choiceWords(towels.options, wanted.options)).toEqual(["Size: bath"]);
  });

  it.each([
    ["an option is missing", { ...wanted, options: {} }],
    ["an option is not offered", { ...wanted, options: { size: "bath", colour: "red" } }],
    ["a choice is not offered", { ...wanted, options: { size: "sauna" } }],
    ["it is more than may be asked for at once", { ...wanted, quantity: 5 }],
    ["it names what every object has", { ...wanted, options: { constructor: "bath" } }],
  ])("is refused when %s", (_, sent) => {
    expect(chosen(towels, sent)).toBeNull();
  });

  it("has no note where none is taken", () => {
    expect(chosen(towels, { ...wanted, note: "hello" })?.note).toBe("");
    expect(chosen({ ...towels, takesNote: true }, { ...wanted, note: "hello" })?.note).toBe("hello");
  });
});

describe("the ready catalogues", () => {
  it.each(["hotel", "restaurant", "spa", "tool_library"])(
    "offer something in a %s, each under a name of its own",
    (template) => {
      const kinds = requestTemplate(template);
      expect(kinds.length).toBeGreaterThan(1);
      expect(new Set(kinds.map(({ slug }) => slug)).size).toBe(kinds.length);
    },
  );
});
