import { createTessera } from "@tessera/sdk/node";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

describeWith(chromium, "desks and keys in a real browser", () => {
  let product: Product;
  let browser: Browser;
  let kiosk: Page;
  let staff: Page;
  let complaints: string[];
  const calls: string[] = [];

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    const context = await newContext(sizes.wall);
    context.on("request", (request) => calls.push(request.url()));
    kiosk = await context.newPage();
    staff = await signedIn("admin@library.example");
    complaints = complaintsOf(staff);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const newContext = (viewport: (typeof sizes)[keyof typeof sizes]): Promise<BrowserContext> =>
    browser.newContext({ viewport, locale: "en-GB", reducedMotion: "reduce" });

  async function signedIn(email: string): Promise<Page> {
    const page = await (await newContext(sizes.desktop)).newPage();
    await page.goto(`${product.url}/console`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "Desks", exact: true }).waitFor();
    return page;
  }
  /** A code that a member has just got, typed at the kiosk. */
  async function scans(outcome: string) {
    const answer = await fetch(`${product.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: product.url },
      body: JSON.stringify({ email: "member@library.example", password: "tessera-demo" }),
    });
    const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
    const member = createTessera({ url: product.url, headers: () => ({ cookie: cookie.join("; ") }) });
    const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free?.id ?? "" });
    await member.close();
    if (issued.kind !== "issued") throw new Error("no code");
    await kiosk.getByRole("button", { name: "Type the code" }).click();
    await kiosk.getByLabel("Letters of the code").fill(issued.text);
    await kiosk.getByRole("button", { name: "Check this code" }).click();
    await kiosk.locator(`main[data-outcome="${outcome}"]`).waitFor();
  }
  const shownCode = (page = kiosk) =>
    page.locator("[data-user-code]").getAttribute("data-user-code", { timeout: 10_000 });
  const stands = (standing: string) => kiosk.locator(`main[data-standing="${standing}"]`).waitFor();
  const works = () => kiosk.locator('main[data-outcome="idle"][data-codes]').waitFor();
  const card = () => staff.getByRole("article").filter({ has: staff.getByRole("heading", { name: "Back door" }) });

  /** Presses a button of the desk's that asks why, and says why. */
  async function act(label: string, because = "a test in a browser") {
    await card().getByRole("button", { name: label, exact: true }).click();
    const dialog = staff.getByRole("dialog");
    await dialog.getByLabel(/Why\?/).fill(because);
    if (label === "Wipe") await dialog.getByLabel(/to confirm/).fill("Back door");
    await dialog.getByRole("button", { name: label, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  }

  it("a kiosk shows a code, staff say yes in the console, and it is a desk", async () => {
    await kiosk.goto(`${product.url}/kiosk/?desk=Attic`);
    const code = (await shownCode()) ?? "";
    expect(code).toMatch(/^[B-DF-HJ-NP-TV-XZ]{8}$/);
    await pictures(kiosk, "40-kiosk-code", ["phone", "desktop", "wall"]);
    expect(await breachesOn(kiosk)).toEqual([]);
    await kiosk.getByRole("button", { name: "Type a pairing code" }).click();
    await kiosk.getByLabel("Pairing code").waitFor();
    await kiosk.getByRole("button", { name: "Show a code" }).click();
    const second = (await shownCode()) ?? "";

    await staff.getByRole("link", { name: "Pair a desk" }).click();
    await staff.getByLabel("Letters on the screen").fill("bcdf");
    await staff.getByRole("button", { name: "Look it up" }).click();
    await staff.getByText("The code has eight letters").waitFor();
    await staff.getByLabel("Letters on the screen").fill(second.toLowerCase());
    await pictures(staff, "41-pair-typed", ["phone", "desktop"]);
    await staff.getByRole("button", { name: "Look it up" }).click();
    await staff.getByText(/Chrome on Linux/).waitFor();
    await staff.getByLabel("Name of the desk").fill("Back door");
    await pictures(staff, "42-pair-request", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    await staff.getByRole("button", { name: "Make it a desk" }).click();
    await staff.getByText("Back door is a desk").waitFor();
    await works();
    await kiosk.getByText("Back door").first().waitFor();
    await scans("redeemed");

    const codes = [code, second];
    expect(calls.filter((url) => codes.some((one) => url.includes(one)))).toEqual([]);
  });

  it("staff come by the picture on the screen, and say no", async () => {
    const other = await (await newContext(sizes.phone)).newPage();
    await other.goto(`${product.url}/kiosk/?desk=Attic`);
    const code = (await shownCode(other)) ?? "";
    await staff.goto(`${product.url}/console/desks/pair#${code}`);
    await staff.getByRole("button", { name: "Say no" }).click();
    await staff.getByText("The kiosk was told no").waitFor();
    await other.getByText("Staff said no to this kiosk").waitFor({ timeout: 15_000 });
    await pictures(other, "43-kiosk-denied", ["phone", "wall"]);
    await other.getByRole("button", { name: "Ask again" }).click();
    expect(await shownCode(other)).not.toBe(code);
    await other.context().close();
    await staff.getByRole("link", { name: "See all desks" }).click();
    await card().waitFor();
  });

  it("a locked desk says so at once, and goes on when it is unlocked", async () => {
    await act("Lock", "The drawer is open");
    await stands("locked");
    await kiosk.getByText("“The drawer is open”").waitFor();
    await pictures(kiosk, "44-kiosk-locked", ["phone", "desktop", "wall"]);
    expect(await breachesOn(kiosk)).toEqual([]);
    await card().getByText("Locked").waitFor();
    await act("Unlock");
    await works();
    await scans("redeemed");
  });

  it("a desk that may not redeem says so, and goes on when it may", async () => {
    const allow = async (isAllowed: boolean) => {
      await card().getByRole("button", { name: "Change", exact: true }).click();
      await staff.getByRole("dialog").getByLabel("Redeem codes").setChecked(isAllowed);
      if (!isAllowed) await pictures(staff, "45-desk-change", ["phone", "desktop"]);
      await staff.getByRole("dialog").getByRole("button", { name: "Save" }).click();
      await staff.getByRole("dialog").waitFor({ state: "detached" });
    };
    await allow(false);
    await stands("not_allowed");
    await pictures(kiosk, "46-kiosk-not-allowed", ["wall"]);
    await allow(true);
    await works();
  });

  it("a blocked desk says so, keeps what it holds, and is let in again", async () => {
    await act("Block");
    await stands("blocked");
    await pictures(kiosk, "47-kiosk-blocked", ["phone", "wall"]);
    await pictures(staff, "48-desks", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    expect(await isTooWide(staff)).toBe(false);
    await act("Unblock");
    await kiosk.locator('main[data-outcome="idle"][data-codes]').waitFor({ timeout: 20_000 });
  });

  it("a wiped kiosk forgets everything it knew", async () => {
    const kept = () =>
      kiosk.evaluate(async () => ({
        keys: Object.keys({ ...localStorage, ...sessionStorage }).filter((key) => key.startsWith("tessera.")),
        stores: (await indexedDB.databases())
          .map(({ name = "" }) => name)
          .filter((name) => name.startsWith("tessera-desk-")),
      }));
    expect((await kept()).keys).toContain("tessera.kiosk");
    await expect.poll(async () => (await kept()).stores.length, { timeout: 20_000 }).toBe(1);
    await act("Wipe");
    await kiosk.getByText("had this kiosk forget everything").waitFor();
    expect(await kept()).toEqual({ keys: [], stores: [] });
    await card().getByText("Wiped", { exact: true }).waitFor();
    await shownCode();
    await kiosk.reload();
    expect((await kept()).keys).not.toContain("tessera.kiosk");
  });

  it("a key is made, told once, used over HTTP, and ends when it is revoked", async () => {
    const statusOf = async (token: string) =>
      (await fetch(`${product.url}/trpc/resource.list`, { headers: { authorization: `Bearer ${token}` } })).status;

    await staff.getByRole("link", { name: "API keys" }).click();
    await staff.getByText("No key yet").waitFor();
    await staff.getByRole("button", { name: "Make a key" }).click();
    await staff.getByLabel("What it is for").fill("Nightly report");
    await staff.getByLabel("See what there is, and what is free").check();
    await pictures(staff, "50-key-new", ["phone", "desktop"]);
    await staff.getByRole("button", { name: "Make it" }).click();
    const token = await staff.locator("[data-token]").innerText();
    await pictures(staff, "51-key-once", ["phone", "desktop"]);
    await staff.getByRole("button", { name: "I have it" }).click();
    expect(await staff.content()).not.toContain(token);

    expect(await statusOf(token)).toBe(200);
    await staff.getByRole("button", { name: "New token" }).click();
    await staff.getByRole("dialog").getByRole("button", { name: "New token" }).click();
    const newer = await staff.locator("[data-token]").innerText();
    await staff.getByRole("button", { name: "I have it" }).click();
    expect([await statusOf(token), await statusOf(newer)]).toEqual([200, 200]);

    await pictures(staff, "52-keys", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    await staff.getByRole("button", { name: "Revoke" }).click();
    await staff.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await staff.getByText(/^Revoked/).waitFor();
    for (const one of [token, newer]) await expect.poll(() => statusOf(one), { timeout: 1_000 }).toBe(401);
    expect(complaints).toEqual([]);
  });

  it("staff see no keys, and members no console", async () => {
    const clerk = await signedIn("staff@library.example");
    expect(await clerk.getByRole("link", { name: "API keys" }).count()).toBe(0);
    await clerk.goto(`${product.url}/console/keys`);
    await clerk.getByText("Nothing at this address").waitFor();
  });
});
