import type { Tessera } from "@tessera/sdk/node";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { type Network, openNetwork } from "./src/network.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";
import { signedIn } from "./src/signed-in.ts";

/** One story, told in order: each step goes on from the one before. */
describeWith(chromium, "conflicts of two desks without a network, in a real browser", () => {
  let product: Product;
  let network: Network;
  let browser: Browser;
  let desks: Page[];
  let staff: Page;
  let complaints: string[];
  let member: Tessera;

  beforeAll(async () => {
    network = await openNetwork(() => new URL(product.url));
    [product, browser] = await Promise.all([startProduct({ PUBLIC_URL: network.url }), openBrowser()]);
    const admin = await signedIn(product.url, "admin@library.example");
    // Any genuine code passes at any desk: the one policy with which a code can go out twice.
    await admin.api.tenant.saveSettings.mutate({ codeKind: "signed", offlinePolicy: "open" });
    await admin.close();
    member = await signedIn(product.url, "member@library.example");
    staff = await newPage(sizes.desktop);
    complaints = complaintsOf(staff);
    desks = [await newPage(sizes.desktop), await newPage(sizes.desktop)];
    for (const desk of desks) {
      await desk.goto(`${network.url}/kiosk/`);
      await works(desk);
    }
  });
  afterAll(async () => {
    await member?.close();
    await browser?.close();
    await product?.stop();
    await network?.close();
  });

  const newPage = async (viewport: (typeof sizes)[keyof typeof sizes]) =>
    (await browser.newContext({ viewport, locale: "en-GB", reducedMotion: "reduce" })).newPage();
  const works = (desk: Page) => desk.locator('main[data-outcome="idle"][data-codes]').waitFor();
  const waiting = async (desk: Page) => Number(await desk.locator("main").getAttribute("data-waiting"));
  const isReady = (desk: Page) =>
    expect.poll(() => desk.locator("main").getAttribute("data-ready"), IN_TIME).toBe("yes");
  const open = () => staff.locator('[data-conflict="open"]');

  async function newCode(): Promise<string> {
    const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("no code");
    return issued.text;
  }
  async function acceptsAlone(desk: Page, text: string) {
    await desk.getByText(/^Offline/).waitFor(); // what is sent while the line goes is for the server to decide
    await desk.keyboard.type(text);
    await desk.keyboard.press("Enter");
    await desk.locator('main[data-outcome="kept"]').waitFor();
    await works(desk);
  }

  it("the page says what conflicts are while there are none", async () => {
    await staff.goto(`${product.url}/console/conflicts`);
    await staff.getByLabel("E-mail").fill("staff@library.example");
    await staff.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await staff.getByRole("button", { name: "Sign in", exact: true }).click();
    await staff.getByText("No conflicts").waitFor();
    await pictures(staff, "70-conflicts-none", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
  });

  it("two desks let one code through, and the second to arrive is a conflict that appears by itself", async () => {
    for (const desk of desks) await isReady(desk);
    const text = await newCode();
    network.cut();
    for (const desk of desks) await acceptsAlone(desk, text);
    network.mend();
    await open().waitFor({ timeout: 40_000 });
    const story = await open().innerText();
    expect(story).toMatch(/At the desk: Front desk/);
    expect(story).toMatch(/Used by Library member .* at Front desk/);
    for (const desk of desks) await expect.poll(() => waiting(desk), IN_TIME).toBe(0);
    await pictures(staff, "71-conflict", ["phone", "tablet", "desktop"]);
    expect([await breachesOn(staff), await isTooWide(staff)]).toEqual([[], false]);
  });

  it("one tap settles it, and says how", async () => {
    await staff.getByRole("button", { name: "It is back" }).click();
    await staff.getByText(/^It came back, /).waitFor();
    expect(await open().count()).toBe(0);
    await pictures(staff, "72-conflict-settled", ["phone", "desktop"]);
  });

  it("a desk that lost its memory waits here until staff let it go on, and then hands in", async () => {
    const [desk] = desks;
    if (!desk) throw new Error("two desks were opened");
    const told = async () => {
      const text = await newCode();
      network.cut();
      await acceptsAlone(desk, text);
      network.mend();
    };
    await told(); // the server knows its story now, whichever desk was refused before
    await expect.poll(() => waiting(desk), IN_TIME).toBe(0);
    await desk.evaluate(async () => {
      for (const { name = "" } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
    });
    await desk.reload();
    await isReady(desk);
    await told();
    await desk.getByText(/Ask staff to release this desk/).waitFor({ timeout: 30_000 });
    await staff.getByRole("heading", { name: "Desks that wait for you" }).waitFor();
    await pictures(staff, "73-conflicts-quarantine", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    await staff.getByRole("button", { name: "There is only one" }).click();
    await staff.getByRole("heading", { name: "Desks that wait for you" }).waitFor({ state: "detached" });
    await expect.poll(() => waiting(desk), IN_TIME).toBe(0);
    expect(complaints.filter((complaint) => !/net::ERR|WebSocket/.test(complaint))).toEqual([]);
  });
});

const IN_TIME = { timeout: 40_000 };
