import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { catalogues } from "./build/catalogues.ts";
import { tokenSubset } from "./build/token-subset.ts";

const api = process.env.TALENT_API ?? "http://127.0.0.1:8000";

/** Catalogues other than the Dutch one are known by their name. */
function chunkName({ name, moduleIds }: { name: string; moduleIds: string[] }): string {
  const isOther = moduleIds.some((id) => id.includes("virtual:catalogue/")) && name !== "nl";
  return `assets/${isOther ? "catalogue-" : ""}[name]-[hash].js`;
}

export default defineConfig({
  plugins: [
    tokenSubset(),
    catalogues(),
    react(),
    VitePWA({
      registerType: "prompt",
      injectRegister: null,
      strategies: "injectManifest",
      srcDir: "src/worker",
      filename: "sw.ts",
      injectManifest: {
        globPatterns: ["**/*.{js,css,html,svg}", "assets/*-latin-wght-normal-*.woff2"],
        // The other languages and scripts are kept by the worker once somebody reads them.
        globIgnores: ["assets/catalogue-*.js"],
      },
      manifest: {
        id: "/",
        name: "Talentportfolio",
        short_name: "Portfolio",
        lang: "nl",
        description: "Jouw kaart van wat je deed, zag en maakte.",
        start_url: "/",
        display: "standalone",
        background_color: "#fbf9f4",
        theme_color: "#e0eff0",
        icons: [
          { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
    }),
  ],
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/v1": api } },
  preview: { host: "127.0.0.1", proxy: { "/v1": api } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: true,
    rolldownOptions: { output: { chunkFileNames: chunkName } },
  },
  test: { environment: "node", include: ["tests/unit/**/*.test.ts"], setupFiles: ["tests/unit/setup.ts"] },
});
