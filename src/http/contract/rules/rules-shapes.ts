import { z } from "zod";
import type { Condition } from "../../../domain/rules/condition.ts";
import {
  FINDING_CODES,
  FINDING_KINDS,
  FINDING_VALUES,
  type FindingSaid,
} from "../../../domain/rules/finding-values.ts";

const moment = z.string().meta({ format: "date-time" });
const day = z.iso.date();
const number = z.int().min(1);

/** The roles that read rules. */
export const READERS = ["office", "reviewer", "auditor"] as const;
/** The number of a version, in an address. */
export const VERSION_NUMBER = z
  .string()
  .regex(/^[1-9][0-9]{0,8}$/)
  .transform(Number);
/** A version in an address. */
export const ONE_VERSION = z.strictObject({ number: VERSION_NUMBER });
/** The refusal of a number that no version has. */
export const NO_VERSION = "There is no version with this number.";
/** Rules as an office writes them. */
export const CONTENT = z
  .unknown()
  .meta({ description: "Rules as an office writes them, of any shape: findings say what is wrong." });

/** A condition of a rule as it was read: what the clicking editor shows and changes. */
export const CONDITION: z.ZodType<Condition> = z
  .unknown()
  .meta({ id: "Condition", description: "A condition that was read; `kind` says which." }) as z.ZodType<Condition>;

/** The kinds of findings about rules, and how heavy each is. */
const WEIGHTS = ["refused", "dead", "nobody", "overload", "notice"] as const;

const found = z.object({
  rule: z.string().nullable(),
  at: z.string().nullable().describe("The place in the content, such as `rules[1].when.and[0].in`."),
  kind: z.enum(FINDING_KINDS),
  text: z.string().describe("The sentence in English; `code` and `values` are what it is made of in any language."),
});

/** A finding of a check: the rule, its kind, its code with its parameters, and one sentence. */
export const CHECK_FINDING = withSaid(found).meta({ id: "RuleCheckFinding" });

/** A finding of a check of content that somebody edits: it has its weight, and its place also where the rule tells it. */
export const FINDING = withSaid(found.extend({ weight: z.enum(WEIGHTS) })).meta({ id: "RuleFinding" });

/** Each code with the parameters that belong to it. */
function withSaid<T extends z.ZodObject>(shape: T): z.ZodType<z.output<T> & FindingSaid> {
  const all = FINDING_CODES.map((code) => shape.extend({ code: z.literal(code), values: FINDING_VALUES[code] }));
  return z.union(all) as unknown as z.ZodType<z.output<T> & FindingSaid>;
}

/** A version of the rules in a list. */
export const RULESET = z
  .object({
    number,
    name: z.string(),
    state: z.enum(["draft", "in-review", "published", "retired"]),
    author: z.string(),
    takesBack: number.nullable(),
    basedOn: number.nullable().describe("The version that was published when it was drafted."),
    reviewerWanted: z.string().nullable(),
    createdAt: moment,
    submittedAt: moment.nullable(),
    reviewer: z.string().nullable(),
    reviewNote: z.string().nullable(),
    reviewedAt: moment.nullable(),
    publishedAt: moment.nullable(),
    retiredAt: moment.nullable(),
  })
  .meta({ id: "RulesetRow" });

/** A version whole: its content as it was written, each rule's condition as it was read, and its events. */
export const RULESET_WHOLE = RULESET.extend({
  content: z.unknown(),
  read: z.array(CONDITION).describe("In the order of the rules."),
  events: z.array(
    z.object({
      type: z.enum(["drafted", "edited", "submitted", "published", "turned-down", "withdrawn", "retired"]),
      by: z.string(),
      at: moment,
      note: z.string().nullable(),
    }),
  ),
}).meta({ id: "RulesetRead" });

/** A change between two versions: of one rule, or of the set itself where `rule` is null. */
export const CHANGE = z
  .object({
    change: z.string().describe("The name under which the change is looked at: `PUT /rulesets/{number}/looks`."),
    rule: z.string().nullable(),
    kind: z.enum(["added", "removed", "moved", "changed"]),
    from: z.unknown().describe("The rule as it was written before; null for one that is added."),
    to: z.unknown(),
    fields: z
      .array(z.string())
      .describe("What differs: when, then, reason, owner, expires; of the set name, otherwise."),
    order: z.object({ from: z.int().nullable(), to: z.int().nullable() }).describe("From 1."),
    readFrom: CONDITION.nullable(),
    readTo: CONDITION.nullable(),
    isLooked: z.boolean().describe("Whether the caller has opened it."),
  })
  .meta({ id: "RuleChange" });

/** A comment on a version, or on one rule of it. */
export const COMMENT = z
  .object({
    id: z.uuid(),
    rule: z.string().nullable(),
    text: z.string(),
    must: z.boolean().describe("Whether it must be resolved before anybody publishes."),
    by: z.string(),
    at: moment,
    resolvedBy: z.string().nullable(),
    resolvedAt: moment.nullable(),
  })
  .meta({ id: "RuleComment" });

/** The things that may be missing before a person publishes a version. */
export const MISSING = z.enum(["base", "check", "dry-run", "looks", "must-comments"]);

const verdict = z.enum(["right", "wrong"]);

/** A matter that a draft would give to somebody else than happened, or than the rules in force would. */
export const DIFFERENCE = z
  .object({
    case: z.string(),
    from: z.string(),
    to: z.string(),
    rule: z.string(),
    fromRule: z.string().nullable().describe("The rule, or the way, by which it went; null where that was not kept."),
    kind: z.enum(["past", "published", "nobody"]),
    text: z.string().describe("The beginning of what the resident said, masked."),
    matched: z
      .array(z.tuple([z.int(), z.int()]))
      .describe("Where the rule's words stand in it: from the first sign to behind the last."),
    marks: z.array(z.object({ verdict, by: z.string(), isMine: z.boolean() })),
  })
  .meta({ id: "RuleDifference", description: "Codes of deputies, `unit:CODE` or `office`." });

/** A person's judgement on a case that a version would have given to somebody else; it stays with the version. */
export const MARK = z
  .object({
    ...{ case: z.string(), from: z.string(), to: z.string(), rule: z.string(), verdict },
    ...{ by: z.string(), isMine: z.boolean(), at: moment },
  })
  .meta({ id: "RuleMark" });

/** The result of a check: what was found of which rule. */
export const CHECKED = z.object({ ok: z.boolean(), findings: z.array(CHECK_FINDING) }).meta({ id: "RulesCheck" });

/** The report of a dry run as a whole. */
export const DRY_RUN_REPORT = z
  .looseObject({
    messages: z.int(),
    moved: z.int(),
    nobody: z.int(),
    perRule: z.record(z.string(), z.int()),
    differences: z.array(z.object({ case: z.string(), from: z.string(), to: z.string(), rule: z.string() })),
  })
  .meta({ id: "DryRun", description: "Codes of deputies, `unit:CODE` or `office`." });

/** A message that is tried, as far as it is known. */
export const MESSAGE = z.strictObject({
  text: z.string().max(4000),
  grid: z.string().max(64).nullish(),
  at: moment.optional().describe("When it would come; now when left out."),
  hasPhoto: z.boolean().optional(),
  channel: z.string().max(64).optional(),
  language: z.enum(["zh-CN", "en"]).optional(),
  openCases: z.int().min(0).max(1000).optional().describe("Of the resident."),
  category: z.string().max(64).nullish().describe("Told instead of guessed; null for none."),
});

const holder = z.object({
  kind: z.enum(["deputy", "unit", "office"]),
  code: z.string().nullable(),
  name: z.string(),
});

/** The course of a message that is tried: each step, the decision, and what people would read. */
export const SIMULATED = z
  .object({
    version: z.int().nullable().describe("Null for content that is not stored, and where nothing is published."),
    steps: z.array(
      z.object({
        what: z.enum(["sealed", "emergency", "category", "rule", "target", "people"]),
        rule: z.string().optional(),
        order: z.int().optional(),
        holds: z.boolean(),
        because: z
          .array(z.string())
          .describe("Codes, words of the message, or the first part that failed, as JSONLogic."),
        failed: CONDITION.nullable().describe("Of a rule that does not hold: its first part that failed, as read."),
      }),
    ),
    decision: z
      .looseObject({
        chosen: z.unknown(),
        rule: z.string(),
        way: z.string().nullable(),
        candidates: z.array(z.unknown()),
        passedOver: z.array(z.looseObject({ deputy: z.string(), why: z.string() })),
      })
      .nullable()
      .describe("Null for what would be sealed: rules are not asked then."),
    goesTo: holder,
    told: z.array(z.object({ to: z.enum(["resident", "deputy", "unit"]), text: z.string() })),
  })
  .meta({ id: "Simulated" });

/** The use of one rule of the rules in force. */
export const RULE_USE = z
  .object({
    rule: z.string(),
    order: z.int(),
    hits: z.int(),
    movedAfter: z.int().describe("Cases that a person moved away afterwards."),
    owner: z.string(),
    reason: z.string(),
    expires: day.nullable(),
    changedIn: z.int().describe("The version in which it took its present form."),
  })
  .meta({ id: "RuleUse" });

const step = z.object({
  deputy: z.string(),
  as: z.enum(["target", "grid", "station", "substitute"]),
  name: z.string(),
  untilOn: day.nullable(),
  awayUntil: moment.nullable(),
  hasChat: z.boolean(),
});

/** A grid with the people who get what comes from it, one after the other. */
export const GRID_CHAIN = z
  .object({
    grid: z.string(),
    name: z.string(),
    township: z.string(),
    station: z.string().nullable(),
    rule: z.string().nullable(),
    chain: z.array(step),
    now: z.string(),
    personUntil: day.nullable(),
  })
  .meta({ id: "GridChain" });
