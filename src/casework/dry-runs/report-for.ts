import { sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { deputies, units } from "../../../db/schema/people.ts";
import type { DryRunReport } from "../../domain/rule-trials/dry-run-report.ts";
import type { Caller } from "../access/caller.ts";
import { differencesOf } from "./differences.ts";

const MOST_CASES = 10_000;
const MOST_NOBODY = 100;
const SAMPLES = 3;

/** The counts that a dry run leaves behind, as its errand keeps them. */
export type KeptCounts = Pick<
  DryRunReport,
  "messages" | "moved" | "nobody" | "movedAgainstPublished" | "leftOut" | "perRule" | "loads"
> & {
  readonly kinds: readonly {
    readonly kind: string;
    readonly from: string;
    readonly to: string;
    readonly rule: string;
    readonly count: number;
  }[];
};

/** The report of a dry run that was done, with the cases that exist for the caller alone, and people by name beside their codes. */
export async function reportFor(
  tx: Transaction,
  caller: Pick<Caller, "id">,
  errandId: string,
  counts: KeptCounts,
): Promise<DryRunReport> {
  const list = (kind: "past" | "nobody", limit: number) => differencesOf(tx, caller, errandId, { kind, limit });
  const [past, nobody, say] = await Promise.all([list("past", MOST_CASES), list("nobody", MOST_NOBODY), namesIn(tx)]);
  const samples = Map.groupBy(past.items, keyOf);
  const { kinds, ...sums } = counts;
  return {
    ...sums,
    loads: sums.loads.map((load) => ({ ...load, who: say(load.who) })),
    differences: past.items.map((one) => ({
      case: one.case,
      from: say(one.from),
      to: say(one.to),
      rule: one.rule,
    })),
    differencesLeftOut: Math.max(0, counts.moved - past.items.length),
    nobodyCases: nobody.items.map((one) => one.case),
    kinds: [...together(kinds.filter(({ kind }) => kind === "past"))].map(([key, { from, to, rule, count }]) => {
      const numbers = (samples.get(key) ?? []).slice(0, SAMPLES).map((one) => one.case);
      return { from: say(from), to: say(to), rule, count, samples: numbers };
    }),
  };
}

type Change = Pick<KeptCounts["kinds"][number], "from" | "to" | "rule">;

function keyOf({ from, to, rule }: Change): string {
  return `${from}\n${to}\n${rule}`;
}

/** Kinds of difference whichever rule they were taken from. */
function together(kinds: KeptCounts["kinds"]): ReadonlyMap<string, Change & { readonly count: number }> {
  const found = new Map<string, Change & { readonly count: number }>();
  for (const one of kinds) {
    const key = keyOf(one);
    found.set(key, { ...one, count: one.count + (found.get(key)?.count ?? 0) });
  }
  return found;
}

/** The names of deputies and units by the codes of a dry run: `王芳 D009`. */
async function namesIn(tx: Transaction): Promise<(code: string) => string> {
  const [people, offices] = await Promise.all([
    tx.select({ code: deputies.code, name: deputies.name }).from(deputies),
    tx.select({ code: sql<string>`'unit:' || ${units.code}`, name: units.name }).from(units),
  ]);
  const names = new Map([...people, ...offices].map(({ code, name }) => [code, name]));
  return (code) => {
    const name = names.get(code);
    return name === undefined ? code : `${name} ${code.replace(/^unit:/, "")}`;
  };
}
