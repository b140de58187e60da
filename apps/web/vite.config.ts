import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv, type ProxyOptions } from "vite";

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
    plugins: [react(), tailwind()],
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

/** The visitor's own host goes through: cookies and origins are checked against it. */
const passOn = (target: string): ProxyOptions => ({ target, changeOrigin: false, ws: true });
