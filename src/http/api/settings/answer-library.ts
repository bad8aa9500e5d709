import type { Hono } from "hono";
import { receptionsFrom } from "../../../casework/county/receptions.ts";
import {
  type AnswerChanged,
  changeDraft,
  draftAnswer,
  endAnswer,
  isOwnAnswer,
  publishAnswer,
} from "../../../casework/settings/answer-drafts.ts";
import {
  type AnswerRow,
  answerById,
  type ListedAnswer,
  lastUses,
  listAnswers,
} from "../../../casework/settings/answer-library.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { isCancelled } from "../../../domain/receptions/reception.ts";
import type { CallerEnv } from "../../auth.ts";
import { ANSWER_LIBRARY } from "../../contract/settings/answer-library.ts";
import type { Problem } from "../../problem.ts";
import { wrongAt } from "../case-problems.ts";
import { notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

type Refused = Extract<AnswerChanged, { readonly ok: false }>;
type Reader = Parameters<typeof isOwnAnswer>[1];

const NO_ANSWER = notHere("There is no such answer.");

/** The routes of the library of answers given at once. */
export function answerLibraryRoutes(
  services: OperationServices,
  { timeZone }: { readonly timeZone: string },
): Hono<CallerEnv> {
  const seen = (asked: {
    readonly params: { readonly id: string };
    readonly match: string | null;
    readonly now: Date;
  }) => ({
    ...{ id: asked.params.id, revision: revisionIn(asked.match), now: asked.now, today: dayIn(asked.now, timeZone) },
  });
  return operationRoutes(services, ANSWER_LIBRARY, {
    "GET /answer-library": async ({ tx, caller, now }) => {
      const items = (await listAnswers(tx, now)).map((row) => shown(row, caller));
      return { body: { today: dayIn(now, timeZone), items } };
    },
    "GET /answer-library/{id}": async ({ tx, caller, params: { id } }) => {
      const row = await answerById(tx, id);
      if (row === null) return { problem: NO_ANSWER };
      const uses = (await lastUses(tx, id)).map(({ number, at, refusedAt }) => ({
        ...{ case: number, at: at.toISOString(), refusedAt: refusedAt?.toISOString() ?? null },
      }));
      return { body: { ...shown(row, caller), uses }, etag: etagOf(row) };
    },
    "GET /receptions": async ({ tx, now }) => {
      const all = await receptionsFrom(tx, { today: dayIn(now, timeZone), timeZone });
      return {
        body: { items: all.map((one) => ({ ...one, deputies: [...one.deputies], isCancelled: isCancelled(one) })) },
      };
    },
    "POST /answer-library": async ({ tx, caller, body, now }) =>
      answered(await draftAnswer(tx, caller, { content: body, now, today: dayIn(now, timeZone) }), caller),
    "PUT /answer-library/{id}": async (asked) =>
      answered(await changeDraft(asked.tx, asked.caller, { ...seen(asked), content: asked.body }), asked.caller),
    "POST /answer-library/{id}/publish": async (asked) =>
      answered(await publishAnswer(asked.tx, asked.caller, seen(asked)), asked.caller),
    "POST /answer-library/{id}/end": async (asked) =>
      answered(await endAnswer(asked.tx, asked.caller, { ...seen(asked), reason: asked.body.reason }), asked.caller),
  });
}

function etagOf({ revision }: AnswerRow): string {
  return `a${revision}`;
}

/** The revision that somebody has seen; one that there never is for what is none. */
function revisionIn(match: string | null): number {
  return Number(/^a(\d{1,9})$/.exec(match ?? "")?.[1] ?? -1);
}

function shown(row: ListedAnswer, caller: Reader) {
  const { jurisdictionId: _county, authorId: _author, revision: _revision, ...answer } = row;
  return {
    ...answer,
    etag: etagOf(row),
    writtenAt: row.writtenAt.toISOString(),
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    outSince: row.outSince?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    isOwn: isOwnAnswer(row, caller),
  };
}

function answered(changed: AnswerChanged, caller: Reader) {
  if (!changed.ok) return refusedAs(changed);
  return { body: shown(changed.answer, caller), etag: etagOf(changed.answer) };
}

const SAYS: Readonly<
  Record<Exclude<Refused["why"], "not-here" | "own-work" | "not-own" | "faster" | "state">, [string, string]>
> = {
  "unknown-category": ["body.category", "There is no such category."],
  "days-turned": ["body.validUntil", "Its last day is before its first one."],
  "day-over": ["body.validUntil", "Its last day is over."],
  "trigger-short": ["body.triggers", "A trigger is so short that it fits questions about anything."],
  "too-many": ["body", "As many drafts wait as can be."],
  "no-reason": ["body.reason", "Say why it is refused."],
};

function refusedAs(refused: Refused): { readonly problem: Problem; readonly etag?: string } {
  switch (refused.why) {
    case "not-here":
      return { problem: NO_ANSWER };
    case "own-work":
      return {
        problem: { status: 403, title: "Forbidden", code: "own-work", detail: "Whoever wrote it cannot review it." },
      };
    case "not-own":
      return { problem: { status: 403, title: "Forbidden", code: "not-own", detail: "Somebody else wrote it." } };
    case "state": {
      const detail = "It is not in a state in which this can be done.";
      return {
        problem: { status: 409, title: "Conflict", code: "decided", detail, state: refused.answer.state, allowed: [] },
      };
    }
    case "faster":
      return { problem: someoneWasFaster([lastChange(refused.answer)]), etag: etagOf(refused.answer) };
    default: {
      const [at, text] = SAYS[refused.why];
      return { problem: wrongAt(at, refused.why, text) };
    }
  }
}

/** What happened to an answer last: its residents took it out of service, somebody decided, or its author changed it. */
function lastChange({ state, author, writtenAt, reviewer, reviewedAt, outSince, endedBy, endedAt }: AnswerRow) {
  const told = (type: string, by: string, at: Date) => ({ type, by, at: at.toISOString() });
  if (endedBy !== null && endedAt !== null) return told(`answer-${state}`, endedBy, endedAt);
  if (outSince !== null) return told("answer-out", "service", outSince);
  if (reviewer !== null && reviewedAt !== null) return told("answer-published", reviewer, reviewedAt);
  return told("answer-changed", author, writtenAt);
}
