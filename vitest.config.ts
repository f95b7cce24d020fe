import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "scripts/test/**/*.test.ts"],
    // A slow machine is no failure; what hangs is ended all the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ["scripts/test/fixed-seed.ts"],
  },
});
