import type { z } from "zod";
import type { CASE_SEARCH } from "../../http/contract/case-filter.ts";
import type { Words } from "../words/zh-CN.ts";

/** The question that a list of cases answers. */
export type Search = z.input<typeof CASE_SEARCH>;
/** The conditions to which a list of cases is narrowed. */
export type Filter = NonNullable<Search["filter"]>;
/** The order of a list of cases. */
export type Sort = NonNullable<Search["sort"]>;
/** The name of a condition. */
export type FilterName = keyof Filter;
/** A list of cases as its address says it: each condition with its values, the order, the language. */
export type Params = { readonly [K in FilterName | "sort" | "lang"]?: string | readonly string[] };

/** The kind of each condition: how its values are chosen and written. */
export const KINDS = {
  state: "choice",
  open: "flag",
  outcome: "choice",
  late: "flag",
  minor: "flag",
  escalated: "flag",
  dueUntil: "day",
  received: "span",
  grid: "codes",
  township: "codes",
  station: "codes",
  deputy: "codes",
  unit: "codes",
  category: "codes",
  channel: "choice",
  rating: "codes",
  reopened: "flag",
  delivery: "choice",
  priority: "flag",
  hint: "flag",
  byHand: "flag",
  way: "choice",
  rule: "code",
  saidDone: "choice",
  claims: "choice",
  refusedBy: "choice",
  corrected: "flag",
  reached: "choice",
  verdict: "choice",
  mine: "flag",
  merged: "flag",
  rehearsal: "flag",
  sealed: "flag",
} as const satisfies Readonly<Record<FilterName, "choice" | "flag" | "day" | "span" | "codes" | "code">>;

/** The names of all conditions. */
export const FILTER_NAMES = Object.keys(KINDS) as FilterName[];

const NONE = "none";
const SORTS: readonly Sort[] = ["newest", "due-first", "last-spoken"];

function valuesOf(value: Params[FilterName]): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

/** Reads an address as a list of cases; what is no condition is left out, what is no value the API refuses. */
export function readParams(search: Readonly<Record<string, unknown>>): Params {
  const known: readonly string[] = [...FILTER_NAMES, "sort", "lang"];
  const isText = (value: unknown): value is string | readonly string[] =>
    typeof value === "string" || (Array.isArray(value) && value.every((one) => typeof one === "string"));
  return Object.fromEntries(Object.entries(search).filter(([name, value]) => known.includes(name) && isText(value)));
}

/** The order that an address asks for. */
export function sortOf({ sort }: Params): Sort {
  return SORTS.find((one) => one === sort) ?? "newest";
}

/** Reads what an address narrows the list to, as the API takes it. */
export function filterOf(params: Params): Filter {
  const filter: Record<string, unknown> = {};
  for (const name of FILTER_NAMES) {
    const values = valuesOf(params[name]);
    const [first] = values;
    if (first === undefined) continue;
    switch (KINDS[name]) {
      case "flag":
        filter[name] = first === "true";
        break;
      case "day":
      case "code":
        filter[name] = first;
        break;
      case "span": {
        const [from = "", to = ""] = first.split("..");
        filter[name] = { ...(from === "" ? {} : { from }), ...(to === "" ? {} : { to }) };
        break;
      }
      case "choice":
        filter[name] = values;
        break;
      case "codes":
        filter[name] =
          name === "rating"
            ? values.map(Number)
            : values.map((value) => (name === "category" && value === NONE ? null : value));
        break;
    }
  }
  return filter as Filter;
}

/** The address of what the API says that a list is narrowed to. */
export function paramsOf(filter: Filter): Params {
  const entries = Object.entries(filter).flatMap(([name, value]): [string, string | string[]][] => {
    if (value === undefined) return [];
    if (Array.isArray(value)) return [[name, value.map((one) => (one === null ? NONE : String(one)))]];
    if (typeof value === "object") return [[name, `${value.from ?? ""}..${value.to ?? ""}`]];
    return [[name, String(value)]];
  });
  return Object.fromEntries(entries);
}

/** The values of a condition that is chosen from a list, with their words; null for other conditions. */
export function choicesOf(
  name: FilterName,
  { codes, cases, ruleSentence }: Words,
): Readonly<Record<string, string>> | null {
  switch (name) {
    case "state":
      return codes.state;
    case "outcome":
      return codes.outcome;
    case "way":
      return codes.way;
    case "delivery":
      return cases.trouble;
    case "channel":
      return ruleSentence.channels;
    case "saidDone":
    case "claims":
    case "refusedBy":
    case "reached":
    case "verdict":
      return cases.facts[name];
    default:
      return KINDS[name] === "flag" ? { true: cases.yes, false: cases.no } : null;
  }
}

/** A condition in words: `状态：待分办、已交办`. */
export function sayCondition(name: FilterName, params: Params, words: Words): string {
  const values = valuesOf(params[name]);
  const label = words.cases.filter[name];
  if (KINDS[name] === "flag" && values[0] === "true") return label;
  const choices = choicesOf(name, words);
  const said = values.map((value) => choices?.[value] ?? (value === NONE ? words.cases.none : value));
  return `${label}: ${said.join(", ").replace("..", " – ")}`;
}
