import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseTheme, themeChoice, wearTheme } from "./theme-choice.ts";

const kept = new Map<string, string>();
const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: kept.set.bind(kept) };
const closed = () => {
  throw new Error("this browser keeps nothing");
};
let page: { dataset: { theme?: string } };

describe("the theme", () => {
  beforeEach(() => {
    kept.clear();
    page = { dataset: {} };
    vi.stubGlobal("localStorage", storage);
    vi.stubGlobal("document", { documentElement: page });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("follows the system until somebody chooses", () => {
    wearTheme();
    expect(page.dataset.theme).toBeUndefined();
  });

  it("is worn at once and remembered", () => {
    chooseTheme("dark");
    expect(page.dataset.theme).toBe("dark");
    expect(themeChoice()).toBe("dark");
  });

  it("can be given back to the system", () => {
    chooseTheme("dark");
    chooseTheme("system");
    expect(page.dataset.theme).toBeUndefined();
  });

  it("does not wear what it does not know", () => {
    storage.setItem("tessera.theme", "neon");
    expect(themeChoice()).toBe("system");
  });

  it("is still worn where the browser keeps nothing", () => {
    vi.stubGlobal("localStorage", { getItem: closed, setItem: closed });
    chooseTheme("light");
    expect(page.dataset.theme).toBe("light");
    expect(themeChoice()).toBe("system");
  });
});
