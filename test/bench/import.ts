import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { openDatabase } from "../../db/database.ts";
import { createVault } from "../../db/vault.ts";
import { importFiles } from "../../src/casework/import/import-files.ts";
import { generateCounty, writeCounty } from "../../src/demo/county/generate.ts";
import type { PracticeCounty } from "../../src/demo/county/types.ts";
import { install } from "./county.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine } from "./measure.ts";

/**
 * 1,690 grids with their borders, 126 stations and 1,309 deputies of a county from its files, checked and planned, into
 * an empty county; against one COPY for each table of the same rows as the import wrote them, without any check.
 */
export async function importBenchmark(environment: Environment, { short }: Effort): Promise<Line[]> {
  const county = generateCounty({ seed: 1, ...(short ? { size: 100 } : {}) });
  const shared = await environment.folder();
  const folder = join(shared, "county");
  await writeCounty(county, folder);
  const filled = await install(await environment.database(), null);
  await importInto(filled, folder, county);
  const copies = await copiesOf(filled.databaseUrl);
  const pairs = await inPairs(
    short ? 1 : 5,
    async () => importInto(await install(await environment.database(), null), folder, county),
    async () => copyInto(await install(await environment.database(), null), copies, filled.jurisdictionId, shared),
  );
  return [pairedLine("import", pairs, { unit: "ms", target: { atMost: 5 } })];
}

type Installed = Awaited<ReturnType<typeof install>>;

async function importInto(installed: Installed, folder: string, county: PracticeCounty): Promise<number> {
  const database = await openDatabase({ url: installed.databaseUrl, maxConnections: 1 });
  const vault = createVault(Buffer.from(installed.secret, "base64"));
  try {
    const runtime = { database, vault, now: () => new Date(), timeZone: "Asia/Shanghai" };
    const begin = performance.now();
    const result = await importFiles(runtime, installed.jurisdictionId, [folder], {
      coordinates: "wgs84",
      dryRun: false,
    });
    const tookMs = performance.now() - begin;
    if (!result.ok) throw new Error(result.errors.slice(0, 3).join("\n"));
    if (result.counts.grids.added !== county.grids.length) throw new Error("not all grids were added");
    return tookMs;
  } finally {
    await database.close();
  }
}

/** In the order in which they refer to each other. */
const TABLES = ["stations", "grids", "deputies", "units", "places", "assignments"];

async function copiesOf(databaseUrl: string): Promise<ReadonlyMap<string, string>> {
  const client = postgres(databaseUrl, { max: 1 });
  try {
    const copies = new Map<string, string>();
    for (const table of TABLES) {
      const parts: Buffer[] = [];
      const from = await client`copy ${client(table)} to stdout`.readable();
      for await (const part of from) parts.push(part);
      copies.set(table, Buffer.concat(parts).toString());
    }
    return copies;
  } finally {
    await client.end();
  }
}

/** The server reads the files itself: the rows need not even cross a connection. */
async function copyInto(
  installed: Installed,
  copies: ReadonlyMap<string, string>,
  original: string,
  folder: string,
): Promise<number> {
  const files = new Map(
    [...copies.keys()].map((table) => [table, join(folder, `${installed.jurisdictionId}-${table}`)]),
  );
  for (const [table, copy] of copies) {
    await writeFile(files.get(table) ?? "", copy.replaceAll(original, installed.jurisdictionId));
  }
  const client = postgres(installed.databaseUrl, { max: 1 });
  try {
    await client`select 1`;
    const begin = performance.now();
    await client.begin(async (tx) => {
      for (const [table, file] of files) await tx.unsafe(`copy ${table} from '${file}'`);
    });
    return performance.now() - begin;
  } finally {
    await client.end();
  }
}
