import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { describeRoute, validator } from "hono-openapi";
import type { Database, Transaction } from "../../../db/database.ts";
import type { Vault } from "../../../db/vault.ts";
import type { Caller } from "../../casework/access/caller.ts";
import type { Live } from "../../casework/live/live.ts";
import { conditionsIn } from "../../casework/rule-review/changes.ts";
import { noteChecked, readinessOf } from "../../casework/rule-review/readiness.ts";
import { checkVersion } from "../../casework/rules/check.ts";
import { draft, editDraft, review, submit, takeBack } from "../../casework/rules/lifecycle.ts";
import { isWriterOf, lockSteps, type Stepped, versionRow } from "../../casework/rules/steps.ts";
import { listRulesets, showRuleset, stampOf, summariseRuleset } from "../../casework/rules/versions.ts";
import { parseContent } from "../../domain/rules/content.ts";
import { type Finding, invalidAt } from "../../domain/rules/finding.ts";
import { MOST_BYTES } from "../../domain/rules/ruleset.ts";
import { type CallerEnv, type Guard, identify } from "../auth.ts";
import type { Operation } from "../contract/operation.ts";
import { VERSIONS } from "../contract/rules.ts";
import { type Problem, problem } from "../problem.ts";
import { onceFor } from "./asked-once.ts";
import type { CaseServices } from "./cases/act.ts";
import type { StreamTimes } from "./live/live.ts";
import { someoneWasFaster } from "./operations.ts";
import { lacking, namedIn, OTHER_BODY } from "./read-request.ts";
import { MOST_RULES } from "./rules/limits.ts";
import { badContent, notReady, problemOf } from "./rules/refusal.ts";
import { RULESET_OPERATIONS } from "./ruleset-operations.ts";
import { REVIEW } from "./shapes.ts";

/** The services that the routes of the API need. */
export type ApiServices = {
  readonly guard: Guard;
  readonly database: Database;
  readonly vault: Vault;
  readonly now: () => Date;
  readonly timeZone: string;
  /** The template of the map's tiles; null, or left out, where it is drawn without any. */
  readonly mapTiles?: string | null;
  /** Whether the service's clock is a rehearsal's, not the real one. */
  readonly isClockMoved?: boolean;
  /** Tells what changes; nobody can listen where it is left out. */
  readonly live?: Live;
  /** How long streams of changes last, and how often they are looked after; the usual times when left out. */
  readonly streamTimes?: StreamTimes;
  /** What the operations on cases stand on; there are none without it. */
  readonly casework?: CaseServices;
};

/** Who takes a step, and when. */
type Actor = {
  readonly jurisdictionId: string;
  readonly by: string;
  readonly byId: string;
  readonly caller: Caller;
  readonly now: Date;
};
type Step = (tx: Transaction, actor: Actor) => Promise<Stepped | { readonly ok: false; readonly problem: Problem }>;

const REVIEW_BYTES = 64 * 1024;
const ONE = "/:number{[1-9][0-9]{0,8}}";

/**
 * The routes for the versions of a county's rule set, and every step from draft to publication; each answer holds what
 * the command line shows as JSON.
 *
 * Author and reviewer are told apart by the ids and the names of persons and tokens: what one of them wrote, the same never reviews.
 * A program needs neither a key nor the version that it has seen, as it never did; for a person's page both are asked.
 */
export function rulesetRoutes({ guard, database, now, timeZone }: ApiServices): Hono<CallerEnv> {
  const told = (name: keyof typeof RULESET_OPERATIONS) => describeRoute(RULESET_OPERATIONS[name].spec);
  const may = (name: keyof typeof RULESET_OPERATIONS) => identify(guard, { roles: RULESET_OPERATIONS[name].roles });
  /** A check that fails takes nothing back. */
  const findingsOf = async (jurisdictionId: string, number: number) => {
    try {
      const begun = now();
      const checked = await checkVersion({ database, now, timeZone }, jurisdictionId, number, MOST_RULES);
      if (checked !== null) await database.inCounty(jurisdictionId, (tx) => noteChecked(tx, number, begun));
      return checked?.findings ?? null;
    } catch (error) {
      guard.log.warn({ err: error }, "a rule set could not be checked");
      return null;
    }
  };
  /** @param findings whether the answer tells what the check of the version finds, so that nobody publishes it blind */
  const take = async (
    c: Context<CallerEnv>,
    operation: keyof typeof VERSIONS,
    step: Step,
    findings?: "checked" | "unchecked",
  ) => {
    const caller = c.get("caller");
    const { jurisdictionId, name: by, id: byId } = caller;
    const demands: Operation = VERSIONS[operation];
    const lacks = caller.kind === "person" ? lacking(c, demands, caller) : null;
    if (lacks !== null) return problem(c, lacks);
    const { key } = namedIn(c);
    const bodyHash = createHash("sha256")
      .update(`${c.req.path}\n`)
      .update(new Uint8Array(await c.req.arrayBuffer()));
    const asked = { caller, key: key ?? "", operation, bodyHash: bodyHash.digest(), now: now() };
    const taken = await database
      .inCounty(jurisdictionId, async (tx) => {
        const once = caller.kind === "person" && key !== null ? await onceFor(tx, asked) : null;
        if (once?.kind === "other") throw new Refusal(OTHER_BODY);
        if (once?.kind === "done") return once.answered.body as Taken;
        const stepped = await step(tx, { jurisdictionId, by, byId, caller, now: now() });
        if (!stepped.ok) throw new Refusal("problem" in stepped ? stepped.problem : problemOf(stepped));
        const [summary, stamp] = [await summariseRuleset(tx, stepped.number), await stampOf(tx, stepped.number)];
        const done: Taken = { summary: summary as object, number: stepped.number, stamp: stamp?.stamp ?? "" };
        if (once?.kind === "first") await once.keep({ status: 200, body: done, etag: done.stamp, location: null });
        return done;
      })
      .catch((error) => {
        if (error instanceof Refusal) return error.problem;
        throw error;
      });
    if ("title" in taken) return problem(c, taken);
    const { status = 200 } = demands;
    if (status === 201) c.header("location", `/api/v1/rulesets/${taken.number}`);
    c.header("etag", `"${taken.stamp}"`);
    if (findings === undefined) return c.json(taken.summary, status);
    const found = findings === "checked" ? await findingsOf(jurisdictionId, taken.number) : null;
    return c.json({ ...taken.summary, findings: found }, status);
  };
  const takeWithContent = async (
    c: Context<CallerEnv>,
    operation: keyof typeof VERSIONS,
    step: (content: unknown) => Step,
  ) => {
    const parsed = parseContent(new Uint8Array(await c.req.arrayBuffer()));
    return parsed.ok ? take(c, operation, step(parsed.content)) : problem(c, badContent(parsed.findings));
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
      if (found !== null) {
        c.header("etag", `"r${found.events.length}"`);
        return c.json({ ...found, read: conditionsIn(found.content) });
      }
      return problem(c, { status: 404, title: "Not Found", detail: `There is no rule set ${number} in this county.` });
    })
    .post("/", told("draft"), may("draft"), atMost(MOST_BYTES), (c) =>
      takeWithContent(c, "POST /rulesets", (content) => (tx, { jurisdictionId, by, byId, now }) => {
        return draft(tx, jurisdictionId, { content, author: by, authorId: byId, now });
      }),
    )
    .put(ONE, told("edit"), may("edit"), atMost(MOST_BYTES), (c) =>
      takeWithContent(c, "PUT /rulesets/{number}", (content) => async (tx, { jurisdictionId, by, byId, now }) => {
        const faster = await othersSince(tx, jurisdictionId, numberOf(c), namedIn(c).match);
        if (faster !== null) {
          c.header("etag", `"${faster.stamp}"`);
          return { ok: false, problem: someoneWasFaster(faster.since) };
        }
        return editDraft(tx, jurisdictionId, numberOf(c), { content, author: by, authorId: byId, now });
      }),
    )
    .post(`${ONE}/submit`, told("submit"), may("submit"), atMost(REVIEW_BYTES), (c) =>
      take(
        c,
        "POST /rulesets/{number}/submit",
        (tx, { jurisdictionId, by, byId, now }) => submit(tx, jurisdictionId, numberOf(c), { by, byId, now }),
        "checked",
      ),
    )
    .post(`${ONE}/review`, told("review"), may("review"), atMost(REVIEW_BYTES), said, (c) => {
      const { verdict, note } = c.req.valid("json");
      return take(
        c,
        "POST /rulesets/{number}/review",
        async (tx, { jurisdictionId, by, byId, caller, now }) => {
          const missing = verdict === "publish" ? await missingFor(tx, numberOf(c), caller, now) : [];
          if (missing.length > 0) return { ok: false, problem: notReady(missing) };
          return review(tx, jurisdictionId, numberOf(c), { reviewer: by, reviewerId: byId, verdict, note, now });
        },
        verdict === "publish" ? "checked" : "unchecked",
      );
    })
    .post(`${ONE}/take-back`, told("takeBack"), may("takeBack"), atMost(REVIEW_BYTES), (c) =>
      take(
        c,
        "POST /rulesets/{number}/take-back",
        (tx, { jurisdictionId, by, byId, now }) =>
          takeBack(tx, jurisdictionId, numberOf(c), { author: by, authorId: byId, now }),
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

/** What a step gave, as it is kept for a repetition. */
type Taken = { readonly summary: object; readonly number: number; readonly stamp: string };

/** Rolls a step back. */
class Refusal extends Error {
  readonly problem: Problem;
  constructor(told: Problem) {
    super(told.title);
    this.problem = told;
  }
}

/** What others did to a version since the stamp that the caller has seen; null where that is nothing, or none was named. */
async function othersSince(tx: Transaction, jurisdictionId: string, number: number, match: string | null) {
  if (match === null) return null;
  await lockSteps(tx, jurisdictionId);
  const now = await stampOf(tx, number, match);
  return now === null || now.stamp === match ? null : now;
}

/** What a person lacks to publish a version that is in review and not their own; a program publishes as it always did. */
async function missingFor(tx: Transaction, number: number, caller: Caller, now: Date): Promise<readonly string[]> {
  if (caller.kind !== "person") return [];
  await lockSteps(tx, caller.jurisdictionId);
  const version = await versionRow(tx, number);
  if (version?.state !== "in-review" || (await isWriterOf(tx, version, caller))) return [];
  return (await readinessOf(tx, version, { personId: caller.id, now })).missing;
}

/** One mistake that the check of a shape found. */
function findingOf(issue: { readonly message: string; readonly path?: readonly unknown[] }): Finding {
  const place = (issue.path ?? []).map(String).join(".") || "the body";
  return invalidAt(place, "shape", { said: issue.message });
}
