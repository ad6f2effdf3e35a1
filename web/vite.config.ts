import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.MILLRACE_BACKEND ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2023",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: { input: ["index.html", "docs.html"] },
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
