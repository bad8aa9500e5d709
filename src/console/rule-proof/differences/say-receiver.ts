import type { NameOf } from "../../parts/naming/say-condition.ts";
import type { Codes } from "../../parts/naming/use-names.ts";
import type { Words } from "../../words/zh-CN.ts";

const UNIT = "unit:";

/** Says who gets a case, by the code of a dry run: a deputy's, `unit:CODE` or `office`. */
export function sayReceiver(code: string, { proof }: Words, nameOf: NameOf): string {
  if (code === "office") return proof.office;
  if (!code.startsWith(UNIT)) return nameOf("deputy", code) ?? code;
  const unit = code.slice(UNIT.length);
  return proof.unit(nameOf("unit", unit) ?? unit);
}

/** The codes of deputies and units among those of a dry run, of which names are wanted. */
export function receiversIn(codes: readonly string[]): Codes {
  const all = [...new Set(codes)].filter((code) => code !== "office").sort();
  const units = all.filter((code) => code.startsWith(UNIT)).map((code) => code.slice(UNIT.length));
  const deputies = all.filter((code) => !code.startsWith(UNIT));
  return {
    ...(deputies.length === 0 ? {} : { deputy: deputies }),
    ...(units.length === 0 ? {} : { unit: units }),
  };
}

/** Says by what a case goes where it goes: a rule, the end of all rules, or one of the ways that need none. */
export function sayRule(rule: string | null, { proof, shell }: Words): string {
  if (rule === null) return shell.nothing;
  return rule === "otherwise" ? proof.otherwise : (proof.way[rule] ?? proof.rule(rule));
}
