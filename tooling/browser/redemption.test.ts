import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { film } from "./src/camera-film.ts";
import { picture, pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

const THING = "Cordless drill";

/** One story, told in order: each step goes on from the one before. */
describeWith(chromium, "a member and a desk, in a real browser with a real camera stream", () => {
  let product: Product;
  let phone: Browser;
  let member: Page;
  let complaints: string[];
  const desks: Browser[] = [];

  beforeAll(async () => {
    [product, phone] = await Promise.all([startProduct(), openBrowser()]);
    const context = await phone.newContext({
      viewport: sizes.phone,
      deviceScaleFactor: 2,
      locale: "en-GB",
      reducedMotion: "reduce",
    });
    member = await context.newPage();
    complaints = complaintsOf(member);
  });
  afterAll(async () => {
    await Promise.all([phone?.close(), ...desks.map((desk) => desk.close())]);
    await product?.stop();
  });

  /** A kiosk whose camera sees the film. It pairs itself, since this is the demo. */
  async function deskThatSees(shots: Parameters<typeof film>[0]): Promise<Page> {
    const desk = await openBrowser({ film: film(shots) });
    desks.push(desk);
    const page = await (
      await desk.newContext({ viewport: sizes.desktop, locale: "en-GB", reducedMotion: "reduce" })
    ).newPage();
    await page.goto(`${product.url}/kiosk/`);
    return page;
  }

  /** Exactly what the member's screen shows, as a camera would see it. */
  const codeOnScreen = () => member.getByRole("img", { name: /^Code to/ }).screenshot();
  const outcome = (desk: Page, name: string) => desk.locator(`main[data-outcome="${name}"]`);

  /** A mark that a reload would wipe away. */
  const mark = () => member.evaluate(() => Object.assign(globalThis, { stillHere: true }));
  const isStillHere = () => member.evaluate(() => "stillHere" in globalThis);

  it("says so, kindly, when the password is wrong, and keeps what was typed", async () => {
    await member.goto(product.url);
    await member.getByLabel("E-mail").fill("member@library.example");
    await member.getByLabel("Password", { exact: true }).fill("not the password");
    await member.getByRole("button", { name: "Sign in", exact: true }).click();
    await member.getByRole("alert").first().waitFor();
    expect(await member.getByLabel("E-mail").inputValue()).toBe("member@library.example");
    await pictures(member, "1-sign-in", ["phone", "tablet", "desktop"]);
  });

  it("signs the member in", async () => {
    await member.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await member.getByRole("button", { name: "Sign in", exact: true }).click();
    await member.getByRole("heading", { name: /Library member/ }).waitFor();
    await pictures(member, "2-home", ["phone", "tablet", "desktop"]);
    expect(await breachesOn(member)).toEqual([]);
  });

  it("finds a thing and gets a code for it", async () => {
    await member.getByRole("link", { name: "Find", exact: true }).first().click();
    await member.getByRole("searchbox").fill("drill");
    await pictures(member, "3-find", ["phone", "tablet", "desktop"]);
    expect(await breachesOn(member)).toEqual([]);
    await member
      .getByRole("link", { name: new RegExp(THING) })
      .first()
      .click();
    await member.getByRole("link", { name: "Get code" }).waitFor();
    await pictures(member, "4-thing", ["phone", "tablet", "desktop"]);

    await member.getByRole("link", { name: "Get code" }).click();
    await member.getByRole("img", { name: /^Code to take/ }).waitFor();
    await pictures(member, "5-code", ["phone", "tablet", "desktop"]);
    expect(await breachesOn(member)).toEqual([]);
  });

  it("is read by the desk's camera: green there, and checked out here without a reload", async () => {
    await mark();
    const desk = await deskThatSees([
      { picture: null, seconds: 2 },
      { picture: await codeOnScreen(), seconds: 4 },
      { picture: null, seconds: 5 },
    ]);
    await outcome(desk, "redeemed").waitFor();
    await picture(desk, "6-desk-yes-desktop-light");
    expect(await desk.getByRole("alert").innerText()).toMatch(
      /Checked out\s+Cordless drill, Library member\s+Due back/,
    );

    await member.getByText("Checked out").waitFor();
    await member.getByText(/^until /).waitFor();
    expect(await isStillHere()).toBe(true);
    await pictures(member, "7-checked-out", ["phone", "tablet", "desktop"]);

    // The film starts again: the same code is held up a second time.
    await outcome(desk, "refused").waitFor();
    await pictures(desk, "8-desk-no", ["phone", "tablet", "desktop", "wall"]);
    expect(await desk.getByRole("alert").innerText()).toMatch(/Library member at \d\d:\d\d at Front desk/);
    expect(await breachesOn(desk)).toEqual([]);
  });

  it("takes it back the same way", async () => {
    await member.getByRole("link", { name: "My loans" }).click();
    await member.getByText(THING).first().waitFor();
    await pictures(member, "9-loans", ["phone", "tablet", "desktop"]);
    await member
      .getByRole("link", { name: /Return/ })
      .first()
      .click();
    await member.getByRole("img", { name: /^Code to return/ }).waitFor();
    await mark();

    const desk = await deskThatSees([{ picture: await codeOnScreen(), seconds: 3 }]);
    await outcome(desk, "redeemed").waitFor();
    expect(await desk.getByRole("alert").innerText()).toMatch(/Returned[\s\S]*Cordless drill/);
    await member.getByText("Returned").waitFor();
    expect(await isStillHere()).toBe(true);
  });

  it("fits every screen without sticking out, and nothing complained on the way", async () => {
    for (const path of ["/", "/find", "/loans", "/me"]) {
      await member.goto(`${product.url}${path}`);
      await member.getByRole("heading").first().waitFor();
      expect(await isTooWide(member), path).toBe(false);
    }
    await pictures(member, "10-me", ["phone", "tablet", "desktop"]);
    const unexpected = complaints.filter((complaint) => !complaint.includes("401")); // the wrong password above
    expect(unexpected).toEqual([]);
  });
});
