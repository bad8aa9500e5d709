import { type Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { ordinaryIds } from "../../casework/cases/visible-to.ts";
import { checkRules } from "../../casework/rules/check.ts";
import { dryRun, isMoreThan } from "../../casework/rules/dry-run.ts";
import { showRuleset } from "../../casework/rules/versions.ts";
import { addDays, isDay } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { readContent } from "../../domain/rules/content.ts";
import type { Ruleset } from "../../domain/rules/ruleset.ts";
import { type CallerEnv, identify } from "../auth.ts";
import { type Problem, problem } from "../problem.ts";
import { type ApiServices, MOST_RULES_HERE } from "./rulesets.ts";
import { TRIAL_OPERATIONS } from "./trial-operations.ts";

/** A web process tries no more matters: the statements of the service have an end. */
const MOST_MATTERS = 20_000;
const TOO_MANY: Problem = {
  status: 422,
  title: "Unprocessable Content",
  code: "too-many-matters",
  detail: `There are more than ${MOST_MATTERS} matters: ask for it as an errand, POST /api/v1/rulesets/{number}/dry-run.`,
};

/** How far back a dry run looks when nothing is said. */
const PAST_DAYS = 90;

/** The routes that preview a decision of the office, or explain one that was made; nothing here writes. */
export function trialRoutes({ guard, database, now, timeZone }: ApiServices): Hono<CallerEnv> {
  const told = (name: keyof typeof TRIAL_OPERATIONS) => describeRoute(TRIAL_OPERATIONS[name].spec);
  const may = (name: keyof typeof TRIAL_OPERATIONS) => identify(guard, { roles: TRIAL_OPERATIONS[name].roles });
  const services = { database, now, timeZone };
  /** A version that may be tried here, or the refusal. */
  const tried = async (c: Context<CallerEnv>): Promise<{ content: unknown; ruleset: Ruleset } | Response> => {
    const number = Number(c.req.param("number"));
    const found = await database.inCounty(c.get("caller").jurisdictionId, (tx) => showRuleset(tx, number));
    if (found === null) return notFound(c, `There is no rule set ${number} in this county.`);
    const read = readContent(found.content);
    if (!read.ok) throw new Error(`rule set ${number} cannot be read`);
    if (read.ruleset.rules.length <= MOST_RULES_HERE) return { content: found.content, ruleset: read.ruleset };
    const detail = `It has more than ${MOST_RULES_HERE} rules: use "liaison rules check" and "liaison rules dry-run".`;
    return problem(c, { status: 422, title: "Unprocessable Content", detail });
  };

  return new Hono<CallerEnv>()
    .get("/rulesets/:number{[1-9][0-9]{0,8}}/check", told("check"), may("check"), async (c) => {
      const version = await tried(c);
      if (version instanceof Response) return version;
      return c.json(await checkRules(services, c.get("caller").jurisdictionId, version.content));
    })
    .get("/rulesets/:number{[1-9][0-9]{0,8}}/dry-run", told("dryRun"), may("dryRun"), async (c) => {
      const since = c.req.query("since") ?? addDays(dayIn(now(), timeZone), -PAST_DAYS);
      if (!isDay(since)) {
        const detail = "since is a day such as 2026-01-01.";
        return problem(c, { status: 422, title: "Unprocessable Content", detail });
      }
      const version = await tried(c);
      if (version instanceof Response) return version;
      const isMany = await database.inCounty(c.get("caller").jurisdictionId, (tx) =>
        isMoreThan(tx, MOST_MATTERS, { timeZone, since }),
      );
      if (isMany) return problem(c, TOO_MANY);
      const reader = c.get("caller");
      return c.json(
        await dryRun(database, reader.jurisdictionId, version.ruleset, { timeZone, since, only: ordinaryIds(reader) }),
      );
    });
}

function notFound(c: Context, detail: string): Response {
  return problem(c, { status: 404, title: "Not Found", detail });
}
