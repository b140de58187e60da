import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import type { DeskInPage } from "./offline-page.ts";

/** Any address on this machine: nothing is asked of the network, and the page may use what only safe pages may. */
const ORIGIN = "http://localhost:9";
const ENTRY = fileURLToPath(new URL("./offline-page.ts", import.meta.url));

interface Bundler {
  build(options: object): Promise<{ output: { code?: string }[] }[]>;
}

/** @returns The kiosk's offline half as one script, made by the bundler that makes the kiosk. */
export async function offlineScript(): Promise<string> {
  const kiosk = createRequire(new URL("../../apps/kiosk/package.json", import.meta.url));
  const { build } = (await import(pathToFileURL(kiosk.resolve("vite")).href)) as Bundler;
  const lib = { entry: ENTRY, formats: ["es"], fileName: "desk" };
  const [bundle] = await build({ configFile: false, logLevel: "error", build: { write: false, minify: false, lib } });
  const script = bundle?.output[0]?.code;
  if (!script) throw new Error("nothing was built");
  return script;
}

/** Opens a window of the desk. */
export async function deskWindow(context: BrowserContext, script: string): Promise<Page> {
  const page = await context.newPage();
  await context.route(`${ORIGIN}/**`, (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({
          contentType: "text/html",
          body: '<!doctype html><script type="module" src="/desk.js"></script>',
        }),
  );
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => "desk" in globalThis);
  return page;
}

type Call = {
  [Name in keyof DeskInPage]: (
    ...given: Parameters<DeskInPage[Name]>
  ) => Promise<Awaited<ReturnType<DeskInPage[Name]>>>;
};

/** @returns The desk in a page, as if it were here. */
export function deskIn(page: Page): Call {
  return new Proxy({} as Call, {
    get: (_, name) =>
      name === "then" // else it would pass for a promise
        ? undefined
        : (...given: unknown[]) =>
            page.evaluate(
              ([method, all]) => {
                const { desk } = globalThis as unknown as { desk: Record<string, (...given: unknown[]) => unknown> };
                return desk[method as string]?.(...(all as unknown[]));
              },
              [name, given] as const,
            ),
  });
}
