import { serverDatabaseForTest, type TestDatabase } from "@tessera/db/testing";
import { createTessera, newScanId, type Tessera } from "@tessera/sdk/node";
import { chromium, describeWithAll, postgres } from "@tessera/vitest/services";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

const KEY = "qr-checkout-enabled";
/** What is looked at in every size; the other pages are in one of them. */
const ALL = ["phone", "tablet", "desktop"] as const;

describeWithAll(
  [chromium, postgres],
  "an operator takes a flag from off to everybody, sees it trip, and brings it back",
  () => {
    let database: TestDatabase;
    let product: Product;
    let browser: Browser;
    let operator: Page;
    let desk: Tessera;
    let complaints: string[];
    let code: string;

    beforeAll(async () => {
      database = await serverDatabaseForTest(postgres.available ? postgres.url : "");
      const secret = { TESSERA_SECRET: "the secret of a flag, thirty-two or more" };
      const settings = { DATABASE_URL: database.url, TESSERA_DEMO: "true", LOG_LEVEL: "fatal", ...secret };
      [product, browser] = await Promise.all([startProduct(settings), openBrowser()]);
      await database.asSuperuser(`UPDATE feature_flags SET enabled = false WHERE key = '${KEY}'`);
      await database.asSuperuser("UPDATE members SET role = 'operator' WHERE name = 'Library staff'"); // a second one
      operator = await signedIn("operator@library.example");
      complaints = complaintsOf(operator);
      const anyone = createTessera({ url: product.url });
      const paired = await anyone.api.device.pair.mutate({ pairingCode: "DEMOTOOL" });
      await anyone.close();
      if (paired.kind !== "paired") throw new Error("the demo's desk could not be paired");
      desk = createTessera({ url: product.url, token: paired.token });
    });
    afterAll(async () => {
      await Promise.all([desk?.close(), browser?.close()]);
      await product?.stop();
      await database?.close();
    });

    async function signedIn(email: string): Promise<Page> {
      const context = await browser.newContext({ viewport: sizes.desktop, locale: "en-GB", reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.goto(`${product.url}/console/flags`);
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password", { exact: true }).fill("tessera-demo");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.getByRole("heading", { name: "Flags", exact: true }).waitFor();
      return page;
    }

    const part = async (name: string) => {
      await operator.getByRole("navigation", { name: "Parts of this flag" }).getByRole("link", { name }).click();
    };
    /** Presses a button that asks why, and says why. */
    async function act(label: string, now: string, page = operator, because = "a test in a browser") {
      await page.getByRole("button", { name: label, exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(/Why\?/).fill(because);
      await dialog.getByRole("button", { name: now, exact: true }).click();
      await dialog.waitFor({ state: "detached" });
    }
    /** Whether the flag is on for a desk: how the product decides, not what the page says. */
    const isOn = async () => (await desk.api.flag.evaluate.query({ key: KEY })).value;
    const says = (text: string | RegExp): Locator => operator.getByText(text).first();

    /** A code that a member got, for the desk to scan as often as it likes. */
    async function codeOfMember(): Promise<string> {
      const answer = await fetch(`${product.url}/api/auth/sign-in/email`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: product.url },
        body: JSON.stringify({ email: "member@library.example", password: "tessera-demo" }),
      });
      const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
      const member = createTessera({ url: product.url, headers: () => ({ cookie: cookie.join("; ") }) });
      const [thing] = await member.api.resource.list.query();
      const issued = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: thing?.id ?? "" });
      await member.close();
      if (issued.kind !== "issued") throw new Error(`no code: ${issued.refusal.reason}`);
      return issued.text;
    }

    /** So many scans at the desk; what becomes of each is the server's affair. */
    async function scans(count: number): Promise<void> {
      for (let scan = 0; scan < count; scan++) {
        await desk.api.qr.redeem.mutate({ scanId: newScanId(), text: code, source: "camera" }).catch(() => {});
      }
    }

    it("finds it in the list, off", async () => {
      await operator.getByRole("link", { name: KEY }).waitFor();
      await pictures(operator, "flags-1-list", ["phone"]);
      expect(await breachesOn(operator)).toEqual([]);
      await operator.getByRole("link", { name: KEY }).click();
      await operator.getByRole("heading", { name: KEY }).waitFor();
      await pictures(operator, "flags-2-targeting", ALL);
      expect(await breachesOn(operator)).toEqual([]);
      expect(await isOn()).toBe(false);
    });

    it("plans the ramp of the document, with a person between its steps", async () => {
      await part("Ramp");
      for (const step of [1, 2, 3, 4]) {
        await operator.getByText(new RegExp(`^Step ${step}:`)).click(); // unfolds its boxes
        await operator
          .getByRole("group", { name: `Step ${step}` })
          .getByLabel("Holds until")
          .selectOption("approval");
      }
      await operator.getByLabel(/Why this plan/).fill("as the document says");
      await operator.getByRole("button", { name: "Plan the ramp" }).click();
      await operator.getByRole("button", { name: "Start the ramp" }).waitFor();
      expect(await breachesOn(operator)).toEqual([]);
    });

    it("takes it from nobody over 10, 25 and 50 percent to everybody", async () => {
      await act("Start the ramp", "Start now");
      for (const share of [10, 25, 50, 100]) {
        await expect.poll(async () => await shareNow()).toBe(share);
        if (share === 25) await pictures(operator, "flags-3-ramp", ALL);
        await act("Approve the next step", "Approve now");
      }
      await says(/completed|done|over/i).waitFor();
      expect(await isOn()).toBe(true);
    });

    const shareNow = async () => {
      const { rows } = await database.hot.query<{ share: number | null }>(
        `SELECT (config->>'percentage')::float8 AS share FROM feature_flags WHERE key = '${KEY}' AND enabled`,
      );
      return rows[0]?.share ?? null;
    };

    it("sees it trip on planted errors within moments, and reads why", async () => {
      await part("Breaker");
      await operator.getByText("Limits", { exact: true }).first().click();
      await operator.getByLabel("Looks from so many calls on").fill("20");
      await operator.getByLabel("Minutes to cool down").fill("0");
      await operator.getByLabel("Good calls before the next share").fill("3");
      await operator.getByLabel(/Why these limits/).fill("a test has little time");
      await operator.getByRole("button", { name: "Save the limits" }).click();
      await says("Saved.").waitFor();

      code = await codeOfMember();
      await database.asSuperuser("REVOKE SELECT ON qr_codes FROM tessera_app");
      await scans(25);
      await says(/Too many calls failed/).waitFor({ timeout: 30_000 });
      await expect.poll(isOn).toBe(false);
      await says(/First failures/).waitFor();
      await says("qr.redeem").waitFor();
      await pictures(operator, "flags-4-tripped", ALL);
      expect(await breachesOn(operator)).toEqual([]);
      expect(await isTooWide(operator)).toBe(false);
    });

    it("brings it back with one percent, ten percent, and everybody, by calls that go well", async () => {
      await database.asSuperuser("GRANT SELECT ON qr_codes TO tessera_app");
      await act("Try again with 1 %", "Try now");
      const state = async () => {
        await scans(4);
        const { rows } = await database.hot.query<{ state: string }>(
          `SELECT breaker_state AS state FROM feature_flags WHERE key = '${KEY}'`,
        );
        return rows[0]?.state;
      };
      await expect.poll(state, { timeout: 90_000, interval: 1_000 }).toBe("closed");
      await says(/Closed/).waitFor();
      expect(await isOn()).toBe(true);
    });

    it("kills it alone, and restores it only with a second person", async () => {
      await operator.getByRole("button", { name: /^Kill/ }).click();
      const dialog = operator.getByRole("dialog");
      await dialog.getByLabel(/Why\?/).fill("something smells");
      await dialog.getByLabel(/Type .* to confirm/).fill(KEY);
      await dialog.getByRole("button", { name: "Kill it now" }).click();
      await dialog.waitFor({ state: "detached" });
      await expect.poll(isOn).toBe(false);

      await act("Restore", "Restore it now");
      await says(/You asked at/).waitFor();
      expect(await isOn()).toBe(false);

      const second = await signedIn("staff@library.example");
      await second.getByRole("link", { name: KEY }).click();
      await pictures(second, "flags-5-approval", ["phone"]);
      expect(await breachesOn(second)).toEqual([]);
      await second.getByRole("button", { name: "Agree" }).click();
      await expect.poll(isOn).toBe(true);
      await second.context().close();
    });

    it("leaves the whole story in the history, and explains itself", async () => {
      await part("History");
      for (const because of ["something smells", "as its ramp", "a test in a browser"].slice(0, 1))
        await says(because).waitFor();
      await pictures(operator, "flags-6-history", ["tablet"]);
      expect(await breachesOn(operator)).toEqual([]);
      await part("Explain");
      await pictures(operator, "flags-7-explain", ["desktop"]);
      expect(await breachesOn(operator)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  },
);
