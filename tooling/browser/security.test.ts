import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

describeWith(chromium, "suspicion in a real browser", () => {
  let product: Product;
  let browser: Browser;
  let kiosk: Page;
  let admin: Page;
  let complaints: string[];

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    const page = async (viewport: (typeof sizes)["wall" | "desktop"]) =>
      (await browser.newContext({ viewport, locale: "en-GB", reducedMotion: "reduce" })).newPage();
    [kiosk, admin] = [await page(sizes.wall), await page(sizes.desktop)];
    complaints = complaintsOf(admin);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  /** A code that looks like one of ours, and that nobody made. */
  async function showsMadeUp(number: number) {
    await kiosk.getByRole("button", { name: "Type the code" }).click();
    await kiosk.getByLabel("Letters of the code").fill(`T1200000${number}`.padEnd(30, "0"));
    await kiosk.getByRole("button", { name: "Check this code" }).click();
    await kiosk.locator('main[data-reason="not_found"]').waitFor();
    await kiosk.getByRole("button", { name: "Next scan" }).click();
  }
  const card = () => admin.getByRole("article").filter({ hasText: "codes that are not ours" });

  it("an admin finds nothing suspicious at first", async () => {
    await admin.goto(`${product.url}/console`);
    await admin.getByLabel("E-mail").fill("admin@library.example");
    await admin.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await admin.getByRole("button", { name: "Sign in", exact: true }).click();
    await admin.getByRole("link", { name: "Security" }).click();
    await admin.getByText("Nothing looks suspicious").waitFor();
    await admin.getByText("No address is blocked.").waitFor();
    await pictures(admin, "60-security-empty", ["phone", "desktop"]);
    expect(await breachesOn(admin)).toEqual([]);
  });

  it("made-up codes at a desk become one alert on the page by themselves", async () => {
    await kiosk.goto(`${product.url}/kiosk/`);
    await kiosk.locator('main[data-outcome="idle"]').waitFor();
    for (let code = 0; code < 5; code++) await showsMadeUp(code);

    await card().getByText("To know").waitFor({ timeout: 10_000 });
    await card().getByText("5 × a code nobody knows").waitFor();
    expect(await card().count()).toBe(1);
    await pictures(admin, "61-security-alert", ["phone", "tablet", "desktop"]);
    expect(await breachesOn(admin)).toEqual([]);
    expect(await isTooWide(admin)).toBe(false);
  });

  it("the admin blocks nobody at their own address", async () => {
    await card().getByRole("button", { name: "Block this address" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel(/Why\?/).fill("made-up codes");
    await pictures(admin, "62-block-address", ["phone", "desktop"]);
    expect(await breachesOn(admin)).toEqual([]);
    await dialog.getByRole("button", { name: "Block this address" }).click();
    await dialog.getByText("You are at this address yourself.").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  it("the admin blocks the desk from there, and it is blocked at once", async () => {
    await card().getByRole("button", { name: "Block this desk" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel(/Why\?/).fill("made-up codes");
    await dialog.getByRole("button", { name: "Block this desk" }).click();
    await dialog.waitFor({ state: "detached" });
    await kiosk.locator('main[data-standing="blocked"]').waitFor({ timeout: 15_000 });
  });

  it("what is done is gone from the open ones, and kept", async () => {
    await card().getByRole("button", { name: "Done", exact: true }).click();
    await admin.getByText("Nothing looks suspicious").waitFor();
    await admin.getByLabel("Which alerts").selectOption({ label: "Done" });
    await card()
      .getByText(/Done \d\d:\d\d/)
      .waitFor();
    await pictures(admin, "63-security-done", ["phone", "desktop"]);
    expect(await breachesOn(admin)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
