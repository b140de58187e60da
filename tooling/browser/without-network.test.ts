import type { Tessera } from "@tessera/sdk/node";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn } from "./src/accessibility.ts";
import { openBrowser } from "./src/browser.ts";
import { type Network, openNetwork } from "./src/network.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";
import { signedIn } from "./src/signed-in.ts";

/** One story, told in order: each step goes on from the one before. */
describeWith(chromium, "a desk and a phone whose network is cut", () => {
  let product: Product;
  let network: Network;
  let browser: Browser;
  let desk: Page;
  let phone: Page;
  let member: Tessera;

  beforeAll(async () => {
    network = await openNetwork(() => new URL(product.url));
    [product, browser] = await Promise.all([startProduct({ PUBLIC_URL: network.url }), openBrowser()]);
    member = await signedIn(network.url, "member@library.example");
    [desk, phone] = await Promise.all([newPage(sizes.desktop), newPage(sizes.phone)]);
    await desk.goto(`${network.url}/kiosk/`);
    await works();
  });
  afterAll(async () => {
    await member?.close();
    await browser?.close();
    await product?.stop();
    await network?.close();
  });

  const newPage = async (viewport: (typeof sizes)[keyof typeof sizes]) =>
    (await browser.newContext({ viewport, locale: "en-GB", reducedMotion: "reduce" })).newPage();

  const works = () => desk.locator('main[data-outcome="idle"][data-codes]').waitFor();
  const outcome = (name: string) => desk.locator(`main[data-outcome="${name}"]`).waitFor();
  const number = async (name: string) => Number((await desk.locator("main").getAttribute(`data-${name}`)) ?? 0);
  const isServed = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => !!active));
  const scan = async (text: string) => {
    await desk.keyboard.type(text);
    await desk.keyboard.press("Enter");
  };

  /** A code of a member's that this desk holds ready. */
  async function heldCode(): Promise<string> {
    const before = await number("held");
    const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
    const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free?.id ?? "" });
    if (issued.kind !== "issued") throw new Error("no code");
    await expect.poll(() => number("held"), { timeout: 20_000 }).toBeGreaterThan(before);
    return issued.text;
  }
  /** A mark that a reload would wipe away. */
  const mark = (page: Page) => page.evaluate(() => Object.assign(globalThis, { stillHere: true }));
  const isStillHere = (page: Page) => page.evaluate(() => "stillHere" in globalThis);

  it("can be installed: a manifest with pictures, and a worker", async () => {
    for (const folder of ["/kiosk/", "/"]) {
      const page = await (await fetch(`${network.url}${folder}`)).text();
      const manifestPath = /rel="manifest" href="([^"]+)"/.exec(page)?.[1] ?? "";
      const answer = await fetch(`${network.url}${manifestPath}`);
      expect(answer.headers.get("content-type")).toContain("application/manifest+json");
      const { scope, icons } = (await answer.json()) as { scope: string; icons: { src: string }[] };
      expect(scope).toBe(folder);
      for (const { src } of icons) {
        const icon = await fetch(new URL(src, network.url + manifestPath));
        expect(icon.headers.get("content-type")).toBe("image/png");
      }
    }
    expect(await isServed(desk)).toBe(true);
  });

  it("the desk starts with no network at all, and takes the codes it holds ready: amber, to be confirmed", async () => {
    const text = await heldCode();
    network.cut();
    await desk.reload();
    await works();
    await expect.poll(() => number("held"), { timeout: 20_000 }).toBeGreaterThan(0);
    await scan(text);
    await outcome("kept");
    expect(await desk.getByRole("alert").innerText()).toMatch(/Accepted offline[\s\S]*it will be confirmed/);
    await pictures(desk, "60-desk-kept", ["phone", "desktop", "wall"]);
    expect(await breachesOn(desk)).toEqual([]);
    await works();
    expect(await number("waiting")).toBe(1);
    await desk.getByText("to be confirmed", { exact: true }).waitFor();
    await desk.getByText(/1 scan to be confirmed/).waitFor({ timeout: 20_000 });
    await pictures(desk, "61-desk-alone", ["phone", "desktop", "wall"]);
  });

  it("says no to the same code, and does not judge one that it does not hold", async () => {
    await scan("T120000000000000000000000000ZG");
    await outcome("look");
    expect(await desk.getByRole("alert").innerText()).toContain("does not hold this code ready");
    await pictures(desk, "62-desk-not-held", ["phone", "desktop"]);
    await desk.keyboard.press("Escape");
    await works();
  });

  it("hands in when the network is back, and the line in the strip is confirmed", async () => {
    network.mend();
    await expect.poll(() => number("waiting"), { timeout: 30_000 }).toBe(0);
    await desk.getByText("confirmed", { exact: true }).waitFor();
    const loans = await member.api.checkout.mine.query();
    expect(loans.filter(({ returnedAt }) => returnedAt === null)).toHaveLength(1);
  });

  it("takes a newer version between two scans, never while an answer is on the screen", async () => {
    await desk.locator('main[data-outcome="idle"]').waitFor();
    await mark(desk);
    await scan("T120000000000000000000000000ZG");
    await outcome("refused");
    network.release();
    await desk.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()));
    const isWaiting = () => desk.evaluate(async () => !!(await navigator.serviceWorker.ready).waiting);
    await expect.poll(isWaiting, { timeout: 20_000 }).toBe(true);
    await pictures(desk, "63-desk-waits", ["phone", "tablet", "desktop", "wall"]); // longer than an idle screen waits
    expect([await isStillHere(desk), await isWaiting()]).toEqual([true, true]);

    await desk.keyboard.press("Escape");
    await expect.poll(() => isStillHere(desk).catch(() => true), { timeout: 20_000 }).toBe(false);
    await works();
    expect(await isWaiting()).toBe(false);
  });

  it("a phone opens without a network, and shows the code that was made before, with its age", async () => {
    await phone.goto(network.url);
    await phone.getByLabel("E-mail").fill("second@library.example");
    await phone.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await phone.getByRole("button", { name: "Sign in", exact: true }).click();
    await phone.getByRole("heading", { name: /Second member/ }).waitFor();
    expect(await isServed(phone)).toBe(true);
    const free = (await member.api.resource.list.query()).find(({ availability }) => availability.state === "free");
    await phone.goto(`${network.url}/code/check_out/${free?.id}`);
    await phone.getByRole("img", { name: /^Code to take/ }).waitFor();

    network.cut();
    await phone.goto(`${network.url}/loans`);
    await phone.getByText(/^As of \d\d:\d\d$/).waitFor();
    await phone.getByRole("img", { name: /^Code to take/ }).waitFor();
    await pictures(phone, "64-phone-alone", ["phone", "desktop"]);
    expect(await breachesOn(phone)).toEqual([]);

    network.mend();
    await phone.getByRole("heading", { name: "Loans" }).waitFor({ timeout: 20_000 });
  });

  it("and keeps nothing that was called for: files of the apps alone", async () => {
    for (const page of [desk, phone]) {
      const kept = await page.evaluate(async () => {
        const names = await caches.keys();
        const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
        return requests.flat().map(({ url }) => new URL(url).pathname);
      });
      expect(kept.length).toBeGreaterThan(5);
      expect(kept.filter((path) => /^\/(trpc|api|admin|ofrep)/.test(path))).toEqual([]);
    }
  });
});
