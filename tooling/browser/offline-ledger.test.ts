import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, describeWith } from "@tessera/vitest/services";
import { type Browser, type BrowserContext, chromium as playwright } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { DeviceId, ScanId } from "../../packages/contracts/src/index.ts";
import { ledgerSuite } from "../../packages/domain/src/redemption/ledger.suite.ts";
import type { AdmittedScan } from "../../packages/domain/src/redemption/ledger.ts";
import { deskIn, deskWindow, offlineScript } from "./offline-desk.ts";
import type { ScanInPage } from "./offline-page.ts";
import { openBrowser } from "./src/browser.ts";

const DESK = "0199c000-0000-7000-8000-000000000001" as DeviceId;

const acrossTheGlass = ({ lookup, fingerprint, ...scan }: AdmittedScan): ScanInPage => ({
  ...scan,
  lookup: [...lookup],
  fingerprint: [...fingerprint],
});
const scanOf = (lookup: number[], scanId: string = crypto.randomUUID()): ScanInPage => ({
  scanId: scanId as ScanId,
  lookup,
  fingerprint: Array(32).fill(1),
  source: "camera",
  by: { deviceId: DESK, memberId: null },
});
const isYes = (outcome: object) => "kind" in outcome && outcome.kind === "redeemed";

const BUILD = 60_000;

describeWith(chromium, "the offline ledger in a real browser, on its real store", () => {
  ledgerSuite("IndexedDB of Chromium", async () => {
    const [browser, script] = await Promise.all([openBrowser(), offlineScript()]);
    const desk = deskIn(await deskWindow(await browser.newContext(), script));
    await desk.hold();
    return {
      ledger: {
        async redeem(scan) {
          const outcome = await desk.redeem(acrossTheGlass(scan));
          if ("cannot" in outcome) throw new Error(outcome.cannot);
          return outcome;
        },
        answerOf: ({ scanId, fingerprint }) => desk.answerOf({ ...scanOf([], scanId), fingerprint: [...fingerprint] }),
      },
      desk: DESK,
      addCode: async (seed) => Uint8Array.from(await desk.addCode(seed)),
      redemptionsOf: (lookup) => desk.waitingOf([...lookup]),
      close: () => browser.close(),
    };
  });
});

describeWith(chromium, "two windows of one desk, in a real browser", () => {
  let browser: Browser;
  let windows: ReturnType<typeof deskIn>[];

  beforeAll(async () => {
    const script = await offlineScript();
    browser = await openBrowser();
    const context = await browser.newContext();
    const first = await deskWindow(context, script);
    await deskIn(first).hold();
    const opened = first.waitForEvent("popup");
    await first.evaluate(() => window.open(location.href)); // as a person does: the window is of the same boot
    const second = await opened;
    await second.waitForFunction(() => "desk" in globalThis);
    windows = [first, second].map(deskIn);
  }, BUILD);
  afterAll(() => browser?.close());

  it("let one of forty scans of one code through", async () => {
    const [one, two] = windows;
    if (!one || !two) throw new Error("two windows were opened");
    const lookup = await one.addCode({ resource: "Drill" });
    const scans = Array.from({ length: 40 }, (_, index) => (index % 2 ? one : two).redeem(scanOf(lookup)));
    const outcomes = await Promise.all(scans);
    expect(outcomes.filter(isYes)).toHaveLength(1);
    expect(outcomes.filter((outcome) => "kind" in outcome && outcome.kind === "refused")).toHaveLength(39);
    expect(await two.waitingOf(lookup)).toBe(1);
  });

  it("hand in from one window; when that one stops, the other may", async () => {
    const [one, two] = windows;
    expect(await one?.lead()).toBe("leads");
    expect(await two?.lead()).toBe("elsewhere");
    await one?.stopLeading();
    await expect.poll(() => two?.lead()).toBe("leads");
    await two?.stopLeading();
  });
});

describeWith(chromium, "a desk whose browser is killed", () => {
  const profile = mkdtempSync(join(tmpdir(), "tessera-desk-"));
  let context: BrowserContext;
  afterAll(async () => {
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  const opened = async (script: string) => {
    if (!chromium.available) throw new Error(chromium.reason);
    const args = ["--no-sandbox", "--disable-gpu"];
    context = await playwright.launchPersistentContext(profile, { executablePath: chromium.path, args });
    return deskWindow(context, script);
  };

  it("still knows every answer it gave, and gives none anew: nobody can tell how long it was off", async () => {
    const script = await offlineScript();
    const page = await opened(script);
    const desk = deskIn(page);
    await desk.hold();
    const [used, unused] = [await desk.addCode({ resource: "Saw" }), await desk.addCode({ resource: "Tent" })];
    await page.reload();
    await page.waitForFunction(() => "desk" in globalThis);

    const scan = scanOf(used);
    const heard = await desk.redeem(scan); // a page that was loaded again is no restart
    expect(heard).toMatchObject({ kind: "redeemed", replayed: false });
    const killed = context.waitForEvent("close");
    const session = await context.newCDPSession(page);
    session.send("Browser.crash").catch(() => undefined);
    await killed;

    const again = deskIn(await opened(script));
    expect(await again.redeem(scan)).toEqual({ ...heard, replayed: true });
    expect(await again.waitingOf(used)).toBe(1);
    expect(await again.redeem(scanOf(unused))).toEqual({ cannot: "restarted" });
  });
});
