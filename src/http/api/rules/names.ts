import { findCodes, namesOf, reviewersOf } from "../../../casework/rule-review/named-codes.ts";
import { isWriterOf, versionRow } from "../../../casework/rules/steps.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import type { RULE_NAMES } from "../../contract/rules/rule-names.ts";
import { type Handlers, notHere } from "../operations.ts";

/** The handlers of what rules name by codes, and of who may review them. */
export function nameHandlers({ timeZone }: { readonly timeZone: string }): Handlers<typeof RULE_NAMES> {
  return {
    async "GET /codes/{kind}"({ tx, now, params: { kind }, query: { q = "", limit } }) {
      const { items, total } = await findCodes(tx, kind, { q: q.trim(), limit, today: dayIn(now, timeZone) });
      return { body: { items: [...items], total } };
    },
    async "POST /codes/names"({ tx, body }) {
      return { body: { names: await namesOf(tx, body) } };
    },
    async "GET /rulesets/{number}/reviewers"({ tx, params: { number } }) {
      const version = await versionRow(tx, number);
      if (version === null) return { problem: notHere(`There is no rule set ${number} in this county.`) };
      const names = await reviewersOf(tx);
      const items = [];
      for (const name of names) items.push({ name, wrote: await isWriterOf(tx, version, { name, id: null }) });
      return { body: { items } };
    },
  };
}
