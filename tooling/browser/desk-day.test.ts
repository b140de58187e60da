import type { Tessera } from "@tessera/sdk/node";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";
import { signedIn } from "./src/signed-in.ts";

const TEST_CODE = "TESSERA0123456789ABCDEFGHJKMNPQRSTVWXYZ";

describeWith(chromium, "a desk's day, in a real browser", () => {
  let product: Product;
  let browser: Browser;
  let desk: Page;
  let complaints: string[];
  let member: Tessera;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    member = await signedIn(product.url, "member@library.example");
    const context = await browser.newContext({ viewport: sizes.desktop, locale: "en-GB", reducedMotion: "reduce" });
    desk = await context.newPage();
    complaints = complaintsOf(desk);
    await desk.clock.install();
    await desk.goto(`${product.url}/kiosk/`);
    await outcome("idle");
  });
  afterAll(async () => {
    await member?.close();
    await browser?.close();
    await product?.stop();
  });

  const outcome = (name: string) => desk.locator(`main[data-outcome="${name}"]`).waitFor();
  async function newCode(): Promise<string> {
    const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("no code");
    return issued.text;
  }
  async function scan(text: string) {
    await desk.keyboard.type(text);
    await desk.keyboard.press("Enter");
  }

  it("many codes in a row are a list that nothing covers, and one summary", async () => {
    await desk.getByRole("button", { name: "Many codes" }).click();
    await desk.getByText("Many codes, 0 so far").waitFor();
    await scan(await newCode());
    await desk.getByText("Many codes, 1 so far").waitFor();
    await scan(await newCode());
    await desk.getByText("Many codes, 2 so far").waitFor();
    await scan("T120000000000000000000000000ZG");
    await desk.getByText("Many codes, 3 so far").waitFor();
    await outcome("idle"); // nobody had to dismiss the no
    await pictures(desk, "80-desk-batch", ["phone", "tablet", "desktop", "wall"]);
    expect(await breachesOn(desk)).toEqual([]);

    await desk.getByRole("button", { name: "Finish" }).click();
    await desk.getByText("2 out, 1 not done.").waitFor();
    await desk.getByRole("list", { name: "Not done" }).getByText("Unknown").waitFor();
    await pictures(desk, "81-desk-summary", ["phone", "desktop", "wall"]);
    expect(await breachesOn(desk)).toEqual([]);
    await desk.getByRole("button", { name: "Go on" }).click();
    await outcome("idle");
  });

  it.each([
    [TEST_CODE.toLowerCase(), "turned_round", "Switch Caps Lock off"],
    [TEST_CODE.replace(/[YZ]/g, (letter) => (letter === "Y" ? "Z" : "Y")), "layout", "QWERTZ"],
    [TEST_CODE, "right", "This scanner is set right."],
  ])("says what a hand scanner makes of the test code: %s", async (typed, finding, words) => {
    await desk.getByRole("button", { name: "Change desk" }).click();
    await desk.getByRole("button", { name: "Set up a hand scanner" }).click();
    await scan(typed);
    await desk.locator(`[data-finding="${finding}"]`).getByText(words).waitFor();
    if (finding === "right") await pictures(desk, "82-desk-scanner", ["phone", "desktop", "wall"]);
    expect(await breachesOn(desk)).toEqual([]);
    await desk.getByRole("button", { name: "Close" }).click();
    await outcome("idle");
  });

  it("rests after a minute, and is woken by a touch, and by a scan that is taken at once", async () => {
    const rests = desk.locator("[data-rests]");
    await desk.clock.fastForward(59_000);
    expect(await rests.count()).toBe(0);
    await desk.clock.fastForward(2_000);
    await rests.waitFor();
    await pictures(desk, "83-desk-rests", ["phone", "wall"]);
    expect(await breachesOn(desk)).toEqual([]);
    await desk.mouse.click(10, 10);
    await rests.waitFor({ state: "detached" });

    await desk.clock.fastForward(61_000);
    await rests.waitFor();
    await scan(await newCode());
    await outcome("redeemed");
    expect(complaints).toEqual([]);
  });
});
