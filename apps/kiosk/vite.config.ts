import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv, type ProxyOptions } from "vite";
import { VitePWA } from "vite-plugin-pwa";

export default defineConfig(({ mode }) => {
  const { TESSERA_DEV_API } = loadEnv(mode, ".", "TESSERA_DEV_");

  return {
    base: "/kiosk/",
    plugins: [react(), tailwind(), installable()],
    // Nothing inlined: the server lets no page load fonts or pictures from its own text.
    build: { outDir: "dist", assetsInlineLimit: 0 },
    worker: { format: "es" },
    server: { proxy: TESSERA_DEV_API ? { "/trpc": passOn(TESSERA_DEV_API), "/api": passOn(TESSERA_DEV_API) } : {} },
  };
});

/**
 * The desk as an app that starts without a network. The whole shell is held; calls are never answered from a cache, since
 * nothing but these files is. The page registers the worker and says when an update may be taken (`use-update.ts`).
 */
const installable = () =>
  VitePWA({
    registerType: "prompt",
    injectRegister: false,
    manifest: {
      id: "/kiosk/",
      name: "Tessera desk",
      short_name: "Desk",
      description: "The front desk: reads codes, hands things out and takes them back.",
      display: "standalone",
      background_color: "#1a1613",
      theme_color: "#1a1613",
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
      clientsClaim: true, // the very first page is offline-proof too, without a reload
      inlineWorkboxRuntime: true,
      sourcemap: false,
    },
  });

/** The visitor's own host goes through: origins are checked against it. */
const passOn = (target: string): ProxyOptions => ({ target, changeOrigin: false, ws: true });
