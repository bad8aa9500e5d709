import type { Locale } from "./wording.ts";

/** The variables that an answer template may hold, written `{number}`. */
export const TEMPLATE_VARIABLES = ["number", "place", "holder", "due", "county"] as const;
/** A variable of an answer template. */
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

/** The values of a template's variables; what is not known is left out. */
export type TemplateValues = Readonly<Partial<Record<TemplateVariable, string>>>;

const VARIABLE = /\{([^{}]*)\}/g;

/** The values with which a template is shown before it is used. */
export const SAMPLE_VALUES: Readonly<Record<Locale, Readonly<Record<TemplateVariable, string>>>> = {
  "zh-CN": { number: "2026-000123", place: "柳东村一组", holder: "住建局", due: "12月3日 周四", county: "青禾县" },
  en: {
    number: "2026-000123",
    place: "Liudong group 1",
    holder: "Housing Office",
    due: "Thu, 3 Dec",
    county: "Qinghe County",
  },
};

/** The variables in a text that no template knows. */
export function unknownVariables(text: string): string[] {
  const known: readonly string[] = TEMPLATE_VARIABLES;
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = ""]) => name))].filter(
    (name) => !known.includes(name),
  );
}

/** The variables in a text that are none of these. */
export function unfilled(text: string, known: readonly TemplateVariable[]): string[] {
  const names: readonly string[] = known;
  return [...text.matchAll(VARIABLE)].map(([, name = ""]) => name).filter((name) => !names.includes(name));
}

/** A template's text with its variables filled in; one whose value is not known stays, so that whoever writes sees it. */
export function fillTemplate(text: string, values: TemplateValues): string {
  const known = new Map(Object.entries(values));
  return text.replaceAll(VARIABLE, (whole, name: string) => known.get(name) ?? whole);
}
