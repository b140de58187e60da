import { readFileSync } from "node:fs";
import { createTessera, type Tessera } from "@tessera/sdk/node";
import { chromium, describeWith } from "@tessera/vitest/services";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { pictures, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

const PASSWORD = "tessera-demo";
const DRILL = "Cordless drill";
const TRIMMER = "Hedge trimmer";

/** One story, told in order: two members want the same drill. */
describeWith(chromium, "two members and one drill, in a real browser", () => {
  let product: Product;
  let browser: Browser;
  let first: Page;
  let second: Page;
  let staff: Page;
  let complaints: string[];
  let firstMember: Tessera;
  let secondMember: Tessera;
  let desk: Tessera;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ LOG_LEVEL: "fatal" }), openBrowser()]);
    [firstMember, secondMember] = [await programOf("member"), await programOf("second")];
    const paired = await createTessera({ url: product.url }).api.device.pair.mutate({ pairingCode: "DEMOTOOL" });
    desk = createTessera({ url: product.url, token: paired.kind === "paired" ? paired.token : "" });
    await scanned(firstMember, DRILL);
    [first, second] = [await signedIn("member"), await signedIn("second")];
    complaints = complaintsOf(second);
  });
  afterAll(async () => {
    await Promise.all([firstMember, secondMember, desk].map((client) => client?.close()));
    await browser?.close();
    await product?.stop();
  });

  const emailOf = (name: string) => `${name}@library.example`;

  /** The same person, as a program: for what they do at a desk. */
  async function programOf(name: string): Promise<Tessera> {
    const answer = await fetch(`${product.url}/api/auth/sign-in/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: product.url },
      body: JSON.stringify({ email: emailOf(name), password: PASSWORD }),
    });
    const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
    return createTessera({ url: product.url, headers: () => ({ cookie: cookie.join("; ") }) });
  }
  async function idOf(name: string): Promise<string> {
    const found = (await firstMember.api.resource.list.query()).find((resource) => resource.name === name);
    return found?.id ?? "";
  }
  async function scanned(who: Tessera, name: string, purpose: "check_out" | "check_in" = "check_out"): Promise<void> {
    const code = await who.api.qr.issue.mutate({ purpose, resourceId: await idOf(name) });
    if (code.kind !== "issued") throw new Error(`no code: ${code.refusal.reason}`);
    expect(await desk.redeem(code.text)).toMatchObject({ kind: "redeemed" });
  }
  async function signedIn(name: string): Promise<Page> {
    const context = await browser.newContext({ viewport: sizes.phone, locale: "en-GB", reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(`${product.url}/loans`);
    await page.getByLabel("E-mail").fill(emailOf(name));
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "Loans", exact: true }).waitFor();
    return page;
  }
  const open = async (page: Page, name: string) => page.goto(`${product.url}/things/${await idOf(name)}`);

  /** Looked at by people and by axe. */
  async function look(page: Page, name: string): Promise<void> {
    await pictures(page, `lending-${name}`, ["phone", "desktop"]);
    expect(await breachesOn(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
  }

  it("the first renews it, and sees until when", async () => {
    await look(first, "1-loans");
    await first.getByRole("button", { name: /^Renew Cordless drill until/ }).click();
    await first.getByText(/^Renewed until/).waitFor();
  });

  it("the second waits for it, and is next", async () => {
    await open(second, DRILL);
    await second.getByText(/^Out until/).waitFor();
    await look(second, "2-out");
    await second.getByRole("button", { name: "Join the queue" }).click();
    await second.getByText("You are next.").waitFor();
    await look(second, "3-waiting");
  });

  it("the first cannot renew it any more, and is told why", async () => {
    await first.goto(`${product.url}/loans`);
    await first.getByText("Somebody waits for this.").waitFor();
    expect(await first.getByRole("button", { name: /^Renew/ }).count()).toBe(0);
    await look(first, "4-no-renewal");
  });

  it("it is kept for the second when it is back, and the page says so by itself", async () => {
    await open(first, DRILL);
    await scanned(firstMember, DRILL, "check_in");
    await second.getByText(/^Kept for you until/).waitFor();
    await first.getByText(/^Kept for somebody until/).waitFor();
    await look(second, "5-kept");
    await look(first, "6-kept-for-another");
  });

  it("the second takes it", async () => {
    await second.getByRole("link", { name: "Get code" }).waitFor();
    await scanned(secondMember, DRILL);
    await second.getByText("You have it.").waitFor();
  });

  it("the second reserves a trimmer, sees it among what is to come, and gives it back", async () => {
    await open(second, TRIMMER);
    await second.getByRole("button", { name: "Reserve for later" }).click();
    await look(second, "7-reserve");
    await second.getByRole("dialog").getByRole("button", { name: "Reserve", exact: true }).click();
    await second.getByRole("dialog").waitFor({ state: "detached" });
    await second.goto(`${product.url}/loans`);
    await second.getByRole("region", { name: "Reserved" }).getByText(TRIMMER).waitFor();
    await look(second, "8-to-come");
    await second.getByRole("button", { name: `Cancel the reservation of ${TRIMMER}` }).click();
    await second.getByRole("region", { name: "Reserved" }).waitFor({ state: "detached" });
  });

  it("the second hears which time is taken", async () => {
    const hour = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
    await firstMember.api.checkout.reserve.mutate({ resourceId: await idOf(TRIMMER), from: hour(1), until: hour(20) });
    await open(second, TRIMMER);
    await second.getByRole("button", { name: "Reserve for later" }).click();
    await second.getByText("Taken already").waitFor();
    await second.getByRole("dialog").getByRole("button", { name: "Reserve", exact: true }).click();
    await second.getByText(/^It is taken from .* Choose another time\.$/).waitFor();
    await look(second, "9-taken");
    await second.getByRole("button", { name: "Cancel", exact: true }).click();
  });

  it("staff find what is out, and save it as a file", async () => {
    staff = await signedIn("admin");
    await staff.setViewportSize(sizes.desktop);
    await staff.goto(`${product.url}/console/loans`);
    await staff.getByRole("rowheader", { name: DRILL }).waitFor();
    await look(staff, "10-console-loans");
    await staff.getByLabel("Find by thing or person").fill("nobody by this name");
    await staff.getByText("Nothing that is out fits to this.").waitFor();
    await staff.getByLabel("Find by thing or person").fill("second");
    await staff.getByRole("rowheader", { name: DRILL }).waitFor();
    const [file] = await Promise.all([
      staff.waitForEvent("download"),
      staff.getByRole("button", { name: "Save as CSV" }).click(),
    ]);
    expect(readFileSync(await file.path(), "utf8")).toMatch(/^\uFEFFThing,.*\r\nCordless drill,Second member,/);
  });

  it("staff sort somebody into another tier", async () => {
    await staff.goto(`${product.url}/console/people`);
    await staff.getByRole("button", { name: "Change the tier of Second member" }).click();
    await staff.getByRole("dialog").getByLabel("Tier", { exact: true }).fill("Friend");
    await look(staff, "12-tier");
    await staff.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await staff.getByText("Tier: friend").waitFor();
  });

  it("administrators try rules before they save them", async () => {
    await staff.goto(`${product.url}/console/loan-rules`);
    await staff.getByText("No rules yet").waitFor();
    await staff.getByText(/^A member of tier “standard” borrowing .* gets 1 day\.$/).waitFor();
    await staff.getByRole("button", { name: "Add a rule" }).click();
    const rule = staff.getByRole("group", { name: "Rule 1" });
    await rule.getByLabel("Kind").selectOption("tool");
    await rule.getByLabel("For how long").fill("2");
    await rule.getByLabel("Things at once").fill("3");
    await staff.getByLabel("Borrowing").selectOption({ label: DRILL });
    await staff.getByText(/borrowing Cordless drill gets 2 days\.$/).waitFor();
    await staff.getByRole("button", { name: "Add hours" }).click();
    await look(staff, "11-console-rules");
    await staff.getByRole("button", { name: "Save as the next version" }).click();
    await staff.getByText(/^Version 1, saved/).waitFor();
    expect(await secondMember.api.checkout.line.query({ resourceId: await idOf(DRILL) })).toMatchObject({
      loanMinutes: 2_880,
    });
  });

  it("no page complained", () => {
    expect(complaints).toEqual([]);
  });
});
