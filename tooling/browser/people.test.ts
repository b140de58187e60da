import { letterTo } from "@tessera/vitest/letters";
import { chromium, describeWith } from "@tessera/vitest/services";
import { totpOf } from "@tessera/vitest/totp";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { breachesOn, isTooWide } from "./src/accessibility.ts";
import { complaintsOf, openBrowser } from "./src/browser.ts";
import { pictures, type Size, sizes } from "./src/pictures.ts";
import { type Product, startProduct } from "./src/server.ts";

const EMAIL = "nora@example.org";
const FIRST_PASSWORD = "first long password";
const PASSWORD = "second long password";
const BOTH: readonly Size[] = ["phone", "desktop"];

/** One story, told in order: each step goes on from the one before. */
describeWith(chromium, "somebody is invited, joins, loses their password, makes their account safe, and leaves", () => {
  let product: Product;
  let browser: Browser;
  let admin: Page;
  let nora: Page;
  let complaints: string[];
  let uri: string;

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ LOG_LEVEL: "fatal" }), openBrowser()]);
    admin = await newPage();
    nora = await newPage();
    complaints = complaintsOf(nora);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  async function newPage(): Promise<Page> {
    const context = await browser.newContext({ viewport: sizes.desktop, locale: "en-GB", reducedMotion: "reduce" });
    return context.newPage();
  }

  async function signIn(page: Page, email: string, password: string): Promise<void> {
    await page.getByLabel("E-mail", { exact: true }).fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }
  const signOut = async () => {
    await nora.goto(`${product.url}/me`);
    await nora.getByRole("button", { name: "Sign out", exact: true }).click();
    await nora.getByRole("heading", { name: "Sign in" }).waitFor();
  };
  const openLetter = async (page: Page, count: number) => {
    const letter = await letterTo(product.folder, EMAIL, count);
    await page.goto("about:blank"); // a link that differs only behind the # would load nothing
    await page.goto(`${product.url}/${letter.page}#${letter.token}`);
  };
  const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

  /** Looked at by people and by axe, at a phone's width too. */
  async function look(page: Page, name: string): Promise<void> {
    await pictures(page, `people-${name}`, BOTH);
    expect(await breachesOn(page)).toEqual([]);
    await page.setViewportSize(sizes.phone);
    expect(await isTooWide(page)).toBe(false);
    await page.setViewportSize(sizes.desktop);
  }

  it("is invited by an administrator", async () => {
    await admin.goto(`${product.url}/console/people`);
    await signIn(admin, "admin@library.example", "tessera-demo");
    await admin.getByRole("heading", { name: "People", exact: true }).waitFor();
    await admin.getByLabel("E-mail", { exact: true }).fill(EMAIL);
    await admin.getByRole("button", { name: "Send the invitation" }).click();
    await admin.getByText(`A letter is on its way to ${EMAIL}`).waitFor();
    await admin.getByText("invited by Library admin").waitFor();
    await look(admin, "1-console");
  });

  it("cannot take the last administrator away", async () => {
    await admin.getByRole("button", { name: "Remove Library admin" }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByRole("button", { name: "Remove now" }).click();
    await dialog.getByText("This is the last administrator.").waitFor();
    await pictures(admin, "people-2-last-admin", ["desktop"]);
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  it("joins by the letter's link, which leaves the address at once", async () => {
    await openLetter(nora, 1);
    await nora.getByRole("heading", { name: "Join Tool library" }).waitFor();
    expect(nora.url()).toBe(`${product.url}/join`);
    await look(nora, "3-join");
    await nora.getByLabel("Your name").fill("Nora");
    await nora.getByLabel("Choose a password").fill("short");
    await nora.getByRole("button", { name: "Join", exact: true }).click();
    await nora.getByText("This is too short.").waitFor();
    await nora.getByLabel("Choose a password").fill(FIRST_PASSWORD);
    await nora.getByRole("button", { name: "Join", exact: true }).click();
    await nora.getByRole("heading", { name: /Nora/ }).waitFor();
  });

  it("finds the link used up", async () => {
    await openLetter(nora, 1);
    await nora.getByText("This invitation was used, taken back, or is too old.").waitFor();
    await pictures(nora, "people-4-used-up", ["phone"]);
  });

  it("forgets the password and chooses another", async () => {
    await signOut();
    await look(nora, "5-sign-in");
    await nora.getByRole("link", { name: "Forgotten your password?" }).click();
    await nora.getByLabel("E-mail", { exact: true }).fill(EMAIL);
    await look(nora, "6-forgotten");
    await nora.getByRole("button", { name: "Send the letter" }).click();
    await nora.getByText("a letter is on its way").waitFor();
    await openLetter(nora, 2);
    await nora.getByLabel("New password").fill(PASSWORD);
    await look(nora, "7-reset");
    await nora.getByRole("button", { name: "Save the password" }).click();
    await nora.getByRole("link", { name: "Sign in with it" }).click();
    await signIn(nora, EMAIL, PASSWORD);
    await nora.getByRole("heading", { name: /Nora/ }).waitFor();
  });

  it("turns a second factor on", async () => {
    await nora.goto(`${product.url}/account`);
    await nora.getByRole("heading", { name: "Account", exact: true }).waitFor();
    await look(nora, "8-account");
    const part = section(nora, "Second factor");
    await part.getByLabel("Your password").fill(PASSWORD);
    await part.getByRole("button", { name: "Set it up" }).click();
    const secret = await part.getByText(/^([A-Z2-7]{1,4} )+[A-Z2-7]{1,4}$/).innerText();
    uri = `otpauth://totp/Tessera?secret=${secret.replaceAll(" ", "")}`;
    await part.scrollIntoViewIfNeeded();
    await look(nora, "9-second-factor");
    await part.getByLabel("The code that the app shows now").fill(totpOf(uri, new Date()));
    await part.getByRole("button", { name: "Turn it on" }).click();
    await nora.getByText("On. After your password").waitFor();
  });

  it("signs in with the code of the app", async () => {
    await signOut();
    await signIn(nora, EMAIL, PASSWORD);
    await nora.getByRole("heading", { name: "One more step" }).waitFor();
    await look(nora, "10-code");
    await nora.getByLabel("Code of your app").fill("000000");
    await nora.getByRole("button", { name: "Go on" }).click();
    await nora.getByText("This code is not right.").waitFor();
    await nora.getByLabel("Code of your app").fill(totpOf(uri, new Date()));
    await nora.getByRole("button", { name: "Go on" }).click();
    await nora.getByRole("heading", { name: /Nora/ }).waitFor();
  });

  it("adds a passkey and comes in with it", async () => {
    const cdp = await nora.context().newCDPSession(nora);
    await cdp.send("WebAuthn.enable");
    const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true } as const;
    const verified = { hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
    await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { ...options, ...verified } });

    await nora.goto(`${product.url}/account`);
    const part = section(nora, "Passkeys");
    await part.getByLabel("Name of the new passkey").fill("My phone");
    await part.getByRole("button", { name: "Add a passkey" }).click();
    await part.getByRole("button", { name: "Remove My phone" }).waitFor();
    await signOut();
    await nora.getByRole("button", { name: "Sign in with a passkey" }).click();
    await nora.getByRole("heading", { name: /Nora/ }).waitFor();
  });

  it("sees where they are signed in, and ends one of these", async () => {
    const other = await newPage();
    await other.goto(product.url);
    await signIn(other, EMAIL, PASSWORD);
    await other.getByLabel("Code of your app").fill(totpOf(uri, new Date()));
    await other.getByRole("button", { name: "Go on" }).click();
    await other.getByRole("heading", { name: /Nora/ }).waitFor();

    await nora.goto(`${product.url}/account`);
    const part = section(nora, "Where you are signed in");
    await part.getByText("This device").waitFor();
    await part.scrollIntoViewIfNeeded();
    await look(nora, "11-sessions");
    await part.getByRole("button", { name: /^Sign out Chrome/ }).click();
    await part.getByRole("button", { name: /^Sign out Chrome/ }).waitFor({ state: "detached" });
    await other.reload();
    await other.getByRole("heading", { name: "Sign in" }).waitFor();
    await other.context().close();
  });

  it("takes the data along as a file", async () => {
    const downloading = nora.waitForEvent("download");
    const pressing = section(nora, "Your data").getByRole("button", { name: "Download my data" }).click();
    const [file] = await Promise.all([downloading, pressing]);
    expect(file.suggestedFilename()).toMatch(/^my-tessera-data-\d{4}-\d\d-\d\d\.json$/);
  });

  it("erases the account, and is gone", async () => {
    await section(nora, "Erase your account").getByRole("button", { name: "Erase my account" }).click();
    const dialog = nora.getByRole("dialog");
    await dialog.getByLabel("Your password").fill("not the password");
    await dialog.getByRole("button", { name: "Erase it now" }).click();
    await dialog.getByText("This is not your password.").waitFor();
    await look(nora, "12-erase");
    await dialog.getByLabel("Your password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Erase it now" }).click();
    await nora.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn(nora, EMAIL, PASSWORD);
    await nora.getByText("E-mail and password do not match.").waitFor();
    await admin.reload();
    await admin.getByText("Library admin").first().waitFor();
    expect(await admin.getByText(EMAIL).count()).toBe(0);
  });

  it("and nothing of it made the page complain", () => {
    const expected = /status of (400|401)|status code 40[01]/; // what a wrong code or password is answered with
    expect(complaints.filter((one) => !expected.test(one))).toEqual([]);
  });
});
