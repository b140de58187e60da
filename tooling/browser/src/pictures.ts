import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/** Ignored by git: to be looked at. */
export const FOLDER = fileURLToPath(new URL("../../../screenshots/", import.meta.url));

export const sizes = {
  phone: { width: 360, height: 780 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
  wall: { width: 1080, height: 1920 },
} as const;

export type Size = keyof typeof sizes;

/** Takes a picture of what is on the page now. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}

/** Takes it at each size, in light and dark, and comes back to where it was. */
export async function pictures(page: Page, name: string, at: readonly Size[]): Promise<void> {
  const before = page.viewportSize();
  for (const size of at) {
    await page.setViewportSize(sizes[size]);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await picture(page, `${name}-${size}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (before) await page.setViewportSize(before);
}
