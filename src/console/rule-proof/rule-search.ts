const NAMES = ["run", "from", "to", "version", "case", "days", "only", "on"] as const;

/** The conditions that the address of a page about rules may hold: which versions, which case, which part of a list. */
export type RuleSearch = { readonly [K in (typeof NAMES)[number]]?: string };

/** Reads what an address says; the rest of it is left out, and what is no value the API refuses. */
export function readRuleSearch(search: Readonly<Record<string, unknown>>): RuleSearch {
  return Object.fromEntries(
    NAMES.flatMap((name) => (typeof search[name] === "string" ? [[name, search[name]] as const] : [])),
  );
}
