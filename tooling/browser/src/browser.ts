import { chromium } from "@tessera/vitest/services";
import { type Browser, type Page, chromium as playwright } from "playwright-core";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What stands in for the camera: a film, none at all, or a person who says no. */
export type Camera = { film: string } | "none" | "denied";

/** @returns A real Chromium, with no window. */
export function openBrowser(camera: Camera = "none"): Promise<Browser> {
  if (!chromium.available) throw new Error(chromium.reason);
  return playwright.launch({ executablePath: chromium.path, args: [...QUIET, ...cameraOptions(camera)] });
}

function cameraOptions(camera: Camera): string[] {
  if (camera === "none") return [];
  if (camera === "denied") return ["--use-fake-device-for-media-stream", "--deny-permission-prompts"];
  return [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${camera.film}`,
  ];
}

/** What a page complained of: what it logged as an error, and what it threw. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}
