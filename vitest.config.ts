import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/setup/postgres.ts"],
    setupFiles: ["test/setup/file-end.ts"],
    // Only to end what would hang for ever: on a machine that is busy with other things a test may take long.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // A process runs many files, one after the other, and loads our modules once.
    isolate: false,
    pool: "forks",
    // More than the cores of a small machine: most of a test here is waiting, for processes, links and leases.
    maxWorkers: 4,
    // Node loads and strips the sources as it does for the service; Vite takes no part.
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
});
