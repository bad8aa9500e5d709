import { spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { testDatabase } from "../database.ts";

// What `test/run.test.ts` lets run and ends in the middle: all that tests have open, and no end.
test("never ends", async () => {
  await testDatabase();
  await mkdtemp(join(tmpdir(), "liaison-unfinished-"));
  spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], { detached: true, stdio: "ignore" });
  process.stdout.write(`In the middle of ${tmpdir()}.\n`);
  await new Promise(() => undefined);
});
