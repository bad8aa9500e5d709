import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { FeatureCollection } from "geojson";
import type { Database, Transaction } from "../../db/database.ts";
import { bindings, conversations } from "../../db/schema/conversations.ts";
import { assignments, deputies, partners, units } from "../../db/schema/people.ts";
import { grids, stations } from "../../db/schema/places.ts";
import { DEPUTY_LEVELS } from "../domain/routing/nearness.ts";
import { openidOf, openidOfStation, openidOfUnit, RESIDENTS, SAMPLE_GRIDS, SAMPLES } from "./people.ts";
import type { Deputy, PageData, Scene, Station, Unit } from "./phones/wire.ts";

type Place = { readonly code: string; readonly label: string; readonly community: string };

/** So many codes that officers of stations were just sent can be scanned. */
const OWN_CODES = 5;

/**
 * The data of the phones page: the people whom the samples concern come first. The bindings are read anew each time.
 * @param made the scenes of which codes were made, the newest first: those of people's own matters can be scanned too
 */
export function pageDataOf(
  database: Database,
  jurisdictionId: string,
  { county, made }: { readonly county: string; readonly made: () => readonly string[] },
): () => Promise<PageData> {
  let known: Awaited<ReturnType<typeof readCounty>> | null = null;
  return async () => {
    known ??= await database.inCounty(jurisdictionId, readCounty);
    const bound = await boundDeputies(database, jurisdictionId);
    return {
      county,
      residents: RESIDENTS,
      deputies: known.deputies.map((deputy) => ({ ...deputy, bound: bound.has(deputy.code) })),
      units: await unitsOf(database, jurisdictionId),
      stations: await stationsOf(database, jurisdictionId),
      scenes: [...ownCodes(made()), ...known.scenes],
      samples: SAMPLES,
    };
  };
}

function ownCodes(scenes: readonly string[]): Scene[] {
  return scenes
    .filter((scene) => scene.startsWith("k:"))
    .slice(0, OWN_CODES)
    .map((scene) => ({ scene, label: `专干手机上的码：${scene.slice(2).split(".")[0] ?? ""}` }));
}

/** The codes of the deputies whose chats are bound. */
export async function boundDeputies(database: Database, jurisdictionId: string): Promise<ReadonlySet<string>> {
  const rows = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({ code: deputies.code })
      .from(conversations)
      .innerJoin(deputies, eq(deputies.id, conversations.deputyId))
      .where(isNotNull(conversations.deputyId)),
  );
  return new Set(rows.map(({ code }) => code));
}

/** The codes of all deputies, those for the samples' grids first, then those for the villages and quarters around them. */
export function deputyCodes(database: Database, jurisdictionId: string): Promise<readonly string[]> {
  return database.inCounty(jurisdictionId, async (tx) => (await readCounty(tx)).deputies.map(({ code }) => code));
}

/** The units, and whether somebody speaks for each in chat. */
export function unitsOf(database: Database, jurisdictionId: string): Promise<Unit[]> {
  return database.inCounty(jurisdictionId, async (tx) => {
    const rows = await tx
      .selectDistinct({ code: units.code, name: units.name, bound: isNotNull(bindings.id) })
      .from(units)
      .leftJoin(bindings, and(eq(bindings.role, "unit"), eq(bindings.ref, units.code), isNull(bindings.endedAt)))
      .leftJoin(partners, eq(partners.unitId, units.id))
      // What has a case system of its own has no phone.
      .where(isNull(partners.id))
      .orderBy(units.code);
    return rows.map((row) => ({ ...row, bound: row.bound === true, openid: openidOfUnit(row.code) }));
  });
}

/** The stations, and whether somebody speaks for each in chat. */
export function stationsOf(database: Database, jurisdictionId: string): Promise<Station[]> {
  return database.inCounty(jurisdictionId, async (tx) => {
    const { code, name, township } = stations;
    const rows = await tx
      .selectDistinct({ code, name, township, bound: isNotNull(bindings.id) })
      .from(stations)
      .leftJoin(bindings, and(eq(bindings.role, "station"), eq(bindings.ref, code), isNull(bindings.endedAt)))
      .orderBy(code);
    return rows.map((row) => ({ ...row, bound: row.bound === true, openid: openidOfStation(row.code) }));
  });
}

/** The grids for the page's map, in GCJ-02. */
export async function gridMap(database: Database, jurisdictionId: string): Promise<FeatureCollection> {
  const rows = await database.inCounty(jurisdictionId, (tx) => tx.select().from(grids));
  return {
    type: "FeatureCollection",
    features: rows.flatMap(({ code, name, township, shape }) =>
      shape === null
        ? []
        : [
            {
              type: "Feature" as const,
              properties: { code, name: `${township}${name}` },
              geometry: { type: "MultiPolygon" as const, coordinates: shape },
            },
          ],
    ),
  };
}

async function readCounty(
  tx: Transaction,
): Promise<{ deputies: readonly Omit<Deputy, "bound">[]; scenes: readonly Scene[] }> {
  const [deputyRows, gridRows, stationRows, postRows] = await Promise.all([
    tx.select({ id: deputies.id, code: deputies.code, name: deputies.name, level: deputies.level }).from(deputies),
    tx
      .select({
        id: grids.id,
        code: grids.code,
        name: grids.name,
        township: grids.township,
        community: grids.community,
      })
      .from(grids)
      .orderBy(grids.code),
    tx.select({ id: stations.id, code: stations.code, name: stations.name }).from(stations).orderBy(stations.code),
    tx
      .select({
        deputyId: assignments.deputyId,
        gridId: assignments.gridId,
        stationId: assignments.stationId,
        role: assignments.role,
      })
      .from(assignments)
      .where(isNull(assignments.untilOn)),
  ]);
  const gridOf = new Map(
    gridRows.map(({ id, code, township, community, name }): [string, Place] => [
      id,
      { code, community, label: `${township}${name}` },
    ]),
  );
  const stationNames = new Map(stationRows.map(({ id, name }) => [id, name]));
  const posts = Map.groupBy(postRows, ({ deputyId }) => deputyId);
  const near = new Set([...gridOf.values()].flatMap(({ code, community }) => (isSample(code) ? [community] : [])));
  const distance = (places: readonly Place[]): number => {
    const codes = new Set(places.map(({ code }) => code));
    const sample = SAMPLE_GRIDS.findIndex((grid) => codes.has(grid));
    if (sample >= 0) return sample;
    return places.some(({ community }) => near.has(community)) ? SAMPLE_GRIDS.length : SAMPLE_GRIDS.length + 1;
  };
  const listed = deputyRows.map(({ id, code, name, level }) => {
    const own = posts.get(id) ?? [];
    const primaryFirst = own.toSorted((a, b) => Number(a.role === "backup") - Number(b.role === "backup"));
    const places = primaryFirst.flatMap(({ gridId }) => gridOf.get(gridId ?? "") ?? []);
    const station = own.map(({ stationId }) => stationNames.get(stationId ?? "")).find((found) => found !== undefined);
    const standsIn =
      primaryFirst.find(({ gridId }) => isSample(gridOf.get(gridId ?? "")?.code ?? ""))?.role === "backup";
    const rank = distance(places) * 100 + DEPUTY_LEVELS.indexOf(level) * 2 + Number(standsIn);
    return {
      rank,
      openid: openidOf(code),
      code,
      name,
      station: station ?? "",
      grids: places.map(({ label }) => label),
    };
  });
  const inOrder = listed
    .sort((a, b) => a.rank - b.rank || (a.code < b.code ? -1 : 1))
    .map(({ rank: _, ...one }) => one);
  const samplesFirst = [...gridOf.values()].sort((a, b) => Number(isSample(b.code)) - Number(isSample(a.code)));
  const [first = [], others = []] = [
    samplesFirst.slice(0, SAMPLE_GRIDS.length),
    samplesFirst.slice(SAMPLE_GRIDS.length),
  ];
  const gridScene = ({ code, label }: Place): Scene => ({ scene: `g:${code}`, label });
  return {
    deputies: inOrder,
    scenes: [
      ...first.map(gridScene),
      ...stationRows.map(({ code, name }) => ({ scene: `s:${code}`, label: name })),
      ...others.map(gridScene),
      ...inOrder.map(({ code, name }) => ({ scene: `d:${code}`, label: `${name}代表` })),
    ],
  };
}

function isSample(grid: string): boolean {
  return SAMPLE_GRIDS.includes(grid);
}
