import type { Condition } from "../../../domain/rules/condition.ts";
import type { RuleTarget } from "../../../domain/rules/ruleset.ts";
import type { CodeVariable } from "../../../domain/rules/variables.ts";
import type { Words } from "../../words/zh-CN.ts";

/** The kinds of things of a county that rules name by a code. */
export type NameKind = "grid" | "township" | "community" | "station" | "deputy" | "group" | "unit" | "category";

/** The lookup of the name behind a code; null while it is not known. */
export type NameOf = (kind: NameKind, code: string) => string | null;

/** The kind of what a variable names; null where its values are words of the console itself. */
export const KIND_OF: Readonly<Record<CodeVariable, NameKind | null>> = {
  category: "category",
  channel: null,
  language: null,
  "grid.code": "grid",
  "grid.township": "township",
  "grid.community": "community",
  "grid.station": "station",
};

type Sayer = { readonly words: Words["ruleSentence"]; readonly nameOf: NameOf };

/** Says a condition in plain words, with names instead of codes: `内容提到「电梯」或「困梯」，且在 东关街道`. */
export function sayCondition(condition: Condition, { ruleSentence: words }: Words, nameOf: NameOf): string {
  return say(condition, { words, nameOf }, false);
}

/** Says who gets what a rule takes, by name. */
export function sayTarget(target: RuleTarget, { ruleSentence: words }: Words, nameOf: NameOf): string {
  const { target: said } = words;
  switch (target.kind) {
    case "grid":
      return said.grid;
    case "office":
      return said.office;
    case "station":
      return target.code === null ? said.ownStation : said.station(nameOf("station", target.code) ?? target.code);
    case "deputy":
    case "group":
    case "unit":
      return said[target.kind](nameOf(target.kind, target.code) ?? target.code);
  }
}

function say(condition: Condition, sayer: Sayer, isInside: boolean): string {
  const { words } = sayer;
  switch (condition.kind) {
    case "constant":
      return condition.holds ? words.always : words.never;
    case "all":
    case "any":
      return sayMany(condition, sayer, isInside);
    case "not":
      return sayNot(condition.of, sayer);
    case "says":
      return words.mentionsAny(words.quote(condition.word));
    case "is":
      return sayIs(condition, sayer, false);
    case "contains":
      return words.contains(words.field[condition.variable], condition.part);
    case "within":
      return sayRange(condition, words);
    case "photo":
      return words.photo;
  }
}

/** Words that stand together are said together; weekdays and hours of an “any” are a list. */
function sayMany({ kind, of }: Extract<Condition, { kind: "all" | "any" }>, sayer: Sayer, isInside: boolean): string {
  const { words } = sayer;
  if (of.length === 0) return kind === "all" ? words.always : words.never;
  const said = of.flatMap((one) => (one.kind === "says" ? [one.word] : []));
  const days = of.flatMap((one) =>
    one.kind === "within" && one.variable === "weekday" && one.from === one.to ? [one.from] : [],
  );
  const parts: string[] = [];
  if (kind === "any" && days.length === of.length) {
    return words.weekday(days.map((day) => words.weekdays[day - 1] ?? String(day)).join(words.listOr));
  }
  for (const one of of) {
    if (one.kind !== "says") parts.push(say(one, sayer, of.length > 1));
    else if (one === of.find((other) => other.kind === "says")) {
      const quoted = said.map(words.quote).join(kind === "any" ? words.listOr : words.listAnd);
      parts.push(kind === "any" || said.length === 1 ? words.mentionsAny(quoted) : words.mentionsAll(quoted));
    }
  }
  const joined = parts.join(kind === "all" ? words.and : words.or);
  return isInside && parts.length > 1 ? words.group(joined) : joined;
}

function sayNot(of: Condition, sayer: Sayer): string {
  const { words } = sayer;
  switch (of.kind) {
    case "photo":
      return words.noPhoto;
    case "says":
      return words.mentionsNone(words.quote(of.word));
    case "is":
      return sayIs(of, sayer, true);
    case "contains":
      return words.containsNot(words.field[of.variable], of.part);
    case "any": {
      const said = of.of.flatMap((one) => (one.kind === "says" ? [words.quote(one.word)] : []));
      if (said.length > 0 && said.length === of.of.length) return words.mentionsNone(said.join(words.listOr));
    }
  }
  return words.not(say(of, sayer, true));
}

function sayIs({ variable, oneOf }: Extract<Condition, { kind: "is" }>, sayer: Sayer, isNot: boolean): string {
  const { words } = sayer;
  const names = oneOf.flatMap((code) => (code === null ? [] : [nameOfValue(variable, code, sayer)]));
  const isUnknown = oneOf.includes(null);
  const unknown = isNot ? words.known[variable] : words.unknown[variable];
  if (names.length === 0) return isUnknown ? unknown : isNot ? words.always : words.never;
  const listed = (isNot ? words.isNot : words.is)[variable](names.join(words.listOr));
  return isUnknown ? words.group(`${listed}${isNot ? words.and : words.or}${unknown}`) : listed;
}

function nameOfValue(variable: CodeVariable, code: string, { words, nameOf }: Sayer): string {
  const kind = KIND_OF[variable];
  if (kind !== null) return nameOf(kind, code) ?? code;
  return (variable === "language" ? words.languages : words.channels)[code] ?? code;
}

function sayRange(
  { variable, from, to }: Extract<Condition, { kind: "within" }>,
  words: Words["ruleSentence"],
): string {
  if (from > to) return words.never;
  switch (variable) {
    case "hour":
      return words.hour(Math.max(from, 0), Math.min(to, 23));
    case "weekday": {
      const name = (day: number) => words.weekdays[Math.min(Math.max(day, 1), 7) - 1] ?? String(day);
      return words.weekday(from === to ? name(from) : words.weekdaySpan(name(from), name(to)));
    }
    case "resident.openCases": {
      const said = words.openCases;
      if (from === to) return said.exactly(from);
      if (to === Number.POSITIVE_INFINITY) return from === Number.NEGATIVE_INFINITY ? words.always : said.atLeast(from);
      return from === Number.NEGATIVE_INFINITY ? said.atMost(to) : said.between(from, to);
    }
  }
}
