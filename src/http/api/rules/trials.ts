import { conditionsIn } from "../../../casework/rule-review/changes.ts";
import { checkRead } from "../../../casework/rules/check.ts";
import { type PublishedRules, publishedRules } from "../../../casework/rules/published.ts";
import { versionRow } from "../../../casework/rules/steps.ts";
import { ruleUse } from "../../../casework/trials/rule-use.ts";
import { simulate } from "../../../casework/trials/simulate.ts";
import { type CompiledRuleset, compileRuleset } from "../../../domain/rules/compile.ts";
import { readContent } from "../../../domain/rules/content.ts";
import { placeFindings, rulesIn } from "../../../domain/rules/finding-place.ts";
import type { RULE_TRIALS } from "../../contract/rules/rule-trials.ts";
import type { Problem } from "../../problem.ts";
import { type Asked, type Handlers, notHere } from "../operations.ts";
import { MOST_MATTERS, MOST_RULES, TOO_MANY_RULES } from "./limits.ts";
import { badContent } from "./refusal.ts";

const USE_DAYS = 90;

type Services = { readonly timeZone: string };

/** The handlers of what tries rules. */
export function trialHandlers({ timeZone }: Services): Handlers<typeof RULE_TRIALS> {
  return {
    async "POST /rulesets/check"({ tx, now, body: { content } }) {
      const read = readContent(content);
      const conditions = conditionsIn(content);
      if (!read.ok) {
        const findings = placeFindings(content, read.findings);
        return { body: { ok: false, findings, read: conditions, hits: null, matters: null } };
      }
      if (read.ruleset.rules.length > MOST_RULES) return { problem: TOO_MANY_RULES };
      const { ok, findings, hits, matters } = await checkRead(tx, { now: () => now, timeZone }, read.ruleset, {
        mostMatters: MOST_MATTERS,
      });
      return { body: { ok, findings: placeFindings(content, findings), read: conditions, hits, matters } };
    },
    "POST /simulate": (asked) => simulated(asked, timeZone),
    async "GET /rules/use"({ tx, caller, now, query: { days = USE_DAYS } }) {
      const { version, since, rules } = await ruleUse(tx, caller.jurisdictionId, { days, now, timeZone });
      return { body: { version, since, rules: [...rules] } };
    },
  };
}

async function simulated({ tx, caller, now, body }: Asked<(typeof RULE_TRIALS)["POST /simulate"]>, timeZone: string) {
  const { message, version, content } = body;
  const found = await rulingOf();
  if ("problem" in found) return found;
  const { ruling } = found;
  const { at, ...said } = message;
  const moment = at === undefined ? undefined : new Date(at);
  if (moment !== undefined && Number.isNaN(moment.getTime()))
    return { problem: wrong("body.message.at", "That is no moment.") };
  const supposed = { ...said, ...(moment === undefined ? {} : { at: moment }) };
  const would = await simulate(tx, caller.jurisdictionId, supposed, { ruling, now, timeZone });
  if (would === null) return { problem: wrong("body.message.grid", "There is no such grid.") };
  const steps = would.steps.map((one) => ({ ...one, because: [...one.because], failed: one.failed ?? null }));
  const { decision, goesTo, told } = would;
  const decided =
    decision === null
      ? null
      : {
          ...decision,
          way: decision.way ?? null,
          candidates: [...decision.candidates],
          passedOver: decision.passedOver.map((one) => ({ ...one })),
        };
  return { body: { version: ruling?.version ?? null, steps, decision: decided, goesTo, told: [...told] } };

  /** What is not stored, then a version, then what is published. */
  async function rulingOf(): Promise<
    | { readonly ruling: PublishedRules | null | { readonly version: null; readonly rules: CompiledRuleset } }
    | { readonly problem: Problem }
  > {
    if (content === undefined && version === undefined) {
      return { ruling: await publishedRules(tx, caller.jurisdictionId) };
    }
    const row = version === undefined ? null : await versionRow(tx, version);
    if (content === undefined && row === null) {
      return { problem: notHere(`There is no rule set ${version} in this county.`) };
    }
    const given = content ?? row?.content;
    if (rulesIn(given).length > MOST_RULES) return { problem: TOO_MANY_RULES };
    const read = readContent(given);
    if (!read.ok) return { problem: badContent(read.findings) };
    const rules = compileRuleset(read.ruleset);
    return {
      ruling: content === undefined && row !== null ? { version: row.number, rules } : { version: null, rules },
    };
  }
}

function wrong(at: string, text: string): Problem {
  return {
    status: 422,
    title: "Unprocessable Content",
    code: "content",
    detail: text,
    findings: [{ at, code: "unknown", text }],
  };
}
