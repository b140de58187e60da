// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { chooseTheme, themeChoice, wearTheme } from "./theme-choice.ts";

describe("the theme", () => {
  beforeEach(() => {
    localStorage.clear();
    wearTheme("system");
  });

  it("follows the system until somebody chooses", () => {
    wearTheme();
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });

  it("is worn at once and remembered", () => {
    chooseTheme("dark");
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(themeChoice()).toBe("dark");
  });

  it("can be given back to the system", () => {
    chooseTheme("dark");
    chooseTheme("system");
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });

  it("does not wear what it does not know", () => {
    localStorage.setItem("tessera.theme", "neon");
    expect(themeChoice()).toBe("system");
  });
});
