import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { configDefaults } from "vitest/config";
import { startVitest } from "vitest/node";
import { LongestFirst } from "./setup/longest-first.ts";
import { openRunFolder } from "./setup/run-folder.ts";

/** What is too large for everybody's `npm ci`, and has packages of its own: its tests run where these are installed. */
const APART = [
  { folder: "test/edge", needs: "wrangler", tests: "test/edge/**", what: "the edge in workerd" },
  { folder: "workers/wechaty", needs: "wechaty", tests: "test/wechaty/bridge.test.ts", what: "the bridge to Wechaty" },
];

/**
 * Runs all tests that this machine can run, or those whose paths hold one of the given words, and says plainly, at the end,
 * what was left out and why, which files took longest, and what the tests left behind.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { shuffle: { type: "boolean", default: false }, seed: { type: "string" } },
});
const folder = await openRunFolder({ mayBeInMemory: true });
// What Node compiled once, it need not compile again for each process, as for the service itself (src/main.js).
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "../node_modules/.cache/liaison");
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
const inOrder = { sequence: { sequencer: LongestFirst } };
const shuffled = { sequence: { shuffle: { files: true, tests: false }, seed } };
const absent = APART.filter(({ folder, needs }) => !existsSync(join(folder, "node_modules", needs, "package.json")));
// A file that is named as a whole is run whatever its name is.
const named = positionals.filter((path) => existsSync(path) && path.endsWith(".ts") && !path.endsWith(".test.ts"));
const vitest = await startVitest("test", positionals, {
  run: true,
  watch: false,
  ...(values.shuffle ? shuffled : inOrder),
  ...(named.length > 0 ? { include: named } : {}),
  exclude: [...configDefaults.exclude, ...absent.map(({ tests }) => tests)],
});
const modules = vitest.state.getTestModules();
const tests = modules.flatMap((module) => [...module.children.allTests()]);
const count = (state: string) => tests.filter((test) => test.result().state === state).length;
const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
const passed = count("passed");
const skipped = count("skipped");
const slowest = modules
  .map((module) => ({ path: module.relativeModuleId, ...module.diagnostic() }))
  .map(({ path, collectDuration, duration }) => ({ path, seconds: (collectDuration + duration) / 1000 }))
  .sort((one, other) => other.seconds - one.seconds)
  .slice(0, 10);
await vitest.close();
const left = await folder.close();
const failed = count("failed") + brokenFiles + vitest.state.getUnhandledErrors().length + left.length;

if (slowest.length > 1) console.log("The slowest files, in seconds, with what they loaded first:");
if (slowest.length > 1)
  for (const { path, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(7)}  ${path}`);
for (const what of left) console.log(`Left behind by a test, and cleaned up: ${what}`);
const needs = [
  { program: "redis-server", what: "the queue on Redis" },
  { program: "chromium", what: "the phones page in a real browser" },
];
for (const { program, what } of needs) {
  if (!isOnPath(program)) console.log(`Left out: the tests of ${what}, for ${program} is not on the PATH.`);
}
for (const { folder, needs, what } of absent)
  console.log(`Left out: the tests of ${what}, for ${needs} is not installed (npm ci --prefix ${folder}).`);
if (process.getuid?.() !== 0)
  console.log("Left out: the tests of the embedded database under root, for this user is not root.");
if (values.shuffle) console.log(`The files ran in an order of their own: npm test -- --shuffle --seed ${seed}`);
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
