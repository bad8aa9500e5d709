import { z } from "zod";

/** The kinds of findings about a rule set, in the order in which they are reported. */
export const FINDING_KINDS = [
  "invalid",
  "unknown-target",
  "expired",
  "shadowed",
  "duplicate",
  "loop",
  "overload",
  "gap",
] as const;

/** A kind of finding about a rule set. */
export type FindingKind = (typeof FINDING_KINDS)[number];

const nothing = z.object({});
const said = z.object({ said: z.string() });
const most = z.object({ most: z.number() });
const counted = z.object({ count: z.int(), most: z.number() });
const named = z.object({ code: z.string() });
const variable = z.object({ variable: z.string() });
const target = z.object({
  kind: z.enum(["grid", "station", "deputy", "group", "unit", "office"]),
  code: z.string().nullable(),
});
const some = z.object({ first: z.array(z.string()), count: z.int() });
const grids = z.object({ grids: some, isCounted: z.boolean() });

/** The parameters of each finding about a rule set, by its code: what its sentence is made of in any language. */
export const FINDING_VALUES = {
  // The set cannot be read.
  "too-large": most,
  "too-large-for-rules": z.object({ bytes: z.int(), count: z.int(), most: z.int() }),
  "not-utf8": nothing,
  "no-json": said,
  "too-many-rules": counted,
  "cannot-be-stored": nothing,
  shape: said,
  // A rule cannot be read.
  absent: nothing,
  "wrong-type": z.object({ expected: z.string() }),
  blank: nothing,
  "text-long": most,
  "unknown-key": z.object({ keys: z.array(z.string()) }),
  "bad-id": nothing,
  "bad-day": nothing,
  "no-target": nothing,
  "same-id": nothing,
  // A condition cannot be read.
  "many-parts": most,
  "too-deep": most,
  "one-operation": nothing,
  "one-condition": nothing,
  "no-statement": said,
  "unknown-operator": said,
  "no-parts": nothing,
  "one-value": nothing,
  "one-number": nothing,
  "two-operands": nothing,
  "three-operands": nothing,
  "in-form": nothing,
  "text-or-null": variable,
  "number-wanted": variable,
  "true-or-false": variable,
  "whole-text": nothing,
  "long-list": counted,
  "wrong-list": variable,
  "empty-word": nothing,
  "long-word": most,
  "long-code": most,
  "no-text": variable,
  "no-order": variable,
  "unknown-variable": said,
  // The targets.
  "no-deputy": named,
  "term-ended": z.object({ code: z.string(), day: z.string() }),
  "no-group": named,
  "empty-group": named,
  "no-station": named,
  "empty-station": named,
  "no-unit": named,
  // The rest of the check.
  expired: z.object({ day: z.string(), owner: z.string() }),
  impossible: z.object({ isProven: z.boolean() }),
  covered: z.object({ by: some, isProven: z.boolean() }),
  again: z.object({ first: z.string() }),
  contradicts: z.object({ first: z.string(), there: target, here: target }),
  circle: z.object({ day: z.string(), people: z.array(z.string()) }),
  overload: z.object({
    ...{ deputy: z.string(), name: z.string(), count: z.int(), total: z.int() },
    /** In whole percent. */
    ...{ share: z.int(), most: z.int() },
    /** By a rule's id; null is `otherwise`. */
    ways: z.array(z.object({ rule: z.string().nullable(), count: z.int() })),
  }),
  gap: grids,
  "gap-of-rules": grids.extend({
    /** Ids; null is `otherwise`. Empty where the finding is about one rule. */
    rules: z.object({ first: z.array(z.string().nullable()), count: z.int() }),
    example: z.object({ text: z.string(), category: z.string().nullable() }),
  }),
} as const satisfies Readonly<Record<string, z.ZodObject>>;

/** The code of a finding about a rule set. */
export type FindingCode = keyof typeof FINDING_VALUES;
/** The parameters of each finding, by its code. */
export type FindingValues = { readonly [C in FindingCode]: z.output<(typeof FINDING_VALUES)[C]> };
/** The content of a finding, in no language: its code with its parameters. */
export type FindingSaid = { [C in FindingCode]: { readonly code: C; readonly values: FindingValues[C] } }[FindingCode];

/** The codes of all findings. */
export const FINDING_CODES = Object.keys(FINDING_VALUES) as readonly FindingCode[];

const KINDS: Partial<Record<FindingCode, FindingKind>> = {
  "no-deputy": "unknown-target",
  "term-ended": "unknown-target",
  "no-group": "unknown-target",
  "empty-group": "unknown-target",
  "no-station": "unknown-target",
  "empty-station": "unknown-target",
  "no-unit": "unknown-target",
  expired: "expired",
  impossible: "shadowed",
  covered: "shadowed",
  again: "duplicate",
  contradicts: "duplicate",
  circle: "loop",
  overload: "overload",
  gap: "gap",
  "gap-of-rules": "gap",
};

/** The kind of a finding, by its code: whatever is of no other kind cannot be read. */
export function kindOfFinding(code: FindingCode): FindingKind {
  return KINDS[code] ?? "invalid";
}

const MOST_NAMED = 5;

/** The first few of many, with how many there are. */
export function someOf<T extends string | null>(all: readonly T[]): { first: T[]; count: number } {
  return { first: all.slice(0, MOST_NAMED), count: all.length };
}
