import { sql } from "drizzle-orm";
import { coalesce, type LastQuery, lastQuery } from "../../../db/coalesce.ts";
import type { Transaction } from "../../../db/database.ts";
import { caseNumbers, rehearsalNumbers } from "../../../db/schema/county.ts";
import type { Writes } from "../../../db/writes.ts";
import type { CategoryModel } from "../../domain/categories/model.ts";
import type { Atlas } from "../../domain/place/atlas.ts";
import type { Reception } from "../../domain/receptions/reception.ts";
import type { RoutingFacts } from "../../domain/routing/route.ts";
import type { NameList } from "../../domain/text/names.ts";
import { type AnswerInUse, answersInUse } from "../county/answers.ts";
import type { AtlasStore } from "../county/atlas-store.ts";
import { type DeputyRow, deputiesAtPlaces } from "../county/deputies.ts";
import { receptionsFrom } from "../county/receptions.ts";
import { categoryModelOf } from "../rules/category-model.ts";
import { type PublishedRules, publishedRules } from "../rules/published.ts";
import { chatsOf, type DeputyChat } from "./deputy-chats.ts";

/** A place with the ids of its rows: a grid with its station, or a station by itself. */
export type PlaceRow = {
  readonly gridId: string | null;
  readonly stationId: string | null;
  readonly grid: RoutingFacts["grid"];
  readonly station: RoutingFacts["station"];
};

/** The deputies who answer at a place, as of the moment of the query. */
export type PeopleThere = {
  readonly place: PlaceRow | undefined;
  ofGrid(): DeputyRow[];
  ofStation(): DeputyRow[];
  /** Counts one more open case for a deputy, who gets it in this transaction. */
  give(code: string): void;
};

/** The lookups that the turns of one transaction share: those of the same moment are one statement. */
export type Lookups = {
  /** The next number of this county and of a year; its row is locked until the commit, so that none is left out. */
  readonly numbers: LastQuery<number, number>;
  /** The next number of a year's rehearsals. */
  rehearsalNumber(year: number): Promise<number>;
  peopleAt(where: Spot): Promise<PeopleThere>;
  /** The chat of a deputy that is most likely to be read; undefined while none is bound, which stays so until the commit. */
  chatOf(deputyId: string): Promise<DeputyChat | undefined>;
  /** Notes the chat that was bound in this transaction, which is the likeliest from now on. */
  chatBound(deputyId: string, chat: DeputyChat): void;
  /** These are as they are when this transaction first asks. */
  atlas(): Promise<Atlas>;
  deputyNames(): Promise<NameList>;
  categories(): Promise<CategoryModel>;
  rules(): Promise<PublishedRules | null>;
  /** The answers of the library that are given today. */
  answers(): Promise<readonly AnswerInUse[]>;
  /** The reception days of the county from today on. */
  receptions(): Promise<readonly Reception[]>;
  /** A lookup that another part of casework brings, opened once for the transaction. */
  of<T>(open: (about: LookupContext) => T): T;
};

/** The part of a unit of work that a lookup is opened with. */
export type LookupContext = Pick<About, "tx" | "jurisdictionId" | "now">;

/** The code of a grid or, where there is none, of a station. */
export type Spot = { readonly grid: string | null; readonly station: string | null };

type About = {
  readonly tx: Transaction;
  readonly atlases: AtlasStore;
  readonly writes: Writes;
  readonly jurisdictionId: string;
  readonly now: Date;
  /** Calendar day in the county's time zone. */
  readonly today: string;
  readonly timeZone: string;
};

/** Opens the lookups of a transaction. */
export function openLookups(about: About): Lookups {
  const { tx, jurisdictionId, atlases, today } = about;
  const opened = new Map<unknown, unknown>();
  const lookUpChat = coalesce((ids: readonly string[]) => chatsOf(tx, ids));
  const chats = new Map<string, Promise<DeputyChat | undefined>>();
  return {
    numbers: lastQuery((years) => drawNumbers(about, years)),
    rehearsalNumber: (year) => drawRehearsalNumber(about, year),
    peopleAt: coalesce((spots) => findPeople(about, spots)),
    chatOf(deputyId) {
      const chat = chats.get(deputyId) ?? lookUpChat(deputyId);
      chats.set(deputyId, chat);
      return chat;
    },
    chatBound: (deputyId, chat) => void chats.set(deputyId, Promise.resolve(chat)),
    atlas: once(() => atlases.of(tx, jurisdictionId, today)),
    deputyNames: once(() => atlases.deputyNames(tx, jurisdictionId)),
    categories: once(() => categoryModelOf(tx, jurisdictionId)),
    rules: once(() => publishedRules(tx, jurisdictionId)),
    answers: once(() => answersInUse(tx, today)),
    receptions: once(() => receptionsFrom(tx, about)),
    of<T>(open: (about: LookupContext) => T): T {
      if (!opened.has(open)) opened.set(open, open(about));
      return opened.get(open) as T;
    },
  };
}

function once<T>(find: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | null = null;
  return () => {
    found ??= find();
    return found;
  };
}

async function drawRehearsalNumber({ tx, jurisdictionId }: About, year: number): Promise<number> {
  const { jurisdictionId: county, year: ofYear, last } = rehearsalNumbers;
  const [row] = await tx
    .insert(rehearsalNumbers)
    .values({ jurisdictionId, year, last: 1 })
    .onConflictDoUpdate({ target: [county, ofYear], set: { last: sql`${last} + 1` } })
    .returning({ last });
  if (row === undefined) throw new Error("no number of a rehearsal was given");
  return row.last;
}

async function drawNumbers({ tx, jurisdictionId }: About, years: readonly number[]): Promise<number[]> {
  const next = new Map<number, number>();
  for (const [year, { length }] of Map.groupBy(years, (year) => year)) {
    const [row] = await tx
      .insert(caseNumbers)
      .values({ jurisdictionId, year, last: length })
      .onConflictDoUpdate({
        target: [caseNumbers.jurisdictionId, caseNumbers.year],
        set: { last: sql`${caseNumbers.last} + ${length}` },
      })
      .returning({ last: caseNumbers.last });
    if (row === undefined) throw new Error("no case number was given");
    next.set(year, row.last - length + 1);
  }
  return years.map((year) => {
    const number = next.get(year) ?? 0;
    next.set(year, number + 1);
    return number;
  });
}

/** Looks at cases too, so that what was written is sent before. */
async function findPeople(about: About, spots: readonly Spot[]): Promise<PeopleThere[]> {
  const grids = [...new Set(spots.flatMap(({ grid }) => (grid === null ? [] : [grid])))];
  const stations = [
    ...new Set(spots.flatMap(({ grid, station }) => (grid !== null || station === null ? [] : [station]))),
  ];
  if (grids.length + stations.length === 0) return spots.map(() => peopleAt(undefined, new Map(), new Map()));
  about.writes.send();
  const [places, posts] = await Promise.all([
    findPlaces(about, grids, stations),
    deputiesAtPlaces(about, grids, stations),
  ]);
  const postsAt = Map.groupBy(posts, ({ gridId, stationId }) => gridId ?? stationId);
  const given = new Map<string, number>();
  return spots.map(({ grid, station }) =>
    peopleAt(
      places.find((place) =>
        grid === null ? place.grid === null && place.station?.code === station : place.grid?.code === grid,
      ),
      postsAt,
      given,
    ),
  );
}

function peopleAt(
  place: PlaceRow | undefined,
  postsAt: ReadonlyMap<string | null, readonly DeputyRow[]>,
  given: Map<string, number>,
): PeopleThere {
  const those = (id: string | null = null): DeputyRow[] =>
    (postsAt.get(id) ?? []).map(({ id, facts }) => ({
      id,
      facts: { ...facts, openCases: facts.openCases + (given.get(facts.code) ?? 0) },
    }));
  return {
    place,
    ofGrid: () => those(place?.gridId),
    ofStation: () => those(place?.stationId),
    give: (code) => void given.set(code, (given.get(code) ?? 0) + 1),
  };
}

async function findPlaces(
  { tx, jurisdictionId }: About,
  gridCodes: readonly string[],
  stationCodes: readonly string[],
): Promise<PlaceRow[]> {
  return tx.execute<PlaceRow>(sql`
    select g.id as "gridId", s.id as "stationId",
      jsonb_build_object('code', g.code, 'name', g.name, 'township', g.township, 'community', g.community) as grid,
      case when s.id is not null then jsonb_build_object('code', s.code, 'name', s.name) end as station
    from grids g left join stations s on s.id = g.station_id
    where g.jurisdiction_id = ${jurisdictionId} and g.code = any(${sql.param(gridCodes)}::text[])
    union all
    select null, s.id, null, jsonb_build_object('code', s.code, 'name', s.name)
    from stations s where s.jurisdiction_id = ${jurisdictionId} and s.code = any(${sql.param(stationCodes)}::text[])`);
}
