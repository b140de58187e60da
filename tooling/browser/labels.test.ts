import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { type Camera, complaintsOf, openBrowser } from "./src/browser.ts";
import { film } from "./src/camera-film.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";
import { signedIn } from "./src/signed-in.ts";

/** One story: a label on the drill, read by the phone's own camera, then by the app's. */
describeWith(chromium, "a member who scans a thing's own label, in a real browser", () => {
  let product: Product;
  let member: Page;
  let key: string;
  let unbound: string;
  let complaints: string[];
  const browsers: Browser[] = [];

  beforeAll(async () => {
    product = await startProduct();
    const admin = await signedIn(product.url, "admin@library.example");
    const { id: batchId } = await admin.api.label.makeBatch.mutate({ count: 2 });
    const { labels } = await admin.api.label.list.query({ batchId });
    [key, unbound] = labels.map((label) => label.key) as [string, string];
    const [drill] = (await admin.api.resource.page.query({ text: "cordless drill" })).things;
    if (drill) await admin.api.label.claim.mutate({ text: key, resourceId: drill.id });
    await admin.api.tenant.allowSelfService.mutate({ isAllowed: true });
    await admin.close();

    const printed = await fetch(`${product.url}/img/${key}.png?size=600`);
    const label = film([
      { picture: null, seconds: 2 },
      { picture: Buffer.from(await printed.arrayBuffer()), seconds: 5 },
    ]);
    member = await phone({ film: label });
    complaints = complaintsOf(member);
  });
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await product?.stop();
  });

  async function phone(camera: Camera): Promise<Page> {
    const browser = await openBrowser(camera);
    browsers.push(browser);
    const looks = { viewport: sizes.phone, locale: "en-GB", reducedMotion: "reduce" } as const;
    return (await browser.newContext(looks)).newPage();
  }
  async function signsIn(page: Page) {
    await page.getByLabel("E-mail").fill("member@library.example");
    await page.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  it("opens its address as a stranger, signs in, and stands before the thing", async () => {
    await member.goto(`${product.url}/l/${key}`);
    await signsIn(member);
    await member.getByRole("heading", { name: "Cordless drill" }).waitFor();
    await member.getByRole("button", { name: "Take it" }).waitFor();
    await pictures(member, "70-label-thing", ["phone", "desktop"]);
    expect(await breachesOn(member)).toEqual([]);
  });

  it("takes it, without a desk", async () => {
    await member.getByRole("button", { name: "Take it" }).click();
    await member.getByText("Checked out").waitFor();
    await pictures(member, "71-label-taken", ["phone", "desktop"]);
  });

  it("scans the label with the app's camera, and returns it", async () => {
    await member.getByRole("link", { name: "Scan another" }).click();
    await member.getByText("Hold the label of a thing before the camera.").waitFor();
    await pictures(member, "72-scan", ["phone", "desktop"]);
    expect(await breachesOn(member)).toEqual([]);
    await member.getByRole("button", { name: "Return it" }).click();
    await member.getByText("Returned").first().waitFor();
    expect(await isTooWide(member)).toBe(false);
    expect(complaints.filter((one) => !one.includes("401"))).toEqual([]);
  });

  it("types the letters where the camera is refused, and hears what a label without a thing is", async () => {
    const refused = await phone("denied");
    await refused.goto(`${product.url}/scan`);
    await signsIn(refused);
    await refused.getByText("The camera is not allowed here.", { exact: false }).waitFor();
    await refused.getByLabel("Letters of the label").fill("T1");
    await refused.getByRole("button", { name: "Look it up" }).click();
    await refused.getByText("A label has 17 letters.", { exact: false }).waitFor();
    await pictures(refused, "73-scan-refused", ["phone", "desktop"]);
    expect(await breachesOn(refused)).toEqual([]);
    await refused.getByLabel("Letters of the label").fill(unbound.toLowerCase());
    await refused.getByRole("button", { name: "Look it up" }).click();
    await refused.getByRole("heading", { name: "This label leads nowhere" }).waitFor();
    await pictures(refused, "74-label-dead", ["phone", "desktop"]);
  });
});
