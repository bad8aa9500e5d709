import { z } from "zod";
import { CASE_OUTCOMES, CASE_STATES } from "../../domain/case/case.ts";
import { CLAIMS, REACHES, REFUSERS, SAYERS, VERDICTS } from "../../domain/figures/facts.ts";
import { WAYS } from "../../domain/routing/route.ts";

const day = z.iso.date({ error: "must be a day such as 2026-11-30" });
const code = z.string().min(1).max(64);
const codes = z.array(code).min(1).max(200);

/** The orders of a list of cases: received last first, due first among the open ones, spoken of last first. */
const CASE_SORTS = ["newest", "due-first", "last-spoken"] as const;

/** The troubles of delivery by which cases are filtered. */
const DELIVERY_TROUBLES = ["waiting", "answer-waits", "uncertain", "failed", "held"] as const;

/** What a sealed case says of itself in a list: any other condition would tell more of it than a list does. */
const BESIDE_SEALED: ReadonlySet<string> = new Set(["sealed", "state", "open", "rehearsal"]);

/** The conditions to which a list of cases is narrowed: all conditions hold at once, and of the values of one condition any. */
export const CASE_FILTER = z
  .strictObject({
    state: z.array(z.enum(CASE_STATES)).min(1).optional(),
    open: z.boolean().optional(),
    outcome: z.array(z.enum(CASE_OUTCOMES)).min(1).optional(),
    late: z.boolean().optional().describe("Open, and its day is over."),
    minor: z.boolean().optional().describe("A child wrote it. Figures of less than the county count none of these."),
    escalated: z.boolean().optional().describe("Open, and passed upwards because nobody answered in time."),
    dueUntil: day.optional(),
    received: z.strictObject({ from: day.optional(), to: day.optional() }).optional(),
    grid: codes.optional(),
    township: codes.optional().describe("Names of townships, as the grids have them."),
    station: codes.optional(),
    deputy: codes.optional(),
    unit: codes.optional(),
    category: z.array(code.nullable()).min(1).max(200).optional().describe("Null for those without one."),
    channel: codes.optional().describe("Kinds of channels, such as wechat-official."),
    rating: z.array(z.int().min(1).max(5)).min(1).optional(),
    reopened: z.boolean().optional(),
    delivery: z.array(z.enum(DELIVERY_TROUBLES)).min(1).optional(),
    priority: z.boolean().optional().describe("Told as a danger to life."),
    hint: z
      .boolean()
      .optional()
      .describe("Words of it hint at a danger to life, and it is not told as one: its resident read whom to call."),
    byHand: z.boolean().optional().describe("Where it is because somebody of the office moved it."),
    way: z.array(z.enum(WAYS)).min(1).optional().describe("How its last decision found who has it."),
    rule: z
      .string()
      .regex(/^[1-9][0-9]{0,8}\/.{1,64}$/u, { error: "must be a version and a rule such as 9/lifts" })
      .optional(),
    saidDone: z
      .array(z.enum(SAYERS))
      .min(1)
      .optional()
      .describe(
        "Was closed as solved on the unit's word, because a deputy had looked, or by a deputy's own closing, of which nobody knows whether they looked.",
      ),
    claims: z
      .array(z.enum(CLAIMS))
      .min(1)
      .optional()
      .describe(
        "What the resident says of a closing as solved; silent where the time for it was over without a word: until the clock of the verdict, of older closings fourteen whole days.",
      ),
    refusedBy: z.array(z.enum(REFUSERS)).min(1).optional().describe("Who closed it as not in scope."),
    corrected: z.boolean().optional().describe("A deputy gave it back, or the office placed or moved it."),
    reached: z
      .array(z.enum(REACHES))
      .min(1)
      .optional()
      .describe(
        "How soon the first answer of a person reached the resident: within an hour, within 48, later, not yet.",
      ),
    verdict: z.array(z.enum(VERDICTS)).min(1).optional().describe("The resident's last verdict on its closing."),
    mine: z.boolean().optional().describe("Those on which the person acted."),
    merged: z.boolean().optional().describe("Goes with another one that is open."),
    rehearsal: z.boolean().optional().describe("True: those of rehearsals, which are in no other list and no figure."),
    sealed: z.boolean().optional().describe("True: the sealed ones alone, without words. For the office alone."),
  })
  .refine((filter) => filter.sealed !== true || Object.keys(filter).every((key) => BESIDE_SEALED.has(key)), {
    error: "sealed goes with state and open alone",
    path: ["sealed"],
  })
  .meta({ id: "CaseFilter" });

const question = {
  filter: CASE_FILTER.default({}),
  q: z.string().trim().max(100).optional().describe("Words of the working copies; at least two signs."),
};

const isWordless = ({ filter, q = "" }: { filter: { sealed?: boolean | undefined }; q?: string | undefined }) =>
  filter.sealed !== true || q === "";
const WORDLESS = { error: "nobody searches sealed cases for words", path: ["q"] };

/** The question how many cases there are. */
export const CASE_COUNT = z.strictObject(question).refine(isWordless, WORDLESS);

/** The question to the list of cases; the words travel in the body, never in an address. */
export const CASE_SEARCH = z
  .strictObject({
    ...question,
    sort: z.enum(CASE_SORTS).default("newest"),
    after: z.string().max(400).optional().describe("`next` of the page before."),
    limit: z.int().min(1).max(200).default(50),
  })
  .refine(isWordless, WORDLESS)
  .meta({ id: "CaseSearch" });
