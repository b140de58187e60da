import { createTessera, type Tessera } from "@tessera/sdk/node";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { breachesOn } from "./src/accessibility.ts";
import { type Camera, complaintsOf, openBrowser } from "./src/browser.ts";
import { film } from "./src/camera-film.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

describeWith(chromium, "the kiosk in a real browser", () => {
  let product: Product;
  let browser: Browser | undefined;
  let complaints: string[] = [];

  beforeAll(async () => {
    product = await startProduct();
  });
  afterEach(() => browser?.close());
  afterAll(() => product?.stop());

  async function openDesk(camera: Camera): Promise<Page> {
    browser = await openBrowser(camera);
    const page = await (
      await browser.newContext({ viewport: sizes.desktop, locale: "en-GB", reducedMotion: "reduce" })
    ).newPage();
    complaints = complaintsOf(page);
    await page.goto(`${product.url}/kiosk/`);
    return page;
  }

  it("starts paired in the demo and waits with a running camera", async () => {
    const desk = await openDesk({ film: film([{ picture: null, seconds: 1 }]) });
    const wasm = desk.waitForResponse(/zxing_reader-\w+\.wasm$/, { timeout: 30_000 }); // two seconds in vain, and it comes
    await desk.locator('[data-state="running"]').waitFor();
    expect((await wasm).ok()).toBe(true);
    const policyOf = async (path: string) =>
      (await fetch(product.url + path)).headers.get("content-security-policy")?.includes("wasm-unsafe-eval");
    expect([await policyOf("/kiosk/"), await policyOf("/")]).toEqual([true, false]);
    await desk.getByText("Front desk").first().waitFor();
    expect(await desk.locator("main").getAttribute("data-outcome")).toBe("idle");
    await pictures(desk, "11-desk-idle", ["phone", "tablet", "desktop", "wall"]);
    expect(await breachesOn(desk)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each([
    ["none", "no_camera"],
    ["denied", "permission_denied"],
  ] as const)(
    "says what to do when the camera is %s, and still takes a picture, letters or a hand scanner",
    async (camera, problem) => {
      const desk = await openDesk(camera);
      await desk.locator(`[data-state="${problem}"]`).waitFor();
      for (const way of ["Read a picture", "Type the code", "Retry camera"]) {
        await desk
          .getByText(way)
          .or(desk.getByRole("button", { name: way }))
          .first()
          .waitFor();
      }
      await pictures(desk, `12-desk-${problem}`, ["phone", "desktop", "wall"]);
    },
  );

  it("takes a code typed by hand, in lower case and with spaces", async () => {
    const desk = await openDesk("none");
    await desk.getByRole("button", { name: "Type the code" }).click();
    await desk.getByLabel("Letters of the code").fill("t120 0000 0000 0000 0000 0000 0000 00");
    await pictures(desk, "13-desk-typing", ["phone", "desktop"]);
    await desk.getByRole("button", { name: "Check this code" }).click();
    await desk.locator('main[data-reason="not_found"]').waitFor();
    expect(await desk.getByRole("alert").innerText()).toContain("We don't know this code.");
  });

  async function signedIn(email: string): Promise<Tessera> {
    const answer = await fetch(`${product.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: product.url },
      body: JSON.stringify({ email, password: "tessera-demo" }),
    });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    return createTessera({ url: product.url, headers: () => ({ cookie: cookies.join("; ") }) });
  }

  /** The sets of flags that this browser keeps, of all desks it ever was. */
  const keptSets = (page: Page) =>
    page.evaluate(async () => {
      const heard = <T>(asked: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          asked.onsuccess = () => resolve(asked.result);
          asked.onerror = () => reject(asked.error);
        });
      const desks = (await indexedDB.databases()).filter(({ name }) => name?.startsWith("tessera-desk-"));
      const rows = desks.map(async ({ name = "" }) => {
        const database = await heard(indexedDB.open(name));
        const kept = await heard(database.transaction("flags").objectStore("flags").getAll());
        database.close();
        return kept.map(({ set }: { set: string }) => set);
      });
      return (await Promise.all(rows)).flat();
    });

  it("says that codes are switched off before anybody scans, keeps that for later, and recovers by itself", async () => {
    const key = "qr-checkout-enabled";
    const isKept = async (value: boolean) => {
      const [set] = await keptSets(desk);
      return set?.includes(`"key":"${key}","value":${value}`) ?? false;
    };
    const operator = await signedIn("operator@library.example");
    const desk = await openDesk({ film: film([{ picture: null, seconds: 1 }]) });
    await desk.getByText("Hold your code to the camera").waitFor();
    await expect.poll(() => isKept(true), { timeout: 20_000 }).toBe(true);

    await operator.api.flag.kill.mutate({ key, because: "a test in a browser" });
    await desk.getByText("Codes are switched off at the moment.").waitFor();
    await desk.locator('main[data-codes="off"]').waitFor();
    await expect.poll(() => isKept(false), { timeout: 20_000 }).toBe(true);
    await pictures(desk, "14-desk-switched-off", ["phone", "tablet", "desktop", "wall"]);
    expect(await breachesOn(desk)).toEqual([]);

    await operator.api.flag.restore.mutate({ key, because: "the test is over" });
    await desk.getByText("Hold your code to the camera").waitFor();
    await operator.close();
    expect(complaints).toEqual([]);
  });

  it("takes a burst of keys from a hand scanner, with nothing focused", async () => {
    const desk = await openDesk("none");
    await desk.locator('main[data-outcome="idle"]').waitFor();
    await desk.locator('[data-state="no_camera"]').waitFor();
    await desk.keyboard.type("T120000000000000000000000000ZG");
    await desk.keyboard.press("Enter");
    await desk.locator("main[data-reason]").waitFor();
  });
});
