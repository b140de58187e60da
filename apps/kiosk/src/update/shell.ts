import { type AppShell, keepShell } from "@tessera/ui/app-shell";

let shell: AppShell | null = null;
let isWaiting = false;
const watchers = new Set<() => void>();

/** Holds the files of the kiosk in this browser, so that it starts without a network. To be called once. */
export function startShell(): void {
  shell = keepShell(import.meta.env.BASE_URL, () => {
    isWaiting = true;
    for (const tell of watchers) tell();
  });
}

/** A newer version of the kiosk, as this page knows of it. */
export const newerVersion = {
  isWaiting: (): boolean => isWaiting,
  watch(tell: () => void): () => void {
    watchers.add(tell);
    return () => watchers.delete(tell);
  },
  look: (): void => shell?.look(),
  take: (): void => shell?.take(),
};
