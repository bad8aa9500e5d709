import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/setup/postgres.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // More than the cores of a small machine: most of a test here is waiting, for processes, links and leases.
    maxWorkers: 3,
  },
});
