import { createTessera, type Tessera } from "@tessera/sdk/node";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

describeWith(chromium, "keys that are rotated in a real browser", () => {
  let product: Product;
  let browser: Browser;
  let kiosk: Page;
  let operator: Page;
  let complaints: string[];
  const clients: Tessera[] = [];

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    const page = async (viewport: (typeof sizes)["wall" | "desktop"]) =>
      (await browser.newContext({ viewport, locale: "en-GB", reducedMotion: "reduce" })).newPage();
    [kiosk, operator] = [await page(sizes.wall), await page(sizes.desktop)];
    complaints = complaintsOf(operator);
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await browser?.close();
    await product?.stop();
  });

  async function signedIn(email: string): Promise<Tessera> {
    const answer = await fetch(`${product.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: product.url },
      body: JSON.stringify({ email, password: "tessera-demo" }),
    });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    const client = createTessera({ url: product.url, headers: () => ({ cookie: cookies.join("; ") }) });
    clients.push(client);
    return client;
  }
  async function issued(member: Tessera, which: number): Promise<string> {
    const free = (await member.api.resource.list.query()).filter(({ availability }) => availability.state === "free");
    const code = await member.api.qr.issue.mutate({ purpose: "check_out", resourceId: free[which]?.id ?? "" });
    if (code.kind !== "issued") throw new Error(code.kind);
    return code.text;
  }
  /** Typed by hand, letter for letter. */
  async function scans(text: string) {
    await kiosk.getByRole("button", { name: "Type the code" }).click();
    await kiosk.getByLabel("Letters of the code").fill(text);
    await kiosk.getByRole("button", { name: "Check this code" }).click();
    await kiosk.locator('main[data-outcome="redeemed"]').waitFor();
    await kiosk.locator('main[data-outcome="idle"]').waitFor();
  }
  const key = (state: string) => operator.locator(`article[data-state="${state}"]`);

  it("an operator rotates the key that signs codes, and a code from before is still taken", async () => {
    const admin = await signedIn("admin@library.example");
    await admin.api.tenant.saveSettings.mutate({ codeKind: "signed", offlinePolicy: "leased" });
    const member = await signedIn("member@library.example");
    const before = await issued(member, 0);

    await operator.goto(`${product.url}/console`);
    await operator.getByLabel("E-mail").fill("operator@library.example");
    await operator.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await operator.getByRole("button", { name: "Sign in", exact: true }).click();
    await operator.getByRole("link", { name: "Code keys" }).click();
    await key("active").getByRole("button", { name: "Rotate" }).waitFor();
    await operator.getByText("None from before is accepted.").waitFor();
    await pictures(operator, "70-code-keys", ["phone", "tablet", "desktop"]);
    expect(await breachesOn(operator)).toEqual([]);
    expect(await isTooWide(operator)).toBe(false);

    await key("active").getByRole("button", { name: "Rotate" }).click();
    const dialog = operator.getByRole("dialog");
    await dialog.getByRole("button", { name: "Rotate", exact: true }).click();
    await dialog.getByText(/may not know the next key yet/).waitFor();
    await pictures(operator, "71-rotate-early", ["phone", "desktop"]);
    expect(await breachesOn(operator)).toEqual([]);
    await dialog.getByRole("button", { name: "Rotate all the same" }).click();
    await operator.getByText("The next key signs now.").waitFor();
    await key("retiring")
      .getByText(/Its codes are taken until/)
      .waitFor();

    await kiosk.goto(`${product.url}/kiosk/`);
    await kiosk.locator('main[data-outcome="idle"][data-codes]').waitFor();
    await scans(before);
    await scans(await issued(member, 0));
  });

  it("an API key gets another token, and the one before is taken for an hour", async () => {
    await operator.getByRole("link", { name: "API keys" }).click();
    await operator.getByRole("button", { name: "Make a key" }).first().click();
    const dialog = operator.getByRole("dialog");
    await dialog.getByLabel("What it is for").fill("Nightly report");
    await dialog.getByLabel("See what there is, and what is free").check();
    await dialog.getByRole("button", { name: "Make it" }).click();
    const shown = async () => {
      const token = await dialog.locator("[data-token]").innerText();
      await dialog.getByRole("button", { name: "I have it" }).click();
      return token;
    };
    const before = await shown();
    await operator.getByRole("button", { name: "New token" }).click();
    await dialog.getByRole("button", { name: "New token" }).click();
    const after = await shown();
    for (const token of [before, after]) {
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(`${product.url}/trpc/resource.list`, { headers })).status).toBe(200);
    }
    expect(after).not.toBe(before);
    expect(complaints).toEqual([]);
  });
});
