import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { figuresNamed, SEALED_FIGURE } from "../../domain/figures/catalogue.ts";
import { type Counted, countFigure, FEWEST_SHOWN } from "../../domain/figures/count.ts";
import { FACETS, type Facet } from "../../domain/figures/facts.ts";
import type { Figure } from "../../domain/figures/figure.ts";
import { type Period, yearBefore } from "../../domain/figures/period.ts";
import { isRehearsed } from "../cases/rehearsed.ts";
import { countsAsOrdinary, countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import { DEFAULTS, readCounty } from "../county/settings.ts";
import type { CaseFilter, ListDay } from "../staff/case-conditions.ts";
import { type CountingPace, type Days, receivedIn } from "./day-pages.ts";
import { conditionsOfGroup, type FigureBy, isBelowCounty, namesOf } from "./groups.ts";
import { type GroupTally, readTallies } from "./tallies.ts";

/** A figure as a reader is told it; the definition of its code says how it is computed. */
export type FigureValue = {
  readonly code: string;
  /** Null where there is nothing to say it of, and where it is hidden. */
  readonly value: number | null;
  /** Of how many cases; null where that is hidden. */
  readonly of: number | null;
  /** The same of the year before; null where there is no data of that time. */
  readonly before: {
    readonly value: number | null;
    readonly of: number | null;
    readonly isHidden: boolean;
  } | null;
  /** Fewer than five cases by deputy or grid are shown to the office and auditors alone. */
  readonly isHidden: boolean;
  /** The conditions of the list of exactly these cases; null where no list can say it. */
  readonly opens: CaseFilter | null;
};

/** The figures of one group; the key is null for all cases, and for those that belong to no group. */
export type FigureGroupValues = {
  readonly key: string | null;
  readonly name: string | null;
  readonly figures: readonly FigureValue[];
};

/** The figures of a period, with the days that they are compared with; groups are in the order of how many cases they have. */
export type Figures = {
  readonly period: Period;
  readonly before: Days;
  readonly by: FigureBy | null;
  readonly groups: readonly FigureGroupValues[];
  /** How many groups with fewer cases are not shown. */
  readonly groupsLeftOut: number;
};

/** A question for figures. */
export type FiguresAsked = {
  /** Codes of figures and names of groups of them; all where there is none. */
  readonly names: readonly string[];
  readonly period: Period;
  readonly by: FigureBy | null;
  readonly filter: CaseFilter;
};

/** More groups than this are no table that anybody reads. */
const MOST_GROUPS = 300;

/**
 * Counts figures over the cases that exist for a reader, against the same days of the year before: some days after others, so that
 * it takes no more memory for a million cases than for a hundred thousand.
 */
export async function figuresFor(
  tx: Transaction,
  reader: Reader,
  asked: FiguresAsked,
  day: ListDay,
  pace?: CountingPace,
): Promise<Figures> {
  const { names, period, by, filter } = asked;
  const figures = figuresNamed(names);
  const before = yearBefore(period, day.today);
  const { settings } = await readCounty(tx);
  const facets = (Object.keys(FACETS) as Facet[]).filter(
    (facet) => facet === "state" || figures.some((one) => one.facet === facet),
  );
  const question = { facets, filter, by, now: period, before, holidays: settings.holidays ?? DEFAULTS.holidays };
  const tallies = await readTallies(tx, reader, question, day, pace);
  const hadCases = await hadCasesBefore(tx, reader, before, day);
  const groups = groupsOf(tallies, by);
  const shown = groups.slice(0, MOST_GROUPS);
  const named = await namesOf(
    tx,
    by,
    shown.flatMap(({ key }) => key ?? []),
  );
  const mayHide = reader.role !== "office" && reader.role !== "auditor" && isOfFew(by, filter);
  const sealed = await sealedFigure(tx, reader, { asked, before, hadCases }, day);
  return {
    ...{ period, before, by, groupsLeftOut: groups.length - shown.length },
    groups: shown.map(({ key, now, then }) => ({
      key,
      name: key === null ? null : (named.get(key) ?? null),
      figures: [
        ...figures.map((figure) => {
          const [value, was] = [countFigure(figure, now), countFigure(figure, then)];
          const conditions = opensOf(figure, { period, by, key, filter });
          return figureValue(figure.code, value, hadCases ? was : null, {
            conditions,
            hides: mayHide ? figure.unit : null,
          });
        }),
        ...sealed,
      ],
    })),
  };
}

type Group = { key: string | null; now: GroupTally["tally"][]; then: GroupTally["tally"][]; received: number };

function groupsOf(tallies: readonly GroupTally[], by: FigureBy | null): readonly Group[] {
  const groups = new Map<string | null, Group>();
  if (by === null) groups.set(null, { key: null, now: [], then: [], received: 0 });
  for (const { span, key, tally } of tallies) {
    const group = groups.get(key) ?? { key, now: [], then: [], received: 0 };
    groups.set(key, group);
    (span === "now" ? group.now : group.then).push(tally);
    if (span === "now" && tally.facet === "state") group.received += tally.count;
  }
  const rank = ({ key }: Group) => (key === null ? "\uffff" : key);
  return [...groups.values()].sort((a, b) => b.received - a.received || (rank(a) < rank(b) ? -1 : 1));
}

function figureValue(
  code: string,
  { value, of }: Counted,
  was: Counted | null,
  { conditions, hides }: { readonly conditions: CaseFilter | null; readonly hides: Figure["unit"] | null },
): FigureValue {
  const shown = (counted: Counted) => {
    const isFew = hides !== null && counted.of < FEWEST_SHOWN;
    const isHidden = isFew || (hides === "cases" && (counted.value ?? 0) < FEWEST_SHOWN);
    const of = isFew ? null : counted.of;
    return { value: isHidden ? null : counted.value, of, isHidden };
  };
  const now = shown({ value, of });
  return { code, ...now, before: was === null ? null : shown(was), opens: now.isHidden ? null : conditions };
}

/** Whether so narrow a question is asked that its numbers may be about one person's work. */
function isOfFew(by: FigureBy | null, filter: CaseFilter): boolean {
  return by === "deputy" || by === "grid" || filter.deputy !== undefined || filter.grid !== undefined;
}

function opensOf(
  figure: Figure,
  within: {
    readonly period: Days;
    readonly by: FigureBy | null;
    readonly key: string | null;
    readonly filter: CaseFilter;
  },
): CaseFilter | null {
  const { period, by, key, filter } = within;
  const group = by === null ? {} : conditionsOfGroup(by, key);
  if (figure.unit !== "cases" || figure.opens === null || group === null) return null;
  // A list has each condition once: what the filter says of the same is not told apart from the figure's own.
  const isClear = Object.keys({ ...figure.opens, ...group }).every((name) => !(name in filter));
  if (!isClear) return null;
  const all = { received: { from: period.from, to: period.until }, ...filter, ...group, ...figure.opens };
  return isBelowCounty(by, filter) ? { ...all, minor: false } : all;
}

/** Whether any case had come in at all when the days before ended: else there is nothing to compare with. */
async function hadCasesBefore(tx: Transaction, reader: Reader, before: Days, day: ListDay): Promise<boolean> {
  const [row] = await tx.execute<{ had: boolean }>(sql`
    select exists (select from ${cases} where ${visibleTo(reader, day.today)} and ${countsAsOrdinary} and not ${isRehearsed}
      and ${receivedIn({ from: "1970-01-01", until: before.until }, day.timeZone)}) as had`);
  return row?.had ?? false;
}

/** The office's own line: how many sealed cases came in; of a part of the cases nobody is told that. */
async function sealedFigure(
  tx: Transaction,
  reader: Reader,
  told: { readonly asked: FiguresAsked; readonly before: Days; readonly hadCases: boolean },
  day: ListDay,
): Promise<FigureValue[]> {
  const { names, by, filter, period } = told.asked;
  const isWanted = names.length === 0 || names.includes(SEALED_FIGURE) || names.includes("cases");
  const isWhole = by === null && Object.values(filter).every((value) => value === undefined);
  if (reader.role !== "office" || reader.isWithoutSealed === true || !isWanted || !isWhole) return [];
  const counted = async (days: Days): Promise<Counted> => {
    const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from ${cases}
      where ${receivedIn(days, day.timeZone)} and ${countsAsSealed} and not ${isRehearsed} and ${visibleTo(reader, day.today)}`);
    return { value: row?.count ?? 0, of: row?.count ?? 0 };
  };
  const [now, was] = [await counted(period), await counted(told.before)];
  return [figureValue(SEALED_FIGURE, now, told.hadCases ? was : null, { conditions: null, hides: null })];
}
