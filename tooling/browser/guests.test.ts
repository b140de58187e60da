import { gzipSync } from "node:zlib";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

/** What a guest's door may weigh: all of its script, packed as a proxy packs it. */
const MOST_SCRIPT = 110_000;

describeWith(chromium, "a guest of the demo's hotel in a real browser", () => {
  let product: Product;
  let browser: Browser;
  let phone: Page;
  let staff: Page;
  let complaints: string[][];
  let label: string;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    phone = await (await newContext(sizes.phone)).newPage();
    staff = await (await newContext(sizes.desktop)).newPage();
    complaints = [complaintsOf(phone), complaintsOf(staff)];
    await staff.goto(`${product.url}/console/places`);
    await staff.getByLabel("E-mail").fill("staff@hotel.example");
    await staff.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await staff.getByRole("button", { name: "Sign in", exact: true }).click();
    const room = staff.getByRole("article", { name: "Room 12" });
    label = (await room.getByRole("link").getAttribute("href")) ?? "";
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const newContext = (viewport: (typeof sizes)[keyof typeof sizes]): Promise<BrowserContext> =>
    browser.newContext({ viewport, locale: "en-GB", reducedMotion: "reduce" });
  const mine = () => phone.getByRole("article", { name: "Towels" });
  const queued = () => staff.getByRole("article", { name: "Towels, Room 12" });
  const stands = (who: typeof mine, state: string) =>
    who()
      .and(who().page().locator(`[data-state="${state}"]`))
      .waitFor();

  it("opens the place by its label: its name, the pictures of the sticker, and what can be asked for", async () => {
    const scripts: Promise<number>[] = [];
    phone.on("response", (response) => {
      if (response.request().resourceType() !== "script") return;
      scripts.push(response.body().then((body) => gzipSync(body).length));
    });
    await phone.goto(`${product.url}${label}`);
    await phone.getByRole("heading", { name: "Harbour hotel Room 12" }).waitFor();
    await phone.getByText("lemon").waitFor();
    await phone.getByRole("button", { name: /Towels/ }).waitFor();
    expect(phone.url()).not.toContain("tsg_");
    expect(scripts.length).toBeGreaterThan(0);
    expect((await Promise.all(scripts)).reduce((all, one) => all + one)).toBeLessThan(MOST_SCRIPT);
    await pictures(phone, "60-guest-place", ["phone", "desktop"]);
    expect(await breachesOn(phone)).toEqual([]);
    expect(await isTooWide(phone)).toBe(false);
  });

  it("asks for towels, and staff see it at once", async () => {
    await staff.getByRole("link", { name: "Queue" }).click();
    await staff.getByText("Nobody waits").waitFor();
    await phone.getByRole("button", { name: /Towels/ }).click();
    const dialog = phone.getByRole("dialog");
    await dialog.getByRole("button", { name: "One more" }).click();
    await dialog.getByLabel("Anything we should know?").fill("soft ones, please");
    await pictures(phone, "61-guest-ask", ["phone"]);
    expect(await breachesOn(phone)).toEqual([]);
    await dialog.getByRole("button", { name: "Send" }).click();
    await stands(mine, "received");
    await stands(queued, "received");
    await queued().getByText("soft ones, please").waitFor();
    await pictures(staff, "62-queue", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
  });

  it("lets what is new wait, so that no card moves under a finger", async () => {
    const other = await (await newContext(sizes.phone)).newPage();
    await other.goto(`${product.url}${label}`);
    await other.getByRole("button", { name: /Taxi/ }).click();
    await other.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    const more = staff.getByRole("button", { name: "Show 1 new request" });
    await more.waitFor();
    expect(await staff.getByRole("article").count()).toBe(1);
    await more.click();
    await staff.getByRole("article", { name: "Taxi, Room 12" }).waitFor();
    await other.context().close();
  });

  it("follows it live until it is done, and rates it; a page that is loaded again knows all of it", async () => {
    for (const [button, state] of [
      ["Accept", "accepted"],
      ["Start", "in_progress"],
      ["Done", "done"],
    ] as const) {
      await queued().getByRole("button", { name: button, exact: true }).click();
      await stands(mine, state);
    }
    await phone.reload();
    await stands(mine, "done");
    await mine().getByRole("button", { name: "5 stars" }).click();
    await pictures(phone, "63-guest-done", ["phone"]);
    expect(await breachesOn(phone)).toEqual([]);
    await mine().getByRole("button", { name: "I have it" }).click();
    await stands(mine, "confirmed");
    await staff.getByText(/Guests give 5\.0 of 5/).waitFor();
  });

  it("is told when the visit ends, and begins another with the same label", async () => {
    await staff.getByRole("link", { name: "Places" }).click();
    const room = staff.getByRole("article", { name: "Room 12" });
    await pictures(staff, "64-places", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    await room.getByRole("button", { name: "End the visit" }).click();
    await staff.getByRole("dialog").getByRole("button", { name: "End the visit" }).click();
    await phone.getByRole("heading", { name: "This visit has ended." }).waitFor();
    await pictures(phone, "65-guest-over", ["phone"]);
    expect(await breachesOn(phone)).toEqual([]);
    await phone.getByRole("button", { name: "I am here: begin" }).click();
    await phone.getByRole("heading", { name: "What can we do for you?" }).waitFor();
    expect(await phone.getByRole("article").count()).toBe(0);
  });

  it("says what is the matter with a label that is none", async () => {
    const lost = await (await newContext(sizes.phone)).newPage();
    await lost.goto(`${product.url}/l/00000000000000001`);
    await lost.getByRole("heading", { name: "A letter of this code is not right." }).waitFor();
    expect(await breachesOn(lost)).toEqual([]);
    await lost.context().close();
  });

  it("had nothing to complain about", () => {
    const others = complaints.flat().filter((complaint) => !complaint.includes("401 (Unauthorized)")); // so the end of a visit is told
    expect(others).toEqual([]);
  });
});
