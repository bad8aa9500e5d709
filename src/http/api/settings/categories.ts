import type { Hono } from "hono";
import type { Transaction } from "../../../../db/database.ts";
import { learnCategoriesIn } from "../../../casework/office/category-corrections.ts";
import { latestLearning } from "../../../casework/rules/category-model.ts";
import type { Runtime } from "../../../casework/runtime/runtime.ts";
import {
  type CatalogueChanged,
  endCategory,
  putCategory,
  staffCatalogue,
} from "../../../casework/settings/categories.ts";
import type { CallerEnv } from "../../auth.ts";
import { CATEGORIES } from "../../contract/settings/categories.ts";
import type { Problem } from "../../problem.ts";
import { notHere, type OperationServices, operationRoutes, someoneWasFaster } from "../operations.ts";

/** The routes of the county's catalogue of categories. */
export function categoryRoutes(services: OperationServices, { vault }: Pick<Runtime, "vault">): Hono<CallerEnv> {
  return operationRoutes(services, CATEGORIES, {
    "GET /categories": ({ tx }) => shown(tx),
    "PUT /categories/{code}": async ({ tx, caller, params, body, match, now }) => {
      const by = { seen: match ?? "", by: caller.name, at: now };
      const done = await putCategory(tx, caller.jurisdictionId, { code: params.code, ...body }, by);
      return done.ok ? shown(tx) : refused(done);
    },
    "DELETE /categories/{code}": async ({ tx, caller, params, match, now }) => {
      const by = { seen: match ?? "", by: caller.name, at: now };
      const done = await endCategory(tx, caller.jurisdictionId, params.code, by);
      return done.ok ? { body: null } : refused(done);
    },
    "POST /categories/learn": async ({ tx, caller, now }) => {
      const done = await learnCategoriesIn({ vault, now: () => now }, tx, caller.jurisdictionId);
      if (!done.ok)
        return {
          problem: { status: 409, title: "Conflict", code: "nothing-to-learn", detail: "Nothing was corrected yet." },
        };
      const { version, learnedFrom, measuredOn, accuracyBefore, accuracyAfter, takesEffect } = done;
      return { body: { version, learnedFrom, measuredOn, accuracyBefore, accuracyAfter, takesEffect } };
    },
  });
}

async function shown(tx: Transaction) {
  const { etag, isBuiltIn, topics } = await staffCatalogue(tx);
  const last = await latestLearning(tx);
  const items = topics.map(({ words, examples, ...topic }) => ({
    ...topic,
    words: [...words],
    examples: [...examples],
  }));
  const lastLearning = last && { ...last, measuredAt: last.measuredAt.toISOString() };
  return { body: { etag, isBuiltIn, items, lastLearning }, etag };
}

function refused(changed: CatalogueChanged & { readonly ok: false }): {
  readonly problem: Problem;
  readonly etag?: string;
} {
  switch (changed.why) {
    case "faster":
      return { problem: someoneWasFaster([...changed.since]), etag: changed.etag };
    case "unknown":
      return { problem: notHere("There is no such category.") };
    case "last":
      return {
        problem: { status: 409, title: "Conflict", code: "last", detail: "A catalogue has at least one category." },
      };
    case "faults": {
      const findings = changed.faults.map((text) => ({ at: "body", code: "content", text }));
      const detail = "The category cannot be written like this; `findings` says why.";
      return { problem: { status: 422, title: "Unprocessable Content", code: "content", detail, findings } };
    }
  }
}
