import { execFile } from "node:child_process";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
/** Says the address of every module that a process loads. */
const TELLING = `import { registerHooks } from "node:module";
registerHooks({ load: (url, context, next) => { process.stderr.write(url + "\\n"); return next(url, context); } });`;

/** What a command loads: our own files, as they are called below the root, and the names of packages. */
async function loadedBy(...args: readonly string[]): Promise<{ ours: string[]; packages: string[] }> {
  const flags = ["--import", `data:text/javascript,${encodeURIComponent(TELLING)}`];
  const { stderr } = await promisify(execFile)(process.execPath, [...flags, join(ROOT, "src/main.js"), ...args]);
  const paths = stderr.split("\n").flatMap((url) => url.split(`file://${ROOT}/`)[1] ?? []);
  const packages = paths.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return { ours: paths.filter((path) => !path.startsWith("node_modules/")), packages: [...new Set(packages)] };
}

describe("a command loads what it needs", () => {
  test("the program's help needs nothing but the program", async () => {
    const { ours, packages } = await loadedBy("--help");
    expect(packages).toEqual(["commander"]);
    expect(ours).toEqual([
      "src/main.js",
      "src/compile-cache.js",
      "src/main.ts",
      "src/loading.ts",
      "src/commands/program.ts",
      "src/process/output.ts",
      "src/commands/context.ts",
    ]);
  });

  test("the help of a command loads that command alone", async () => {
    const { ours } = await loadedBy("cases", "--help");
    expect(ours).toContain("src/commands/cases/cases.ts");
    expect(ours.filter((path) => path.startsWith("src/commands/")).length).toBeLessThan(5);
  });
});

test("drizzle's files are modules and name each other by their paths, as loading takes for granted", async () => {
  const manifests = await Array.fromAsync(glob("**/package.json", { cwd: join(ROOT, "node_modules/drizzle-orm") }));
  expect(manifests).toEqual(["package.json"]);
  const manifest = JSON.parse(await readFile(join(ROOT, "node_modules/drizzle-orm/package.json"), "utf8"));
  expect([manifest.type, manifest.imports]).toEqual(["module", undefined]);
});
