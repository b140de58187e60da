import { join } from "node:path";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { FOLDER, pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

/** Beside the pictures, to be looked at. */
const SHEET = join(FOLDER, "67-labels.pdf");

describeWith(chromium, "the shelf in a real browser", () => {
  let product: Product;
  let browser: Browser;
  let staff: Page;
  let complaints: string[];

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    const context = await browser.newContext({
      viewport: sizes.desktop,
      locale: "en-GB",
      reducedMotion: "reduce",
      acceptDownloads: true,
    });
    staff = await context.newPage();
    complaints = complaintsOf(staff);
    await staff.goto(`${product.url}/console/things`);
    await staff.getByLabel("E-mail").fill("staff@library.example");
    await staff.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await staff.getByRole("button", { name: "Sign in", exact: true }).click();
    await staff.getByRole("heading", { name: "Things", exact: true }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const row = (name: string) =>
    staff.getByRole("row").filter({ has: staff.getByRole("button", { name: `Change ${name}` }) });
  const counts = (text: string) =>
    staff
      .getByRole("status")
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor();
  const dialog = () => staff.getByRole("dialog");
  const isClosed = () => dialog().waitFor({ state: "detached" });

  it("staff add a thing, and hear what is missing before", async () => {
    await counts("12 things");
    await pictures(staff, "60-things", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    await staff.getByRole("button", { name: "Add a thing" }).click();
    await dialog().getByRole("button", { name: "Save" }).click();
    await dialog().getByText("Give the thing a name.").waitFor();
    await pictures(staff, "61-thing-form", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    await dialog().getByLabel("Name").fill("Bench vice");
    await dialog().getByLabel("Place").fill("Shelf 9");
    await dialog().getByRole("button", { name: "Save" }).click();
    await isClosed();
    await counts("13 things");
    await row("Bench vice").getByText("Shelf 9").waitFor();
  });

  it("they find it, change it, retire it and bring it back, by keyboard", async () => {
    await staff.getByLabel("Search by name").fill("vice shelf");
    await counts("1 thing");
    await row("Bench vice").getByRole("button", { name: "Change Bench vice" }).press("Enter");
    await dialog().getByLabel("Longest loan").fill("3");
    await dialog().getByLabel("Longest loan").press("Enter");
    await isClosed();
    await row("Bench vice").getByText("3 days").waitFor();

    await row("Bench vice").getByRole("button", { name: "Retire" }).press("Enter");
    await dialog().getByLabel(/Why\?/).fill("the jaw is broken");
    await pictures(staff, "62-retire", ["phone", "desktop"]);
    await dialog().getByRole("button", { name: "Retire" }).click();
    await isClosed();
    await staff.getByText("Nothing matches").waitFor();
    await staff.getByRole("button", { name: "Retired", exact: true }).click();
    await row("Bench vice").getByRole("button", { name: "Bring Bench vice back" }).press("Enter");
    await staff.getByText("Nothing matches").waitFor();
    await staff.getByRole("button", { name: "Show everything" }).click();
    await counts("13 things");
  });

  it("a file comes in when nothing is wrong with it, and is told row by row while something is", async () => {
    const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    await staff.getByRole("button", { name: "Import a file" }).click();
    const choose = dialog().locator("input[type=file]");
    await choose.setInputFiles(file("wrong.csv", "name,kind,loan\nLadder,tool,7 d\n,hammer,soon\n"));
    await dialog()
      .getByText(/3 mistakes/)
      .waitFor();
    await pictures(staff, "63-import-report", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    const rows = Array.from({ length: 60 }, (_, number) => `Ladder ${number};Loft`).join("\r\n");
    await choose.setInputFiles(file("good.csv", `name;place\r\n${rows}`));
    await dialog().getByRole("button", { name: "Import 60 things" }).click();
    await dialog().getByText("60 things imported.").waitFor();
    await dialog().getByRole("button", { name: "Close" }).click();
    await counts("73 things");
  });

  it("the list is turned page by page, and saved as a file", async () => {
    await staff.getByLabel("Place", { exact: true }).selectOption("Loft");
    await counts("60 things");
    await staff.getByRole("button", { name: "Next page" }).click();
    await row("Ladder 9").waitFor();
    await staff.getByRole("button", { name: "Previous page" }).click();
    await row("Ladder 0").waitFor();
    const [saved] = await Promise.all([
      staff.waitForEvent("download"),
      staff.getByRole("button", { name: "Save as CSV" }).click(),
    ]);
    expect(saved.suggestedFilename()).toMatch(/^things-\d{4}-\d\d-\d\d\.csv$/);
  });

  it("labels are drawn, printed, bound to things, and those that lead nowhere are noticed", async () => {
    await staff.getByRole("link", { name: "Labels" }).click();
    await staff.getByText("No labels yet").waitFor();
    await staff.getByRole("button", { name: "Make labels" }).click();
    await dialog().getByLabel("How many").fill("22");
    await dialog().getByRole("button", { name: "Make them" }).click();
    await isClosed();
    await staff.getByRole("button", { name: "Story of B1-022" }).waitFor();
    const [pdf] = await Promise.all([
      staff.waitForEvent("download"),
      staff.getByRole("button", { name: "Save as PDF" }).click(),
    ]);
    expect(pdf.suggestedFilename()).toBe("labels-batch-1-L7160.pdf");
    await pdf.saveAs(SHEET);

    await staff.getByRole("button", { name: "Bind B1-022" }).click();
    await dialog().getByLabel("Find the thing").fill("vice");
    await dialog().getByRole("radio", { name: "Bench vice" }).check();
    await pictures(staff, "65-bind-label", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    await dialog().getByRole("button", { name: "Save" }).click();
    await isClosed();
    await staff.getByRole("row").filter({ hasText: "B1-022" }).getByText("Bench vice").waitFor();
    await staff.getByRole("button", { name: "Retire B1-021" }).click();
    await dialog().getByRole("button", { name: "Retire" }).click();
    await isClosed();

    const key = (await staff.evaluate(async () => {
      const input = encodeURIComponent(JSON.stringify({ state: "ended" }));
      const answer = await fetch(`/trpc/label.list?input=${input}`);
      return (await answer.json()).result.data.labels[0].key;
    })) as string;
    await staff.evaluate(async (text) => {
      const headers = { "content-type": "application/json", "x-tessera": "1" };
      await fetch("/trpc/label.resolve", { method: "POST", headers, body: JSON.stringify({ text }) });
    }, key);
    await staff.getByText("Somebody scanned a label that leads nowhere.").waitFor(); // told by news, without a reload
    await pictures(staff, "64-labels", ["phone", "desktop"]);
    expect(await breachesOn(staff)).toEqual([]);
    await staff.getByRole("button", { name: "Show them" }).click();
    await staff.getByRole("button", { name: "Story of B1-021" }).click();
    await dialog().getByText("Scanned while it led nowhere").waitFor();
    await pictures(staff, "66-label-story", ["phone", "desktop"]);
    await dialog().getByRole("button", { name: "Close" }).click();
  });

  it("nothing sticks out, and nothing complained", async () => {
    await staff.setViewportSize(sizes.phone);
    expect(await isTooWide(staff)).toBe(false);
    expect(complaints).toEqual([]);
  });
});
