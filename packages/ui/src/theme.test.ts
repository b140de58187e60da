import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contrast, type Oklch } from "./contrast.ts";

type Theme = "light" | "dark";
type Palette = Record<string, Record<Theme, Oklch>>;

const papers = ["paper", "surface", "sunken"];
const washes = ["ok", "wait", "no", "info", "accent"].map((name) => `${name}-wash`);

/** Words and what they stand on. */
const words: [string, string][] = [
  ...[...papers, ...washes].flatMap((ground): [string, string][] => [
    ["ink", ground],
    ["ink-soft", ground],
  ]),
  ...["accent", "ok", "wait-word", "no", "info"].flatMap((word) =>
    papers.slice(0, 2).map((paper): [string, string] => [word, paper]),
  ),
  ...["accent", "ok", "no", "info"].map((word): [string, string] => [word, `${word}-wash`]),
  ["wait-word", "wait-wash"],
  ...["accent", "ok", "wait", "no", "info"].map((fill): [string, string] => [`${fill}-ink`, fill]),
  ["accent-ink", "accent-strong"],
  ["paper", "ink"],
  ["tile-ink", "tile"],
];

/** Shapes that mean something without a word, and the edges of controls. */
const shapes: [string, string][] = ["accent", "ok", "wait", "no", "info", "edge"].flatMap((shape) =>
  papers.slice(0, 2).map((paper): [string, string] => [shape, paper]),
);

/** The opaque colours; what is translucent has no contrast of its own. */
const read = (css: string): Palette =>
  Object.fromEntries(
    [...css.matchAll(/--color-([\w-]+):\s*(light-dark\([^/;]+\)|oklch\([^/)]+\));/g)].map(
      ([, name = "", value = ""]) => {
        const colours = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)].map(([, l, c, h]) => ({
          l: Number(l),
          c: Number(c),
          h: Number(h),
        }));
        const [light, dark = light] = colours;
        if (!light || !dark) throw new Error(`cannot read --color-${name}: ${value}`);
        return [name, { light, dark }];
      },
    ),
  );

function tooFaint(palette: Palette, pairs: [string, string][], least: number): string[] {
  return pairs.flatMap(([front, ground]) =>
    (["light", "dark"] as const).flatMap((theme) => {
      const [one, other] = [palette[front]?.[theme], palette[ground]?.[theme]];
      if (!one || !other) return [`${front} or ${ground} is missing`];
      const ratio = contrast(one, other);
      return ratio < least ? [`${front} on ${ground}, ${theme}: ${ratio.toFixed(2)}`] : [];
    }),
  );
}

const css = readFileSync(new URL("./theme.css", import.meta.url), "utf8");

describe("the theme", () => {
  const palette = read(css);

  it("keeps words readable, 4.5 to 1, in light and dark", () => {
    expect(tooFaint(palette, words, 4.5)).toEqual([]);
  });

  it("keeps shapes and the edges of controls visible, 3 to 1, in light and dark", () => {
    expect(tooFaint(palette, shapes, 3)).toEqual([]);
  });

  it("sees a pair that is too faint, so the two tests above can fail", () => {
    const faded = css.replace(
      /--color-ink-soft: light-dark\([^)]+\)/,
      "--color-ink-soft: light-dark(oklch(0.7 0.02 62)",
    );
    expect(faded).not.toBe(css);
    expect(tooFaint(read(faded), words, 4.5)).toContainEqual(expect.stringMatching(/^ink-soft on paper, light: 2\./));
  });

  it("measures as the standard does: black on white is 21 to 1, mid grey near 4.5", () => {
    expect(contrast({ l: 0, c: 0, h: 0 }, { l: 1, c: 0, h: 0 })).toBeCloseTo(21, 1);
    expect(contrast({ l: 0.568, c: 0, h: 0 }, { l: 1, c: 0, h: 0 })).toBeCloseTo(4.54, 1); // #767676
  });
});
