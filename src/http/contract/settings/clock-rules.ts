import { z } from "zod";
import { CLOCK_KINDS } from "../../../domain/case/clock.ts";
import { LONGEST_SOURCE } from "../../../domain/clocks/check.ts";
import { CLOCK_UNITS, PROPOSAL_STATES } from "../../../domain/clocks/rule.ts";
import type { Contract } from "../operation.ts";

const moment = z.string().meta({ format: "date-time" });
const day = z.iso.date();
const one = z.object({ id: z.uuid() });

const about = {
  kind: z.enum(CLOCK_KINDS),
  category: z.string().nullable().describe("Null: every category."),
  priority: z.boolean().describe("True: of urgent cases alone."),
  amount: z.int(),
  unit: z.enum(CLOCK_UNITS),
  source: z.string().describe("The statute, decision or agreement that it rests on."),
  fromOn: day.describe("The first day on which clocks are set by it."),
};

const rule = z
  .object({
    ...about,
    id: z.string().nullable().describe("Null: the service brings it along."),
    author: z.string().nullable(),
    reviewer: z.string().nullable(),
  })
  .meta({ id: "ClockRule" });

const proposal = z
  .object({
    ...about,
    id: z.uuid(),
    author: z.string(),
    proposedAt: moment,
    state: z.enum(PROPOSAL_STATES),
    decidedBy: z.string().nullable(),
    decidedAt: moment.nullable(),
    reason: z.string().nullable(),
    isOwn: z.boolean().describe("You wrote it: somebody else reviews it."),
  })
  .meta({ id: "ClockProposal" });

const WRONG =
  "There is no such category (`unknown-category`), the period is longer than can be (`too-long`), its first day is over (`day-over`), or there is a rule about the same from that day on (`rule-there`).";
const DECIDED = "It does not wait any more (`decided`).";

/** The operations on the rules of deadlines: how long who has, on what it rests, from which day on. */
export const CLOCK_RULES = {
  "GET /clock-rules": {
    summary: "Show the rules of deadlines, and those that somebody wants",
    description:
      "The rules that hold today, those that begin later, and what is wanted or was decided in the last 90 days. A rule is never changed: a later one takes its place, and clocks that run keep theirs.",
    roles: ["office", "reviewer", "station", "auditor"],
    answer: z.object({
      today: day,
      inForce: z.array(rule),
      coming: z.array(rule),
      proposals: z.array(proposal),
    }),
  },
  "POST /clock-rules/proposals": {
    summary: "Write a new rule of deadlines, for somebody else to review",
    roles: ["office"],
    body: z.strictObject({
      kind: about.kind,
      category: z.string().min(1).max(32).nullable().default(null),
      priority: z.boolean().default(false),
      amount: z.int().min(1).max(100_000),
      unit: about.unit,
      source: z.string().trim().min(1).max(LONGEST_SOURCE),
      fromOn: day,
    }),
    answer: proposal,
    status: 201,
    write: true,
    refusals: { 422: `${WRONG} Or too many wait (\`too-many\`).` },
  },
  "POST /clock-rules/proposals/{id}/publish": {
    summary: "Publish a rule of deadlines that somebody else wrote",
    roles: ["office", "reviewer"],
    peopleOnly: true,
    params: one,
    body: z.strictObject({}),
    answer: proposal,
    write: true,
    confirm: true,
    refusals: { 403: "Whoever wrote it cannot review it (`own-work`).", 409: DECIDED, 422: WRONG },
  },
  "POST /clock-rules/proposals/{id}/refuse": {
    summary: "Refuse a rule of deadlines that somebody else wrote",
    roles: ["office", "reviewer"],
    params: one,
    body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    answer: proposal,
    write: true,
    refusals: { 403: "Whoever wrote it takes it back instead (`own-work`).", 409: DECIDED },
  },
  "POST /clock-rules/proposals/{id}/withdraw": {
    summary: "Take back a rule of deadlines that you wrote",
    roles: ["office"],
    params: one,
    body: z.strictObject({}),
    answer: proposal,
    write: true,
    refusals: { 403: "Somebody else wrote it (`not-own`).", 409: DECIDED },
  },
} as const satisfies Contract;
