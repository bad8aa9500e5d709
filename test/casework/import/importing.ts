import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type ImportOptions, type ImportResult, importFiles } from "../../../src/casework/import/import-files.ts";
import { type TestDatabase, testDatabase } from "../../database.ts";

export let base: TestDatabase;
export let folder: string;
export let county: string;
export let serial = 0;
let now = new Date("2026-11-20T02:00:00Z");

/** Each test has a folder and a county of its own. */
export function withCounties(): void {
  beforeAll(async () => {
    base = await testDatabase();
  });
  afterAll(() => base.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "liaison-import-"));
    county = await base.county(`county-${serial++}`);
    now = new Date("2026-11-20T02:00:00Z");
  });
  afterEach(() => rm(folder, { recursive: true }));
}

/** Moves the clock of the imports. */
export function setNow(moment: Date): void {
  now = moment;
}

/** Imports what lies at these paths. */
export async function importPaths(
  paths: string[],
  options: Partial<ImportOptions> = {},
  into = county,
): Promise<ImportResult> {
  const runtime = { database: base.database, vault: base.vault, now: () => now, timeZone: "Asia/Shanghai" };
  return importFiles(runtime, into, paths, { coordinates: "wgs84", dryRun: false, ...options });
}

/** Writes these files and imports them. */
export async function importTexts(files: Record<string, string | Uint8Array>, options: Partial<ImportOptions> = {}) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return importPaths(
    Object.keys(files).map((name) => join(folder, name)),
    options,
  );
}

/** What was wrong. */
export const errorsOf = (result: ImportResult) => (result.ok ? [] : result.errors);
/** What was done. */
export const countsOf = (result: ImportResult) => (result.ok ? result.counts : result.errors);
/** What stands in a county. */
export const rows = <T>(
  select: (tx: Parameters<Parameters<TestDatabase["database"]["inCounty"]>[1]>[0]) => Promise<T>,
  id = county,
) => base.database.inCounty(id, select);
/** Nothing of a kind was done. */
export const COUNT = { added: 0, changed: 0, unchanged: 0, ended: 0 };
