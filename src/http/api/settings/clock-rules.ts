import type { Hono } from "hono";
import {
  type ClockProposal,
  endProposal,
  listProposals,
  type ProposalChanged,
  proposeClockRule,
  publishProposal,
} from "../../../casework/settings/clock-proposals.ts";
import { listClockRules } from "../../../casework/settings/clock-rules.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { CLOCK_RULES } from "../../contract/settings/clock-rules.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import { notHere, type OperationServices, operationRoutes } from "../operations.ts";

type Refused = Extract<ProposalChanged, { readonly ok: false }>;

/** The routes of the rules of deadlines. */
export function clockRuleRoutes(
  services: OperationServices,
  { timeZone }: { readonly timeZone: string },
): Hono<CallerEnv> {
  return operationRoutes(services, CLOCK_RULES, {
    "GET /clock-rules": async ({ tx, caller, now }) => {
      const today = dayIn(now, timeZone);
      const rules = await listClockRules(tx, today);
      const proposals = (await listProposals(tx, caller, now)).map(shown);
      const begins = ({ fromOn }: { readonly fromOn: string }) => fromOn > today;
      return {
        body: { today, inForce: rules.filter((one) => !begins(one)), coming: rules.filter(begins), proposals },
      };
    },
    "POST /clock-rules/proposals": async ({ tx, caller, body, now }) =>
      answered(await proposeClockRule(tx, caller, { rule: body, now, today: dayIn(now, timeZone) })),
    "POST /clock-rules/proposals/{id}/publish": async ({ tx, caller, params: { id }, now }) =>
      answered(await publishProposal(tx, caller, { id, now, today: dayIn(now, timeZone) })),
    "POST /clock-rules/proposals/{id}/refuse": async ({ tx, caller, params: { id }, body: { reason }, now }) =>
      answered(await endProposal(tx, caller, { id, as: "refused", reason, now })),
    "POST /clock-rules/proposals/{id}/withdraw": async ({ tx, caller, params: { id }, now }) =>
      answered(await endProposal(tx, caller, { id, as: "withdrawn", reason: null, now })),
  });
}

function answered(changed: ProposalChanged) {
  return changed.ok ? { body: shown(changed.proposal) } : { problem: problemOf(changed) };
}

function shown({ proposedAt, decidedAt, ...proposal }: ClockProposal) {
  return { ...proposal, proposedAt: proposedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
}

const SAYS: Readonly<Record<Exclude<Refused["why"], "not-here" | "own-work" | "not-own" | "state">, [string, string]>> =
  {
    "unknown-category": ["body.category", "There is no such category."],
    "too-long": ["body.amount", "The period is longer than can be."],
    "day-over": ["body.fromOn", "Its first day is over: clocks that run keep their rule."],
    "rule-there": [
      "body.fromOn",
      "There is a rule about the same from that day on: let this one begin on a later day.",
    ],
    "too-many": ["body", "As many wait as can be."],
  };

function problemOf(refused: Refused): Problem {
  switch (refused.why) {
    case "not-here":
      return notHere("There is no such rule that somebody wants.");
    case "own-work":
      return { status: 403, title: "Forbidden", code: "own-work", detail: "Whoever wrote it cannot review it." };
    case "not-own":
      return { status: 403, title: "Forbidden", code: "not-own", detail: "Somebody else wrote it: refuse it instead." };
    case "state": {
      const detail = "It does not wait any more.";
      return { status: 409, title: "Conflict", code: "decided", detail, state: refused.state, allowed: [] };
    }
    default: {
      const [at, text] = SAYS[refused.why];
      return wrongAt(at, refused.why, text);
    }
  }
}
