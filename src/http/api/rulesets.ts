import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { describeRoute, validator } from "hono-openapi";
import type { Database, Transaction } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import { checkVersion } from "../../casework/rules/check.ts";
import { draft, editDraft, review, type Stepped, submit, takeBack } from "../../casework/rules/lifecycle.ts";
import type { Refused } from "../../casework/rules/refusals.ts";
import { listRulesets, showRuleset, summariseRuleset } from "../../casework/rules/versions.ts";
import { parseContent } from "../../domain/rules/content.ts";
import { type Finding, MOST_BYTES } from "../../domain/rules/ruleset.ts";
import { type CallerEnv, type Guard, requireToken } from "../auth.ts";
import { type Problem, problem } from "../problem.ts";
import { RULESET_OPERATIONS } from "./ruleset-operations.ts";
import { REVIEW } from "./shapes.ts";

/** The services that the routes of the API need. */
export type ApiServices = {
  readonly guard: Guard;
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly timeZone: string;
};

/** Who takes a step, and when. */
type Actor = { readonly jurisdictionId: string; readonly by: string; readonly now: Date };
type Step = (tx: Transaction, actor: Actor) => Promise<Stepped>;

/**
 * The most rules that a web process checks or tries: it also answers residents, so longer work belongs on the command
 * line.
 */
export const MOST_RULES_HERE = 1_000;
const REVIEW_BYTES = 64 * 1024;
const ONE = "/:number{[1-9][0-9]{0,8}}";

/**
 * The routes for the versions of a county's rule set, and every step from draft to publication; each answer holds what
 * the command line shows as JSON.
 *
 * The county is the token's. Author and reviewer are called by the names of their tokens, which are never given twice:
 * what one token wrote, the same token never reviews.
 */
export function rulesetRoutes({ guard, database, now, timeZone }: ApiServices): Hono<CallerEnv> {
  const told = (name: keyof typeof RULESET_OPERATIONS) => describeRoute(RULESET_OPERATIONS[name].spec);
  const may = (name: keyof typeof RULESET_OPERATIONS) => requireToken(guard, RULESET_OPERATIONS[name].roles);
  /** A check that fails takes nothing back. */
  const findingsOf = async (jurisdictionId: string, number: number) => {
    try {
      const checked = await checkVersion({ database, now, timeZone }, jurisdictionId, number, MOST_RULES_HERE);
      return checked?.findings ?? null;
    } catch (error) {
      guard.log.warn({ err: error }, "a rule set could not be checked");
      return null;
    }
  };
  /** @param findings whether the answer tells what the check of the version finds, so that nobody publishes it blind */
  const take = async (c: Context<CallerEnv>, status: 200 | 201, step: Step, findings?: "checked" | "unchecked") => {
    const { jurisdictionId, name } = c.get("caller");
    const taken = await database.inCounty(jurisdictionId, async (tx) => {
      const stepped = await step(tx, { jurisdictionId, by: name, now: now() });
      return stepped.ok ? { ok: true as const, summary: await summariseRuleset(tx, stepped.number) } : stepped;
    });
    if (!taken.ok) return problem(c, problemOf(taken));
    if (status === 201) c.header("location", `/api/v1/rulesets/${taken.summary?.number}`);
    if (findings === undefined || taken.summary === null) return c.json(taken.summary, status);
    const found = findings === "checked" ? await findingsOf(jurisdictionId, taken.summary.number) : null;
    return c.json({ ...taken.summary, findings: found }, status);
  };
  const takeWithContent = async (c: Context<CallerEnv>, status: 200 | 201, step: (content: unknown) => Step) => {
    const parsed = parseContent(new Uint8Array(await c.req.arrayBuffer()));
    return parsed.ok ? take(c, status, step(parsed.content)) : problem(c, badContent(parsed.findings));
  };
  const said = validator("json", REVIEW, (result, c) =>
    result.success ? undefined : problem(c, badContent(result.error.map(findingOf))),
  );

  return new Hono<CallerEnv>()
    .get("/", told("list"), may("list"), async (c) =>
      c.json(await database.inCounty(c.get("caller").jurisdictionId, listRulesets)),
    )
    .get(ONE, told("show"), may("show"), async (c) => {
      const number = numberOf(c);
      const found = await database.inCounty(c.get("caller").jurisdictionId, (tx) => showRuleset(tx, number));
      if (found !== null) return c.json(found);
      return problem(c, { status: 404, title: "Not Found", detail: `There is no rule set ${number} in this county.` });
    })
    .post("/", told("draft"), may("draft"), atMost(MOST_BYTES), (c) =>
      takeWithContent(c, 201, (content) => (tx, { jurisdictionId, by, now }) => {
        return draft(tx, jurisdictionId, { content, author: by, now });
      }),
    )
    .put(ONE, told("edit"), may("edit"), atMost(MOST_BYTES), (c) =>
      takeWithContent(c, 200, (content) => (tx, { jurisdictionId, by, now }) => {
        return editDraft(tx, jurisdictionId, numberOf(c), { content, author: by, now });
      }),
    )
    .post(`${ONE}/submit`, told("submit"), may("submit"), (c) =>
      take(
        c,
        200,
        (tx, { jurisdictionId, by, now }) => submit(tx, jurisdictionId, numberOf(c), { by, now }),
        "checked",
      ),
    )
    .post(`${ONE}/review`, told("review"), may("review"), atMost(REVIEW_BYTES), said, (c) => {
      const { verdict, note } = c.req.valid("json");
      return take(
        c,
        200,
        (tx, { jurisdictionId, by, now }) =>
          review(tx, jurisdictionId, numberOf(c), { reviewer: by, verdict, note, now }),
        verdict === "publish" ? "checked" : "unchecked",
      );
    })
    .post(`${ONE}/take-back`, told("takeBack"), may("takeBack"), (c) =>
      take(
        c,
        201,
        (tx, { jurisdictionId, by, now }) => takeBack(tx, jurisdictionId, numberOf(c), { author: by, now }),
        "checked",
      ),
    )
    .all("/", only("GET, POST"))
    .all(ONE, only("GET, PUT"))
    .all(`${ONE}/:step{submit|review|take-back}`, only("POST"));
}

/** What was published is deleted and patched by nobody. */
function only(allow: string) {
  const detail = `Understood here: ${allow}.`;
  return (c: Context) => problem(c, { status: 405, title: "Method Not Allowed", detail }, { allow });
}

/** The rest of a body that is too large stays unread, so that nothing else can be sent over this connection. */
function atMost(bytes: number) {
  const tooLarge: Problem = {
    status: 413,
    title: "Content Too Large",
    detail: `At most ${bytes} bytes are taken here.`,
  };
  return bodyLimit({ maxSize: bytes, onError: (c) => problem(c, tooLarge, { connection: "close" }) });
}

function numberOf(c: Context): number {
  return Number(c.req.param("number"));
}

function problemOf({ because, reason, findings }: Refused): Problem {
  switch (because) {
    case "content":
      return { ...badContent(findings), detail: reason };
    case "unknown":
      return { status: 404, title: "Not Found", detail: reason };
    case "state":
      return { status: 409, title: "Conflict", detail: reason };
    case "person":
      return { status: 403, title: "Forbidden", detail: reason };
  }
}

function badContent(findings: readonly Finding[]): Problem {
  return {
    status: 422,
    title: "Unprocessable Content",
    detail: "What was sent cannot be taken as it is.",
    findings,
  };
}

/** One mistake that the check of a shape found. */
function findingOf(issue: { readonly message: string; readonly path?: readonly unknown[] }): Finding {
  const place = (issue.path ?? []).map(String).join(".") || "the body";
  return { rule: null, kind: "invalid", text: `${place}: ${issue.message}` };
}
