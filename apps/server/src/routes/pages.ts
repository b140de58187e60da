import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GuestGate } from "@tessera/domain/guests/places";
import { readLabelKey } from "@tessera/domain/qr/label-key";
import express, { type Express, type RequestHandler } from "express";

const built = (app: "web" | "kiosk") => fileURLToPath(new URL(`../../${app}/dist`, import.meta.url));

/** Names of built files carry a hash of what is in them, so they may be kept for ever; a page never. */
const forEver = { immutable: true, maxAge: "1y", index: false } as const;

const POLICY = "content-security-policy";

/** The kiosk's scanner may run WebAssembly, from our own files alone; no other page needs it. */
const mayRunWasm: RequestHandler = (_request, response, next) => {
  const policy = String(response.getHeader(POLICY) ?? "");
  response.setHeader(POLICY, policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"));
  next();
};

/**
 * Serves the two apps: the kiosk under /kiosk/, the web app for every other page. A label of a place leads to the guests' page,
 * and so does a key that was misread, which the page says; any other key to the web app, where members take the thing it is on.
 */
export function mountPages(
  app: Express,
  guests: Pick<GuestGate, "label">,
  folders = { web: built("web"), kiosk: built("kiosk") },
): void {
  app.use("/kiosk", mayRunWasm);
  mountApp(app, "/kiosk", folders.kiosk);
  const isForGuests: RequestHandler = async (request, _response, next) => {
    const key = readLabelKey(String(request.params.key));
    // While the database is away the guests' page is shown: it says so, and tries again.
    const isPlace = !key || (await guests.label(key).catch(() => true));
    next(isPlace ? undefined : "route");
  };
  mountPage(app, "/l/:key", join(folders.web, "guest.html"), isForGuests);
  mountApp(app, "", folders.web);
}

function mountApp(app: Express, base: string, folder: string): void {
  const page = join(folder, "index.html");
  if (!existsSync(page)) return;
  app.use(`${base}/assets`, express.static(join(folder, "assets"), { ...forEver, fallthrough: false }));
  app.use(base || "/", express.static(folder, { index: false, maxAge: 0 }));
  mountPage(app, base ? [base, `${base}/{*any}`] : "/{*any}", page);
}

function mountPage(app: Express, paths: string | string[], page: string, ...first: RequestHandler[]): void {
  if (!existsSync(page)) return;
  app.get(paths, ...first, (request, response, next) => {
    if (!request.accepts("html")) return next();
    response.set("cache-control", "no-cache").sendFile(page);
  });
}
