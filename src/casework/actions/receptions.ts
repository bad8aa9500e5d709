import { sql } from "drizzle-orm";
import { holdsOn } from "../../../db/in-force.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { timeIn } from "../../domain/calendar/deadline.ts";
import { type Atlas, sketchOf } from "../../domain/place/atlas.ts";
import { gridsWithin } from "../../domain/place/choices.ts";
import type { NamedArea, PlaceFinding } from "../../domain/place/finding.ts";
import { areaOf } from "../../domain/place/locate.ts";
import { type NextReception, nextReception } from "../../domain/receptions/reception.ts";
import type { ToldReception } from "../../domain/wording/at-once.ts";
import { keepsCalendar } from "../county/receptions.ts";
import { tell } from "../outbox/tell.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { closeAtOnce, endAtOnce } from "./close-at-once.ts";

/** So many stations' days are told: more are not read on a phone. */
const MOST_TOLD = 3;

/**
 * Answers a question for the next reception day where the calendar has one for the place that is meant; where it has none, says so.
 *
 * @param asked the words of a new case, or the case that was opened to ask where
 * @returns the closed case; null where a person has to answer, or the place is not known
 */
export async function answerByCalendar(
  turn: Turn,
  asked: { readonly said: readonly Said[] } | { readonly subject: CaseRecord },
  finding: PlaceFinding,
): Promise<CaseRecord | null> {
  const stations = await stationsMeant(turn, finding);
  if (stations === null || !(await keepsCalendar(turn.tx))) return null;
  const next = await nextAt(turn, stations);
  const [first] = next;
  if (first === undefined) {
    const [only, another] = stations;
    const atlas = await turn.lookups.atlas();
    const station = another === undefined ? atlas.stations.get(only ?? "")?.name : undefined;
    const place = station ?? townshipOfAll(atlas, stations) ?? turn.county.name;
    tell(turn, { kind: "courtesy", subject: null, words: wordingFor(turn).noReceptionKnown({ place }) });
    return null;
  }
  const by = `calendar:${first.reception.station}` as const;
  const words = (number: string) => wordingFor(turn).receptionDays({ number, days: next.map(told) });
  if ("said" in asked) return closeAtOnce(turn, asked.said, { by, words, category: null });
  endAtOnce(turn, asked.subject, { by, words });
  return asked.subject;
}

/** The township in which all of these stations are; undefined where they are in several. */
function townshipOfAll(atlas: Atlas, stations: readonly string[]): string | undefined {
  const townships = new Set(stations.map((code) => atlas.stations.get(code)?.township));
  const [only] = townships;
  return townships.size === 1 ? only : undefined;
}

async function nextAt(turn: Turn, stations: readonly string[]): Promise<NextReception[]> {
  const all = await turn.lookups.receptions();
  const now = { day: turn.today, time: timeIn(turn.now, turn.runtime.timeZone) };
  return stations
    .flatMap(
      (code) =>
        nextReception(
          all.filter(({ station }) => station === code),
          now,
        ) ?? [],
    )
    .toSorted((a, b) => momentOf(a).localeCompare(momentOf(b)))
    .slice(0, MOST_TOLD);
}

function momentOf({ reception: { day, from } }: NextReception): string {
  return `${day} ${from}`;
}

function told({ reception, names, cancelled }: NextReception): ToldReception {
  const { stationName, day, from, until, place } = reception;
  return { station: stationName, day, from, until, place, names, cancelled: cancelled.map((one) => one.day) };
}

/** The codes of the stations that answer for a place; null where none is known, and somebody has to be asked. */
async function stationsMeant(turn: Turn, finding: PlaceFinding): Promise<readonly string[] | null> {
  const atlas = await turn.lookups.atlas();
  switch (finding.kind) {
    case "grid":
      return stationsOfGrids(atlas, [finding.grid]);
    case "station":
      return [finding.station];
    case "deputy":
      return stationsOfDeputy(turn, finding.deputy);
    case "border":
      return stationsOfGrids(
        atlas,
        finding.sides.flatMap(({ grid }) => grid ?? []),
      );
    case "outside":
      return null;
    case "ask": {
      if (finding.why === "nothing") return null;
      // A large township offers no choices: there are too many to be read.
      if (finding.choices.length === 0 && finding.within !== undefined) return stationsIn(atlas, finding.within);
      const grids = finding.choices.flatMap((choice) => ("grid" in choice ? choice.grid : []));
      const townships = finding.choices.flatMap((choice) => ("township" in choice ? choice.township : []));
      const stations = [...stationsOfGrids(atlas, grids), ...stationsOfTownships(atlas, townships)];
      return stations.length === 0 ? null : [...new Set(stations)];
    }
  }
}

function stationsIn(atlas: Atlas, named: NamedArea): readonly string[] | null {
  const area = areaOf(atlas, named);
  const grids = area === null ? [] : gridsWithin(atlas, area).map((grid) => atlas.codes[grid] ?? "");
  const stations = [
    ...stationsOfGrids(atlas, grids),
    ...(named.community === undefined ? stationsOfTownships(atlas, [named.township]) : []),
  ];
  return stations.length === 0 ? null : [...new Set(stations)];
}

function stationsOfGrids(atlas: Atlas, codes: readonly string[]): string[] {
  const stations = codes.flatMap((code) => {
    const grid = sketchOf(atlas, code);
    if (grid === null) return [];
    return grid.station === null ? stationsOfTownships(atlas, [grid.township]) : [grid.station];
  });
  return [...new Set(stations)];
}

function stationsOfTownships(atlas: Atlas, townships: readonly string[]): string[] {
  return [...atlas.stations.values()].filter(({ township }) => townships.includes(township)).map(({ code }) => code);
}

async function stationsOfDeputy(turn: Turn, deputy: string): Promise<string[] | null> {
  const rows = await turn.tx.execute<{ code: string }>(sql`
    select distinct s.code from assignments a join deputies d on d.id = a.deputy_id
      left join grids g on g.id = a.grid_id join stations s on s.id = coalesce(a.station_id, g.station_id)
    where d.code = ${deputy} and ${holdsOn(sql`a`, turn.today)} order by s.code`);
  return rows.length === 0 ? null : rows.map(({ code }) => code);
}
