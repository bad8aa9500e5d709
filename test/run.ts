import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";

/** Runs all tests that this machine can run and says plainly, at the end, what was left out and why. */
const { positionals } = parseArgs({ allowPositionals: true });
const vitest = await startVitest("test", positionals, { run: true, watch: false });
const modules = vitest.state.getTestModules();
const tests = modules.flatMap((module) => [...module.children.allTests()]);
const count = (state: string) => tests.filter((test) => test.result().state === state).length;
const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
const passed = count("passed");
const failed = count("failed") + brokenFiles + vitest.state.getUnhandledErrors().length;
const skipped = count("skipped");
await vitest.close();

const needs = [
  { program: "redis-server", what: "the queue on Redis" },
  { program: "chromium", what: "the phones page in a real browser" },
];
for (const { program, what } of needs) {
  if (!isOnPath(program)) console.log(`Left out: the tests of ${what}, for ${program} is not on the PATH.`);
}
if (process.getuid?.() !== 0)
  console.log("Left out: the tests of the embedded database under root, for this user is not root.");
console.log(`${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function isOnPath(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
