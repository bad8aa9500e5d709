import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directionsOf, isDirection } from "./house/directions.ts";
import { withDrawing } from "./house/drawing.ts";
import { filesOfCode, isNamed } from "./house/files.ts";
import { LADDER } from "./house/ladder.ts";
import { plantedFromLadder } from "./house/planted.ts";

/** What may not be named in some files, written down apart from the ladder: a ladder that forgot a rung would refuse nothing there. */
const FORBIDDEN: Readonly<Record<string, readonly string[]>> = {
  "src/domain/a.ts": [
    ...["channels", "casework", "observe", "http", "process", "demo", "commands"].map((work) => `../${work}/x.ts`),
    ...[
      "../main.ts",
      "../config.ts",
      "../with-timeout.ts",
      "../../db/x.ts",
      "../../db/schema/x.ts",
      "../../workers/x.ts",
    ],
    ...["node:fs", "node:fs/promises", "node:crypto", "bullmq", "drizzle-orm", "drizzle-orm/pg-core", "hono"],
  ],
  "src/channels/some-platform/a.ts": [
    ...["casework", "observe", "http", "process", "demo", "commands"].map((work) => `../../${work}/x.ts`),
    ...["../../main.ts", "../../config.ts", "../../../db/x.ts", "../../../db/schema/x.ts", "../../../workers/x.ts"],
    ...["../another-platform/x.ts", "../wechat-official/errors.ts", "../registry.ts", "bullmq"],
  ],
  "src/casework/a.ts": [
    ...["observe", "http", "process", "demo", "commands"].map((work) => `../${work}/x.ts`),
    ...["../main.ts", "../config.ts", "../../workers/x.ts", "bullmq"],
  ],
  "src/casework/import/a.ts": ["../../http/api/x.ts", "../../../workers/queues.ts"],
  "src/observe/a.ts": [
    ...["http", "process", "demo", "commands"].map((work) => `../${work}/x.ts`),
    ...["../main.ts", "../config.ts", "../../workers/x.ts", "bullmq"],
  ],
  "src/http/a.ts": [
    ...["../demo/x.ts", "../demo/platforms/wechat/x.ts", "../commands/x.ts", "../process/x.ts", "../main.ts"],
    ...["../../workers/queues.ts", "bullmq"],
  ],
  "src/process/a.ts": ["../commands/x.ts", "../demo/x.ts", "../demo/platforms/x.ts", "../main.ts", "bullmq"],
  "src/demo/a.ts": ["../commands/x.ts", "../main.ts", "../http/x.ts", "../../workers/x.ts", "bullmq"],
  "src/console/a.tsx": [
    ...["channels", "casework", "observe", "process", "demo", "commands"].map((work) => `../${work}/x.ts`),
    ...["../http/x.ts", "../http/api/x.ts", "../../db/x.ts", "../../workers/x.ts", "../config.ts"],
  ],
  "src/demo/platforms/a.ts": [
    ...["domain", "channels", "casework", "http", "process", "commands"].map((work) => `../../${work}/x.ts`),
    ...["../../../db/x.ts", "../../../workers/x.ts", "../run.ts", "../county/x.ts", "../phones/x.ts"],
  ],
  "db/a.ts": [
    ...["channels", "casework", "observe", "http", "process", "demo", "commands"].map((work) => `../src/${work}/x.ts`),
    ...["../src/main.ts", "../src/config.ts", "../workers/x.ts", "bullmq"],
  ],
  "db/schema/a.ts": ["../../src/casework/x.ts"],
  "workers/a.ts": [
    ...["channels", "http", "process", "demo", "commands"].map((work) => `../src/${work}/x.ts`),
    ...["../src/main.ts", "bullmq"],
  ],
};

/** What each room may name: a rule that forbids everything would pass the other table. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "src/domain/b.ts": ["./x.ts", "zod"],
  "src/channels/some-platform/b.ts": [
    ...["./x.ts", "../channel.ts", "../exchange.ts", "../gate.ts", "../tencent-callback/x.ts"],
    ...["../../domain/x.ts", "node:crypto"],
  ],
  "src/casework/b.ts": ["./import/x.ts", "../domain/x.ts", "../channels/x.ts", "../../db/schema/x.ts"],
  "src/observe/b.ts": ["../casework/x.ts", "../channels/x.ts", "../../db/x.ts", "prom-client"],
  "src/http/b.ts": ["../casework/x.ts", "../channels/x.ts", "../domain/x.ts"],
  "src/console/b.tsx": ["../domain/calendar/x.ts", "../http/contract/x.ts", "./x.ts", "react"],
  "src/process/b.ts": ["../http/x.ts", "../../workers/queues.ts", "../observe/x.ts", "../config.ts", "./x.ts"],
  "src/commands/b.ts": ["../process/x.ts", "../demo/x.ts", "../casework/turn/x.ts", "./rules/x.ts"],
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
  "src/casework/turn/type-1.ts": `import type { Two } from "./type-2.ts";\nexport type One = Two | 1;`,
  "src/casework/turn/type-2.ts": `import type { One } from "./type-1.ts";\nexport type Two = One | 2;`,
  "src/domain/text/mixed-1.ts": `import type { Two } from "./mixed-2.ts";\nexport const one = (two: Two) => two;`,
  "src/domain/text/mixed-2.ts": `import { one } from "./mixed-1.ts";\nexport type Two = typeof one;`,
};

type Finding = { readonly rule: string; readonly file: string; readonly line: number };

const PLANTED = plantedFromLadder();

let folder: string;
let findings: readonly Finding[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "liaison-house-"));
  copyFileSync("biome.json", join(folder, "biome.json"));
  const named = ([file, names]: [string, readonly string[]]) =>
    plant(file, names.map((name) => `import "${name}";`).join("\n"));
  for (const work of [...Object.entries(FORBIDDEN), ...Object.entries(ALLOWED)]) named(work);
  for (const { file, names } of PLANTED)
    plant(file, names.flatMap(({ name }) => [`import "${name}";`, `import type {} from "${name}";`]).join("\n"));
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
    maxBuffer: 64 * 1024 * 1024,
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

  it.each(PLANTED)("refuses in $file what the ladder refuses, types too, and nothing else", ({ file, names }) => {
    const lines = refused(file);
    const seen = names.map(({ name }, index) => ({
      name,
      seen: [2 * index + 1, 2 * index + 2].map((at) => lines.includes(at)),
    }));
    expect(seen).toEqual(names.map(({ name, mustRefuse }) => ({ name, seen: [mustRefuse, mustRefuse] })));
  });

  it("refuses files that import each other in a circle, were it of types", () => {
    const inCircle = findings.filter((one) => one.rule === "suspicious/noImportCycles").map((one) => one.file);
    const planted = new Set(PLANTED.map(({ file }) => file));
    expect([...new Set(inCircle)].filter((file) => !planted.has(file)).sort()).toEqual(Object.keys(CYCLES).sort());
  });
});

describe("the ladder", () => {
  it("is what biome.json says: else `npm run ladder` was forgotten", () => {
    const { overrides } = JSON.parse(readFileSync("biome.json", "utf8"));
    expect(overrides.filter(isDirection)).toEqual(directionsOf(LADDER));
  });

  it("is what CONTRIBUTING.md draws", () => {
    const text = readFileSync("CONTRIBUTING.md", "utf8");
    expect(withDrawing(text)).toBe(text);
  });

  it("lets a part import only what stands before it, so that directions cannot turn round", () => {
    const paths = LADDER.map(({ path }) => path);
    const backward = LADDER.flatMap(({ path, mayImport }, index) =>
      mayImport
        .filter((other) => !paths.slice(0, index).some((before) => other === before || other.startsWith(`${before}/`)))
        .map((other) => `${path} -> ${other}`),
    );
    expect(backward).toEqual([]);
  });

  it("names every folder and file of the tree, and none that is not there", () => {
    const named = LADDER.flatMap(({ path, steps }) => [
      path,
      ...(steps ?? []).flatMap((step) =>
        Object.keys(step)
          .filter((name) => name !== "." && name !== "*")
          .map((name) => `${path}/${name}`),
      ),
    ]);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
    expect(filesOfCode(["src", "workers", "db"]).filter((file) => !isNamed(file))).toEqual([]);
  });

  it.each([
    ["src/casework/ballots/count.ts", false],
    ["src/casework/tell.ts", false],
    ["src/domain/duty-points/point.ts", false],
    ["src/gateway/x.ts", false],
    ["db/cache/x.ts", false],
    ["src/channels/some-platform/x.ts", true],
    ["src/casework/turn/x.ts", true],
    ["src/commands/rules/x.ts", true],
    ["db/connections.ts", true],
  ])("has a place for %s: %s", (file, hasPlace) => {
    expect(isNamed(file)).toBe(hasPlace);
  });
});
