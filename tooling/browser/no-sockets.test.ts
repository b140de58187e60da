import { type Network, networkTo } from "@tessera/vitest/network";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { openBrowser } from "./src/browser.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

const THING = "Cordless drill";
const SLOWER = "Live, a little slower";

/** One story, told in order: each step goes on from the one before. */
describeWith(chromium, "a member and a desk on a network that lets no socket through", () => {
  let product: Product;
  let network: Network;
  let browser: Browser;
  let member: Page;
  let desk: Page;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    network = await networkTo(product.url);
    network.withSockets = "refuses";
    member = await pageAt(sizes.phone);
    desk = await pageAt(sizes.desktop);
  });
  afterAll(async () => {
    await browser?.close();
    await network?.close();
    await product?.stop();
  });

  async function pageAt(viewport: { width: number; height: number }): Promise<Page> {
    const context = await browser.newContext({ viewport, locale: "en-GB", reducedMotion: "reduce" });
    return context.newPage();
  }

  const badge = (page: Page, words: string) => page.getByText(words, { exact: true });

  /** The letters under the code on the member's screen. */
  async function lettersOnScreen(): Promise<string> {
    const groups = member.locator("figcaption span");
    await groups.first().waitFor();
    return (await groups.allInnerTexts()).join("");
  }

  async function typeAtDesk(letters: string): Promise<void> {
    await desk.getByRole("button", { name: "Type the code" }).click();
    await desk.getByLabel("Letters of the code").fill(letters);
    await desk.getByRole("button", { name: "Check this code" }).click();
    await desk.locator('main[data-outcome="redeemed"]').waitFor();
  }

  /** A mark that a reload would wipe away. */
  const mark = () => member.evaluate(() => Object.assign(globalThis, { stillHere: true }));
  const isStillHere = () => member.evaluate(() => "stillHere" in globalThis);

  it("are told so, and that what they see is fresh", async () => {
    await member.goto(network.url);
    await member.getByLabel("E-mail").fill("member@library.example");
    await member.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await member.getByRole("button", { name: "Sign in", exact: true }).click();
    await badge(member, SLOWER).waitFor();
    await pictures(member, "20-slower-home", ["phone", "tablet", "desktop"]);
    expect(await breachesOn(member)).toEqual([]);
    expect(await isTooWide(member)).toBe(false);

    await desk.goto(`${network.url}/kiosk/`);
    await badge(desk, SLOWER).waitFor();
    await pictures(desk, "21-slower-desk", ["phone", "desktop", "wall"]);
    expect(await isTooWide(desk)).toBe(false);
    expect(network.asked).toBeGreaterThanOrEqual(6); // three tries each, all refused
  });

  it("see a redemption on the member's screen without a reload", async () => {
    await member.getByRole("link", { name: "Find", exact: true }).first().click();
    await member
      .getByRole("link", { name: new RegExp(THING) })
      .first()
      .click();
    await member.getByRole("link", { name: "Get code" }).click();
    const letters = await lettersOnScreen();
    await mark();
    await typeAtDesk(letters);
    await member.getByText("Checked out").waitFor();
    expect(await isStillHere()).toBe(true);
    await badge(member, SLOWER).waitFor();
    await pictures(member, "22-slower-checked-out", ["phone", "desktop"]);
  });

  it("go on over a socket as soon as one gets through, and by polling when it is cut", async () => {
    network.withSockets = "lets through";
    await badge(member, "Live").waitFor();
    await badge(desk, "Live").waitFor();

    await member.getByRole("link", { name: "My loans" }).click();
    await member
      .getByRole("link", { name: /Return/ })
      .first()
      .click();
    const letters = await lettersOnScreen();
    network.withSockets = "refuses";
    network.cut();
    await badge(member, SLOWER).waitFor();
    await typeAtDesk(letters);
    await member.getByText("Returned").waitFor();
    expect(await isStillHere()).toBe(true);
  });
});
