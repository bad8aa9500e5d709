import type { Given } from "../client/call.ts";

/** The parts by which figures are told apart, and to which they are narrowed. */
export const PARTS = ["station", "township", "grid", "deputy", "unit", "category", "channel"] as const;
/** A part by which figures are told apart. */
export type Part = (typeof PARTS)[number];

/** The page of figures as its address says it: the period, what it is narrowed to, and by what it is told apart. */
export type StatisticsParams = {
  readonly period?: string;
  readonly by?: Part;
} & { readonly [K in Part]?: string };

const NONE = "none";

/** Reads an address as the page of figures; what is no condition is left out, what is no value the API refuses. */
export function readStatisticsParams(search: Readonly<Record<string, unknown>>): StatisticsParams {
  const by = PARTS.find((one) => one === search.by);
  const given = ["period" as const, ...PARTS].flatMap((name) => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(given), ...(by === undefined ? {} : { by }) };
}

/** The value of an address for a part; a category may be none at all. */
export function valueOfPart(key: string | null): string {
  return key ?? NONE;
}

/** Reads what an address narrows the figures to, as the API takes it. */
export function filterOfParams(params: StatisticsParams): Readonly<Partial<Record<Part, (string | null)[]>>> {
  return Object.fromEntries(
    PARTS.flatMap((part) => {
      const value = params[part];
      return value === undefined ? [] : [[part, [part === "category" && value === NONE ? null : value]]];
    }),
  );
}

/** The question for the figures of an address. */
export function figuresQuery(params: StatisticsParams, period: string): NonNullable<Given<"GET /figures">["query"]> {
  return { period, filter: JSON.stringify(filterOfParams(params)) };
}
