import { Workbox } from "workbox-window";

/** A day is too long for a kiosk that is never closed. */
const LOOK_MS = 30 * 60_000;

/** The installed files of an app: what it starts from without a network. */
export interface AppShell {
  /** Asks whether there is a newer version. Nothing happens when nobody can be asked. */
  look(): void;
  /** Starts the version that waits: this page is loaded anew. */
  take(): void;
  close(): void;
}

/**
 * Keeps the files of an app in this browser. A newer version is fetched by itself, and then waits: the page says when it is
 * taken, so nobody loses what is on the screen.
 *
 * @param folder Of the app, with its slash: `/kiosk/`.
 * @param onWaiting A newer version is here and waits.
 * @returns What to do with it; where the browser has no service workers (plain http), nothing ever waits.
 */
export function keepShell(folder: string, onWaiting: () => void): AppShell {
  if (!("serviceWorker" in navigator)) return { look() {}, take() {}, close() {} };

  const shell = new Workbox(`${folder}sw.js`, { scope: folder });
  shell.addEventListener("waiting", onWaiting);
  const registered = shell.register().catch(() => undefined); // without it the app needs a network to start, that is all
  const look = () => void registered.then(() => shell.update()).catch(() => {});
  const timer = setInterval(look, LOOK_MS);

  return {
    look,
    take() {
      shell.addEventListener("controlling", () => location.reload());
      shell.messageSkipWaiting();
    },
    close: () => clearInterval(timer),
  };
}

/**
 * @returns What people can tell one build of the app in this page from another by: from the name of its first file, which
 *   changes with anything in it. "dev" for one that was not built.
 */
export function appVersion(): string {
  const entry = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? "";
  return /-([\w-]{8})\.js$/.exec(entry)?.[1] ?? "dev";
}
