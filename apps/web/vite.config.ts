import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv, type ProxyOptions } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const apiPaths = [
  "/trpc",
  "/api",
  "/s/",
  "/img",
  "/livez",
  "/readyz",
  "/metrics",
  "/openapi.json",
  "/docs",
  "/admin/feature-flags",
  "/ofrep",
];

export default defineConfig(({ mode }) => {
  const { TESSERA_DEV_API, TESSERA_DEV_KIOSK } = loadEnv(mode, ".", "TESSERA_DEV_");

  return {
    base: "/",
    plugins: [react(), tailwind(), installable()],
    build: {
      outDir: "dist",
      assetsInlineLimit: 0, // a font inside the style sheet would be refused by the content security policy
      // Schemas nobody here asks for stay out: a fifth of what a phone would load before the first words.
      rolldownOptions: {
        // A guest's page is a door of its own: it loads nothing of what members and staff need.
        input: { main: "index.html", guest: "guest.html" },
        treeshake: { moduleSideEffects: [{ test: /packages\/contracts\//, sideEffects: false }] },
      },
    },
    server: {
      proxy: {
        ...(TESSERA_DEV_API ? Object.fromEntries(apiPaths.map((path) => [path, passOn(TESSERA_DEV_API)])) : {}),
        ...(TESSERA_DEV_API ? { "/l/": { ...passOn(TESSERA_DEV_API), bypass: () => "/guest.html" } } : {}),
        ...(TESSERA_DEV_KIOSK ? { "/kiosk": passOn(TESSERA_DEV_KIOSK) } : {}),
      },
    },
  };
});

/** What is no page of this app, or not always: below these the network alone answers. */
const elsewhere = new RegExp(`^/(kiosk|l|${apiPaths.map((path) => path.replace(/^\/|\/$/g, "")).join("|")})(/|$|\\?)`);

/**
 * The members' app on a phone's screen, and without a network. Its files are held and nothing else: calls are never answered
 * from a cache. The page registers the worker and says when an update may be taken (`app/use-update.ts`).
 */
const installable = () =>
  VitePWA({
    registerType: "prompt",
    injectRegister: false,
    manifest: {
      id: "/",
      name: "Tessera",
      short_name: "Tessera",
      description: "Borrow things, bring them back, by showing a code.",
      display: "standalone",
      background_color: "#f6f2eb",
      theme_color: "#f6f2eb",
      icons: [
        { src: "icons/icon-192.png", sizes: "192x192", type: "image/png" },
        { src: "icons/icon-512.png", sizes: "512x512", type: "image/png" },
        { src: "icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
      ],
    },
    workbox: {
      globPatterns: ["**/*.{js,css,html,svg,png,woff2}"],
      dontCacheBustURLsMatching: /\/assets\//,
      navigateFallback: "index.html",
      navigateFallbackDenylist: [elsewhere],
      clientsClaim: true,
      inlineWorkboxRuntime: true,
      sourcemap: false,
    },
  });

/** The visitor's own host goes through: cookies and origins are checked against it. */
const passOn = (target: string): ProxyOptions => ({ target, changeOrigin: false, ws: true });
