import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Express, type RequestHandler } from "express";

const built = (app: "web" | "kiosk") => fileURLToPath(new URL(`../../${app}/dist`, import.meta.url));

/** Names of built files carry a hash of what is in them, so they may be kept for ever; a page never. */
const forEver = { immutable: true, maxAge: "1y", index: false } as const;

/** Serves the two apps: the kiosk under /kiosk/, the web app for every other page; a label's has a door of its own. */
const POLICY = "content-security-policy";

/** The kiosk's scanner may run WebAssembly, from our own files alone; no other page needs it. */
const mayRunWasm: RequestHandler = (_request, response, next) => {
  const policy = String(response.getHeader(POLICY) ?? "");
  response.setHeader(POLICY, policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"));
  next();
};

/** Serves the two apps: the kiosk under /kiosk/, the web app for every other page. */
export function mountPages(app: Express, folders = { web: built("web"), kiosk: built("kiosk") }): void {
  app.use("/kiosk", mayRunWasm);
  mountApp(app, "/kiosk", folders.kiosk);
  mountPage(app, "/l/{*any}", join(folders.web, "guest.html"));
  mountApp(app, "", folders.web);
}

function mountApp(app: Express, base: string, folder: string): void {
  const page = join(folder, "index.html");
  if (!existsSync(page)) return;
  app.use(`${base}/assets`, express.static(join(folder, "assets"), { ...forEver, fallthrough: false }));
  app.use(base || "/", express.static(folder, { index: false, maxAge: 0 }));
  mountPage(app, base ? [base, `${base}/{*any}`] : "/{*any}", page);
}

function mountPage(app: Express, paths: string | string[], page: string): void {
  if (!existsSync(page)) return;
  app.get(paths, (request, response, next) => {
    if (!request.accepts("html")) return next();
    response.set("cache-control", "no-cache").sendFile(page);
  });
}
