import { spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";

// What `test/run.test.ts` lets run to its end: it passes, and leaves a process and a folder.
test("leaves something", async () => {
  await mkdtemp(join(tmpdir(), "liaison-untidy-"));
  spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], { detached: true, stdio: "ignore" }).unref();
  process.stdout.write(`In the middle of ${tmpdir()}.\n`);
});
