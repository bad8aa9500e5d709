import type { Hono } from "hono";
import { changeTopic, type TopicDeed, type TopicMistake } from "../../../casework/lists/change-topic.ts";
import { listTopics, readTopic } from "../../../casework/lists/topics.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { CallerEnv } from "../../auth.ts";
import { TOPICS } from "../../contract/desk/topics.ts";
import { wrongAt } from "../case-problems.ts";
import type { CaseServices } from "../cases/act.ts";
import { type Asked, notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

const SAYS: Readonly<Record<TopicMistake, string>> = {
  "not-offered": "It is not offered any more.",
  "not-live": "It is not open.",
  "claim-needed": "Say on whose word it is solved.",
  "no-such-case": "There is no such case here.",
  "in-a-topic": "This case belongs to a topic already.",
  "cannot-join": "This case may belong to no topic: it is closed, urgent, or goes with another one.",
  "not-in-it": "This case is not in this topic.",
  "other-deputy": "Somebody else has this case.",
};

/** The routes of topics: one matter that many people told. */
export function topicRoutes(services: OperationServices, { runtime }: CaseServices): Hono<CallerEnv> {
  const change = changeWith(runtime);
  return operationRoutes(services, TOPICS, {
    "GET /topics": async ({ tx, caller, query, now }) => {
      const items = await listTopics(tx, readingOf(runtime, caller), query.state && [query.state]);
      return { body: { items: [...items], asOf: now.toISOString() } };
    },
    "GET /topics/{number}": async ({ tx, caller, params }) => {
      const page = await readTopic(tx, readingOf(runtime, caller), params.number);
      return page === null
        ? { problem: noTopic(params.number) }
        : { body: { ...page, cases: [...page.cases] }, etag: page.etag };
    },
    "POST /topics/{number}/decide": (asked) => change(asked, { deed: asked.body.decision }),
    "POST /topics/{number}/answer": (asked) => change(asked, { deed: "answer", text: asked.body.text }),
    "POST /topics/{number}/close": (asked) =>
      change(asked, { deed: "close", ...asked.body, claim: asked.body.claim ?? null }),
    "POST /topics/{number}/cases": (asked) =>
      change(asked, { deed: asked.body.take === "in" ? "add" : "take-out", case: asked.body.case }),
  });
}

function readingOf({ now, timeZone }: Runtime, caller: Asked["caller"]) {
  return { caller, now: now(), today: dayIn(now(), timeZone), locale: "zh-CN" } as const;
}

function noTopic(number: string) {
  return notHere(`There is no topic ${number}.`);
}

type AskedOfTopic = Pick<Asked, "tx" | "caller" | "match"> & { readonly params: { readonly number: string } };

function changeWith(runtime: Runtime) {
  return async ({ tx, caller, match, params: { number } }: AskedOfTopic, deed: TopicDeed) => {
    const done = await changeTopic({ ...readingOf(runtime, caller), runtime, tx, number, seen: match ?? "" }, deed);
    if (!("why" in done)) return { body: { number, etag: done.etag }, etag: done.etag };
    switch (done.why) {
      case "not-here":
        return { problem: noTopic(number) };
      case "faster":
        return { problem: someoneWasFaster([...done.since]), etag: done.etag };
      case "content":
        return { problem: wrongAt("body", done.code, SAYS[done.code]) };
    }
  };
}
