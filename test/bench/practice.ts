import { join } from "node:path";
import { v7 as newId } from "uuid";
import { openDatabase } from "../../db/database.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { deputies } from "../../db/schema/people.ts";
import { createVault } from "../../db/vault.ts";
import { importFiles } from "../../src/casework/import/import-files.ts";
import { peerPurpose } from "../../src/casework/turn/conversation.ts";
import { generateCounty, writeCounty } from "../../src/demo/county/generate.ts";
import type { PracticeCounty } from "../../src/demo/county/types.ts";
import { type BenchInstallation, install } from "./county.ts";
import type { Environment } from "./environment.ts";

/** A county of Zhucheng's size, imported, whose deputies have all bound a chat with a window that does not close. */
export type Practice = { readonly installation: BenchInstallation; readonly county: PracticeCounty };

/** @param size how many grids; Zhucheng's 1,690 when left out */
export async function installPractice(
  environment: Environment,
  redisUrl: string | null,
  size?: number,
): Promise<Practice> {
  const installation = await install(await environment.database(), redisUrl);
  const county = generateCounty({ seed: 1, ...(size === undefined ? {} : { size }) });
  const folder = join(await environment.folder(), "county");
  await writeCounty(county, folder);
  const vault = createVault(Buffer.from(installation.secret, "base64"));
  const { jurisdictionId, accountId } = installation;
  const database = await openDatabase({ url: installation.databaseUrl, maxConnections: 2 });
  const now = () => new Date();
  try {
    const runtime = { database, vault, now, timeZone: "Asia/Shanghai" };
    const result = await importFiles(runtime, jurisdictionId, [folder], { coordinates: "wgs84", dryRun: false });
    if (!result.ok) throw new Error(result.errors.slice(0, 3).join("\n"));
    await database.inCounty(jurisdictionId, async (tx) => {
      const rows = await tx.select({ id: deputies.id, code: deputies.code }).from(deputies);
      for (let from = 0; from < rows.length; from += 500) {
        await tx.insert(conversations).values(
          rows.slice(from, from + 500).map(({ id, code }) => ({
            id: newId(),
            jurisdictionId,
            accountId,
            peer: vault.blindIndex(openidOf(code), accountId),
            peerSealed: vault.seal(openidOf(code), peerPurpose(jurisdictionId)),
            deputyId: id,
            noticeVersion: "2026-11",
            windowLeft: 1_000_000,
            windowUntil: new Date(now().getTime() + 48 * 3_600_000),
            createdAt: now(),
          })),
        );
      }
    });
  } finally {
    await database.close();
  }
  return { installation, county };
}

/** The platform id of a deputy of the practice county. */
export function openidOf(deputy: string): string {
  return `o_deputy_${deputy}`;
}

/** What residents say about places of the county that have a deputy, each with a token that finds it again. */
export function mattersOf(county: PracticeCounty, count: number): { readonly token: string; readonly text: string }[] {
  const named = Map.groupBy(county.places, ({ name }) => name);
  const posted = new Set(county.deputies.flatMap(({ grids }) => grids.map(({ grid }) => grid)));
  const places = [...named].flatMap(([name, [only, another]]) =>
    only !== undefined && another === undefined && posted.has(only.grid) ? [name] : [],
  );
  return Array.from({ length: count }, (_, index) => {
    const place = places[index % places.length] ?? "";
    const token = `事${(index + 1).toString(36).padStart(5, "0")}号`;
    return { token, text: `${place}${index + 1}号楼旁边的路灯坏了好几天，晚上老人看不见路，${token}` };
  });
}
