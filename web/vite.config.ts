import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const backend = process.env.MILLRACE_BACKEND ?? "http://127.0.0.1:8080";

/** Lays each file of the build beside itself compressed: done once here, as small as it gets, and not for every request. */
const compressed: Plugin = {
  name: "compressed",
  apply: "build",
  closeBundle() {
    const folder = fileURLToPath(new URL("./dist/assets", import.meta.url));
    for (const name of readdirSync(folder).filter((one) => /\.(js|css|svg)$/.test(one)))
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(readFileSync(join(folder, name))));
  },
};

export default defineConfig({
  plugins: [react(), compressed],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2023",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      input: ["index.html", "docs.html"],
      output: {
        // What many screens share comes in one piece: a hundred small ones are a hundred requests, and compress worse.
        advancedChunks: { groups: [{ name: "shared", minShareCount: 14, test: /node_modules|\/src\// }] },
      },
    },
  },
  server: {
    proxy: {
      "/api": backend,
      "/oauth": backend,
      "/hub": { target: backend, ws: true },
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
    maxWorkers: 1,
  },
});
