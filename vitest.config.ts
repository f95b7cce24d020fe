import { defineConfig } from "vitest/config";

const limits = {
  // A slow machine is no failure; what hangs is ended all the same.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    // Tests start whole shops: two at a time would be about who gets a processor, not about what they say.
    maxWorkers: 1,
    projects: [
      {
        test: {
          ...limits,
          name: "toolkit",
          include: ["packages/{speckit,mcp}/test/**/*.test.ts", "scripts/test/**/*.test.ts"],
          setupFiles: ["scripts/test/fixed-seed.ts"],
        },
      },
      {
        // Packages of this repository are tested as they stand in `src`, not as they were last built. "import" must not stand
        // here: Node would obey it in require() too, and packages that offer both forms would break.
        resolve: { conditions: ["source", "node"] },
        ssr: { resolve: { conditions: ["source", "node"] } },
        test: {
          ...limits,
          name: "platform",
          include: [
            "packages/service-kit/test/**/*.test.ts",
            "examples/ecommerce-platform/**/test/**/*.test.ts",
          ],
          exclude: ["**/node_modules/**"],
          setupFiles: ["scripts/test/fixed-seed.ts"],
          globalSetup: ["packages/service-kit/src/testing/postgres.ts"],
        },
      },
    ],
  },
});
