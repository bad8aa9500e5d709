import type { Transaction } from "../../../../db/database.ts";
import { changesOf } from "../../../casework/rule-review/changes.ts";
import { addComment, commentsOn, resolveComment } from "../../../casework/rule-review/comments.ts";
import { lookAt, looksOf, readinessOf } from "../../../casework/rule-review/readiness.ts";
import { assignReviewer, withdraw } from "../../../casework/rules/lifecycle.ts";
import { isWriterOf, type Stepped, type VersionRow, versionRow } from "../../../casework/rules/steps.ts";
import { stampOf, summariseRuleset } from "../../../casework/rules/versions.ts";
import { idOf, rulesIn } from "../../../domain/rules/finding-place.ts";
import type { RULE_REVIEW } from "../../contract/rules/rule-review.ts";
import type { Problem } from "../../problem.ts";
import { type Handlers, notHere } from "../operations.ts";
import { problemOf } from "./refusal.ts";

/** The handlers of what lies between a draft and its publication. */
export const REVIEW_HANDLERS: Handlers<typeof RULE_REVIEW> = {
  async "POST /rulesets/{number}/withdraw"({ tx, caller, now, params: { number } }) {
    const { jurisdictionId, name, id } = caller;
    const stepped = await withdraw(tx, jurisdictionId, number, { author: name, authorId: id, now });
    const made = await summarised(tx, stepped);
    return "problem" in made ? made : { ...made, location: `/api/v1/rulesets/${made.body.number}` };
  },
  async "POST /rulesets/{number}/assign"({ tx, caller, params: { number }, body: { reviewer } }) {
    return summarised(tx, await assignReviewer(tx, caller.jurisdictionId, number, reviewer));
  },
  async "GET /rulesets/{number}/changes"({ tx, caller, params: { number }, query: { against } }) {
    const version = await versionRow(tx, number);
    if (version === null) return { problem: unknown(number) };
    const [compared, seen] = await Promise.all([changesOf(tx, version, against), looksOf(tx, version.id, caller.id)]);
    if (compared === null) return { problem: unknown(against ?? 0) };
    // What was opened is a change against the base; against another version the same name may stand for another change.
    const isBase = compared.against === version.basedOn;
    const changes = compared.changes.map((one) => ({
      ...one,
      fields: [...one.fields],
      isLooked: isBase && seen.has(one.change),
    }));
    return { body: { against: compared.against, changes } };
  },
  async "GET /rulesets/{number}/comments"({ tx, params: { number } }) {
    const version = await versionRow(tx, number);
    return version === null ? { problem: unknown(number) } : { body: await commentsOn(tx, version.id) };
  },
  async "POST /rulesets/{number}/comments"({ tx, caller, now, params: { number }, body }) {
    const version = await versionRow(tx, number);
    if (version === null) return { problem: unknown(number) };
    if (body.rule !== null && !hasRule(version, body.rule)) return { problem: noSuch("body.rule", "rule") };
    return { body: await addComment(tx, caller, version.id, { ...body, now }) };
  },
  async "POST /rulesets/{number}/comments/{comment}/resolve"({ tx, caller, now, params: { number, comment } }) {
    const version = await versionRow(tx, number);
    const resolved =
      version === null ? null : await resolveComment(tx, caller, { rulesetId: version.id, id: comment, now });
    return resolved === null ? { problem: notHere("There is no such comment.") } : { body: resolved };
  },
  async "PUT /rulesets/{number}/looks"({ tx, caller, now, params: { number }, body: { change } }) {
    const version = await versionRow(tx, number);
    if (version === null) return { problem: unknown(number) };
    const { jurisdictionId, id: personId } = caller;
    const isThere = await lookAt(tx, version, { jurisdictionId, personId, change, now });
    if (!isThere) return { problem: noSuch("body.change", "change") };
    const { looked, changes } = await readinessOf(tx, version, { personId, now });
    return { body: { looked, of: changes } };
  },
  async "GET /rulesets/{number}/readiness"({ tx, caller, now, params: { number } }) {
    const version = await versionRow(tx, number);
    if (version === null) return { problem: unknown(number) };
    const [readiness, isOwn] = await Promise.all([
      readinessOf(tx, version, { personId: caller.id, now }),
      isWriterOf(tx, version, caller),
    ]);
    return { body: { ...readiness, isOwn } };
  },
};

async function summarised(tx: Transaction, stepped: Stepped) {
  if (!stepped.ok) return { problem: problemOf(stepped) };
  const [summary, stamp] = [await summariseRuleset(tx, stepped.number), await stampOf(tx, stepped.number)];
  if (summary === null || stamp === null) throw new Error("a version that was changed just now is not there");
  return { body: asJson(summary), etag: stamp.stamp };
}

/** The same as it is sent: moments as text. */
function asJson<T extends object>(
  value: T,
): { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] } {
  return JSON.parse(JSON.stringify(value));
}

function hasRule({ content }: VersionRow, id: string): boolean {
  return rulesIn(content).some((rule) => idOf(rule) === id);
}

function unknown(number: number): Problem {
  return notHere(`There is no rule set ${number} in this county.`);
}

function noSuch(at: string, what: string): Problem {
  const text = `This version has no such ${what}.`;
  return {
    status: 422,
    title: "Unprocessable Content",
    code: "content",
    detail: text,
    findings: [{ at, code: "unknown", text }],
  };
}
