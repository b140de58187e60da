import { defineConfig } from "vitest/config";

const SLOW = { testTimeout: 120_000, hookTimeout: 120_000 };
/** One file at a time: these suites measure time or own the machine's ports and cores. */
const ALONE = { fileParallelism: false, maxWorkers: 1 };

/** `npm test` provides the services and the built apps; `npx vitest --project unit` needs neither. */
export default defineConfig({
  test: {
    passWithNoTests: false,
    coverage: {
      provider: "v8", // only with --coverage
      include: ["packages/*/src/**", "apps/*/src/**"],
      exclude: ["**/*.test.*", "**/*.suite.*", "**/generated/**"],
      reportsDirectory: "coverage",
      reporter: ["text-summary", "html"],
    },
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "packages/**/src/**/*.test.{ts,tsx}",
            "apps/*/src/**/*.test.{ts,tsx}",
            "tooling/!(race|browser)/**/*.test.{ts,mjs}",
          ],
          hookTimeout: 60_000,
          testTimeout: 15_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "server",
          include: ["apps/server/test/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: { name: "race", include: ["tooling/race/**/*.test.ts"], ...SLOW, ...ALONE, sequence: { groupOrder: 2 } },
      },
      {
        test: {
          name: "browser",
          include: ["tooling/browser/**/*.test.ts"],
          ...SLOW,
          ...ALONE,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
