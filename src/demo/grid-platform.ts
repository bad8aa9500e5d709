import { eq } from "drizzle-orm";
import { jurisdictions } from "../../db/schema/county.ts";
import { readCounty } from "../casework/county/settings.ts";
import { listPartners } from "../casework/partner-exchange/list.ts";
import { writePartner } from "../casework/partner-exchange/manage.ts";
import type { Runtime } from "../casework/runtime/runtime.ts";
import { type GridPlatform, startGridPlatform } from "./platforms/grid.ts";

/** The secrets of the simulated platform: both sides are on this machine, and nothing in it is anybody's. */
const SECRET = "practice-secret-of-the-grid-platform";
const API_KEY = "practice-key-of-the-grid-platform";

const PARTNERS = [
  { name: "grid", type: "webhook", title: "网格平台", aliases: ["网格化平台", "网格治理平台"], secret: SECRET },
  { name: "city", type: "georeport", title: "城管平台", aliases: ["城市管理平台"], secret: API_KEY },
] as const;

/** Starts the simulated grid platform on a port, or on any free one where that is taken; it has the real time, as others do. */
export async function startPracticePlatform(port: number): Promise<GridPlatform> {
  const options = { secret: SECRET, apiKey: API_KEY, givesTokens: true };
  if (port === 0) return startGridPlatform(options);
  try {
    return await startGridPlatform({ ...options, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return startGridPlatform(options);
  }
}

/** Connects the practice county with the simulated platform in both ways, wherever that listens this time. */
export async function connectPlatform(
  { database, vault, now }: Pick<Runtime, "database" | "vault" | "now">,
  jurisdictionId: string,
  platform: GridPlatform,
): Promise<void> {
  await database.inCounty(jurisdictionId, async (tx) => {
    const { settings } = await readCounty(tx);
    const networks = [...new Set([...(settings.partnerNetworks ?? []), "127.0.0.1"])];
    await tx
      .update(jurisdictions)
      .set({ settings: { ...settings, partnerNetworks: networks } })
      .where(eq(jurisdictions.jurisdictionId, jurisdictionId));
    const changed = { jurisdictionId, by: null, at: now() };
    const known = await listPartners(tx);
    for (const one of PARTNERS) {
      const url = one.type === "webhook" ? platform.hookUrl : platform.georeportUrl;
      // What somebody changed since stays as they want it.
      if (known.some(({ name, url: before }) => name === one.name && before === url)) continue;
      const written = await writePartner(tx, vault, changed, { ...one, url });
      if (!written.ok) throw new Error(written.problems.join(" "));
    }
  });
}
