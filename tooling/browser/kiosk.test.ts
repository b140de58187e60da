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
    await desk.locator('[data-state="running"]').waitFor();
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

  it("takes a burst of keys from a hand scanner, with nothing focused", async () => {
    const desk = await openDesk("none");
    await desk.locator('main[data-outcome="idle"]').waitFor();
    await desk.locator('[data-state="no_camera"]').waitFor();
    await desk.keyboard.type("T120000000000000000000000000ZG");
    await desk.keyboard.press("Enter");
    await desk.locator("main[data-reason]").waitFor();
  });
});
