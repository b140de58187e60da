import { type AppShell, keepShell } from "@tessera/ui/app-shell";
import { useEffect } from "react";
import { useLocation } from "react-router";

let shell: AppShell | null = null;
let isWaiting = false;

/** Holds the files of the app in this browser, so that it opens without a network. To be called once. */
export function startShell(): void {
  shell = keepShell(import.meta.env.BASE_URL, () => {
    isWaiting = true;
  });
}

/** Takes a newer version where nobody sees it: on the way from one page to another, and never to or from a code. */
export function useUpdate(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    if (isWaiting && !pathname.startsWith("/code/")) shell?.take();
  }, [pathname]);
}
