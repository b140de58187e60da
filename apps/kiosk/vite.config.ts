import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv, type ProxyOptions } from "vite";

export default defineConfig(({ mode }) => {
  const { TESSERA_DEV_API } = loadEnv(mode, ".", "TESSERA_DEV_");

  return {
    base: "/kiosk/",
    plugins: [react(), tailwind()],
    // Nothing inlined: the server lets no page load fonts or pictures from its own text.
    build: { outDir: "dist", assetsInlineLimit: 0 },
    worker: { format: "es" },
    server: { proxy: TESSERA_DEV_API ? { "/trpc": passOn(TESSERA_DEV_API), "/api": passOn(TESSERA_DEV_API) } : {} },
  };
});

/** The visitor's own host goes through: origins are checked against it. */
const passOn = (target: string): ProxyOptions => ({ target, changeOrigin: false, ws: true });
