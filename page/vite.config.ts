import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The page is built into the package, from where the server hands it out and the wheel takes it along.
export default defineConfig({
  plugins: [svelte()],
  build: { outDir: "../src/allohistory/studio/built", emptyOutDir: true, target: "es2022" },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:8765" } },
});
