import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Where a room's files lie, and which rooms and libraries may not be named there (design: architecture). */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  "src/domain/a.ts": [
    ...["channels", "casework", "observe", "http", "demo", "commands"].map((work) => `../${work}/x.ts`),
    ...["../main.ts", "../config.ts", "../in-time.ts", "../../db/x.ts", "../../db/schema/x.ts", "../../workers/x.ts"],
    ...["node:fs", "node:fs/promises", "node:crypto", "bullmq", "drizzle-orm", "drizzle-orm/pg-core", "hono"],
  ],
  "src/channels/some-platform/a.ts": [
    ...["casework", "observe", "http", "demo", "commands"].map((work) => `../../${work}/x.ts`),
    ...["../../main.ts", "../../config.ts", "../../../db/x.ts", "../../../db/schema/x.ts", "../../../workers/x.ts"],
    "bullmq",
  ],
  "src/casework/a.ts": [
    ...["observe", "http", "demo", "commands"].map((work) => `../${work}/x.ts`),
    ...["../main.ts", "../config.ts", "../../workers/x.ts", "bullmq"],
  ],
  "src/casework/import/a.ts": ["../../http/api/x.ts", "../../../workers/queues.ts"],
  "src/observe/a.ts": [
    ...["http", "demo", "commands"].map((work) => `../${work}/x.ts`),
    ...["../main.ts", "../config.ts", "../../workers/x.ts", "bullmq"],
  ],
  "src/http/a.ts": ["../demo/x.ts", "../demo/platforms/wechat/x.ts", "../commands/x.ts", "../main.ts", "bullmq"],
  "src/demo/platforms/a.ts": [
    ...["domain", "channels", "casework", "http", "commands"].map((work) => `../../${work}/x.ts`),
    ...["../../../db/x.ts", "../../../workers/x.ts"],
  ],
  "db/a.ts": [
    ...["channels", "casework", "observe", "http", "demo", "commands"].map((work) => `../src/${work}/x.ts`),
    ...["../src/main.ts", "../src/config.ts", "../workers/x.ts", "bullmq"],
  ],
  "db/schema/a.ts": ["../../src/casework/x.ts"],
  "workers/a.ts": [...["channels", "http", "demo", "commands"].map((work) => `../src/${work}/x.ts`), "../src/main.ts"],
};

/** What each room may name: a rule that forbids everything would pass the other table. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "src/domain/b.ts": ["./x.ts", "zod"],
  "src/channels/some-platform/b.ts": ["./x.ts", "../channel.ts", "../../domain/x.ts", "node:crypto"],
  "src/casework/b.ts": ["./import/x.ts", "../domain/x.ts", "../channels/x.ts", "../../db/schema/x.ts"],
  "src/observe/b.ts": ["../casework/x.ts", "../channels/x.ts", "../../db/x.ts", "prom-client"],
  "src/http/b.ts": ["../casework/x.ts", "../channels/x.ts", "../domain/x.ts", "../../workers/queues.ts"],
  "src/demo/b.ts": ["../casework/x.ts", "../channels/x.ts", "./platforms/x.ts"],
  "src/demo/platforms/b.ts": ["./wechat/x.ts", "zod"],
  "db/b.ts": ["../src/domain/x.ts", "postgres"],
  "workers/b.ts": ["../src/casework/x.ts", "../db/x.ts"],
  "workers/queues.ts": ["bullmq", "ioredis"],
};

/** The ways to name another file; each must be seen. */
const WAYS: Readonly<Record<string, string>> = {
  "src/domain/way-import.ts": `import { a } from "../casework/x.ts";\nexport const b = a;`,
  "src/domain/way-type.ts": `import type { A } from "../casework/x.ts";\nexport type B = A;`,
  "src/domain/way-export.ts": `export { a } from "../casework/x.ts";`,
  "src/domain/way-dynamic.ts": `export const a = () => import("../casework/x.ts");`,
  "src/domain/way-effect.ts": `import "../casework/x.ts";`,
};

const CYCLES: Readonly<Record<string, string>> = {
  "src/casework/round-1.ts": `import { two } from "./round-2.ts";\nexport const one = () => two();`,
  "src/casework/round-2.ts": `import { three } from "./round-3.ts";\nexport const two = () => three();`,
  "src/casework/round-3.ts": `import { one } from "./round-1.ts";\nexport const three = () => one();`,
};

type Finding = { readonly rule: string; readonly file: string; readonly line: number };

let folder: string;
let findings: readonly Finding[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "liaison-house-"));
  copyFileSync("biome.json", join(folder, "biome.json"));
  const named = ([file, names]: [string, readonly string[]]) =>
    plant(file, names.map((name) => `import "${name}";`).join("\n"));
  for (const work of [...Object.entries(FORBIDDEN), ...Object.entries(ALLOWED)]) named(work);
  for (const [file, text] of [...Object.entries(WAYS), ...Object.entries(CYCLES)]) plant(file, text);
  findings = lint();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

/** What Biome, with the project's own rules, has against the planted files. */
function lint(): Finding[] {
  const only = ["style/noRestrictedImports", "suspicious/noImportCycles"].map((rule) => `--only=${rule}`);
  const flags = ["--vcs-enabled=false", "--reporter=github", "--max-diagnostics=none", ...only];
  const run = spawnSync(join(process.cwd(), "node_modules/.bin/biome"), ["lint", ...flags], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(run.status).toBe(1);
  return [...run.stdout.matchAll(/^::error title=lint\/(\S+?),file=(\S+?),line=(\d+)/gm)].map((match) => ({
    rule: match[1]!,
    file: match[2]!.slice(match[2]!.indexOf(folder) + folder.length + 1),
    line: Number(match[3]),
  }));
}

const refused = (file: string) =>
  findings.filter((one) => one.file === file && one.rule === "style/noRestrictedImports").map((one) => one.line);

describe("the house", () => {
  it.each(Object.entries(FORBIDDEN))("refuses in %s each of %j", (file, names) => {
    expect(names.filter((_name, index) => !refused(file).includes(index + 1))).toEqual([]);
  });

  it.each(Object.entries(ALLOWED))("allows in %s each of %j", (file, names) => {
    expect(names.filter((_name, index) => refused(file).includes(index + 1))).toEqual([]);
  });

  it.each(Object.keys(WAYS))("sees through %s", (file) => {
    expect(refused(file)).toEqual([1]);
  });

  it("refuses files that import each other in a circle", () => {
    const inCircle = findings.filter((one) => one.rule === "suspicious/noImportCycles").map((one) => one.file);
    expect([...new Set(inCircle)].sort()).toEqual(Object.keys(CYCLES));
  });
});
