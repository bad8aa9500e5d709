import { createHash } from "node:crypto";
import type { Transaction } from "../../../db/database.ts";
import type { Reader } from "../../domain/access/may-see.ts";
import { definitionsIn, type FigureDefinition, sayEverywhere } from "../../domain/figures/notes.ts";
import type { Period } from "../../domain/figures/period.ts";
import { readCounty } from "../county/settings.ts";
import type { CaseFilter, ListDay } from "../staff/case-conditions.ts";
import type { CountingPace } from "./day-pages.ts";
import { type FigureGroupValues, type Figures, type FigureValue, figuresFor } from "./figures.ts";
import type { FigureBy } from "./groups.ts";
import { REPORT_WORDS, type ReportWords } from "./report-words.ts";

/** The report that is asked for. */
export type ReportAsked = {
  readonly period: Period;
  readonly by: FigureBy | null;
  readonly filter: CaseFilter;
  readonly language: "zh" | "en";
};

/** A figure as a line of a report. */
export type ReportLine = {
  readonly code: string;
  readonly name: string;
  /** As it is printed: a number with its unit, or why there is none. */
  readonly said: string;
  readonly value: number | null;
  readonly of: number | null;
  /** Of the cases among which is counted, 0 to 1; null where a share says nothing. */
  readonly share: number | null;
  readonly before: number | null;
  readonly saidBefore: string;
};

/** A report before it is Excel or PDF: the figures, one group by another, and how each is computed. */
export type Report = {
  readonly words: ReportWords;
  readonly county: string;
  readonly asked: ReportAsked;
  readonly figures: Figures;
  readonly sections: readonly {
    readonly definition: FigureDefinition;
    readonly lines: readonly ReportLine[];
  }[];
  /** The figures by part; null where none is asked for. */
  readonly parts: Figures | null;
  readonly definitions: readonly FigureDefinition[];
  readonly everywhere: string;
  /** SHA-256 over the figures: reports of the same figures have the same, in whatever form. */
  readonly hash: string;
  readonly made: Date;
  /** The same as people of the county write it. */
  readonly madeAt: string;
};

/** A share of so few cases is no share. */
const FEWEST_FOR_SHARE = 5;

/** Counts what a report tells, once, for Excel and PDF alike. */
export async function reportFor(
  tx: Transaction,
  reader: Reader,
  asked: ReportAsked,
  day: ListDay & { readonly now: Date },
  pace?: CountingPace,
): Promise<Report> {
  const { period, by, filter, language } = asked;
  const words = REPORT_WORDS[language];
  const definitions = definitionsIn(language);
  const figures = await figuresFor(tx, reader, { names: [], period, by: null, filter }, day, pace);
  const parts = by === null ? null : await figuresFor(tx, reader, { names: [], period, by, filter }, day, pace);
  const all = figures.groups[0]?.figures ?? [];
  const groups = [...new Set(definitions.map(({ group }) => group))];
  const told = [figures, parts].map((one) => one?.groups.map(({ key, figures: values }) => [key, values.map(bare)]));
  return {
    ...{ words, asked, figures, parts, definitions, everywhere: sayEverywhere(language), made: day.now },
    county: (await readCounty(tx)).name,
    madeAt: new Intl.DateTimeFormat("sv-SE", {
      timeZone: day.timeZone,
      dateStyle: "short",
      timeStyle: "short",
    }).format(day.now),
    sections: groups.flatMap((group) => {
      const ofGroup = definitions.filter((one) => one.group === group);
      const [definition] = ofGroup;
      const lines = ofGroup.flatMap((one) => {
        const value = all.find(({ code }) => code === one.code);
        return value === undefined ? [] : [lineOf(value, one, words)];
      });
      return definition === undefined ? [] : [{ definition, lines }];
    }),
    hash: createHash("sha256")
      .update(JSON.stringify([period, by, filter, ...told]))
      .digest("hex"),
  };
}

/** A figure as a line, in words. */
function lineOf(value: FigureValue, { code, name, unit }: FigureDefinition, words: ReportWords): ReportLine {
  const of = value.of ?? 0;
  const isShare =
    unit === "cases" && value.value !== null && of >= FEWEST_FOR_SHARE && code !== "received" && code !== "sealed";
  const say = (amount: number | null) => (amount === null ? words.none : words.amount[unit](amount));
  return {
    ...{ code, name, value: value.value, of: value.of },
    said: value.isHidden ? words.hidden : say(value.value),
    share: isShare ? (value.value ?? 0) / of : null,
    before: value.before?.value ?? null,
    saidBefore: value.before === null ? words.noBefore : value.before.isHidden ? words.hidden : say(value.before.value),
  };
}

/** The name by which a part of the cases is shown. */
export function nameOfPart({ key, name }: FigureGroupValues, words: ReportWords, by: FigureBy | null): string {
  if (key === null) return words.nobody;
  if (by === "channel") return words.channels[key] ?? key;
  return name === null ? key : `${name}（${key}）`;
}

/** The conditions of a report in words. */
export function sayFilter({ filter }: ReportAsked, words: ReportWords): string {
  const said = Object.entries(words.by).flatMap(([name, label]) => {
    const values = (filter as Readonly<Record<string, readonly (string | null)[] | undefined>>)[name];
    const names = name === "channel" ? words.channels : {};
    const said = values?.map((one) => (one === null ? words.nobody : (names[one] ?? one)));
    return said === undefined ? [] : [`${label} ${said.join("、")}`];
  });
  return said.length === 0 ? words.everything : said.join("；");
}

function bare({ code, value, of, before, isHidden }: FigureValue) {
  return [code, value, of, before?.value ?? null, before?.of ?? null, isHidden];
}
