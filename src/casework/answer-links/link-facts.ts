import { sql } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import type { AnswerLink } from "../../../db/schema/media.ts";
import { ENDING_EVENTS, type LinkFacts } from "../../domain/answer-page/standing.ts";
import { countsAsSealed } from "../cases/visible-to.ts";
import { deputiesBy } from "../county/deputies.ts";
import type { Turn } from "../turn/turn.ts";

/** The deputy of a link, by the name and code that others know. */
export type LinkDeputy = { readonly id: string; readonly code: string; readonly name: string };

/**
 * Finds out how it stands with a link, whose case and row this transaction has locked. @param turn of the chat to which it was sent
 */
export async function linkFacts(
  turn: Turn,
  link: AnswerLink,
  subject: CaseRecord,
): Promise<{ readonly facts: LinkFacts; readonly deputy: LinkDeputy }> {
  const { tx, today, conversation } = turn;
  const [found] = await deputiesBy(turn, sql`d.id = ${link.deputyId}`);
  if (found === undefined) throw new Error("the deputy of a link is gone");
  const { code, name, untilOn, awayUntil, substitute } = found.facts;
  const ends = sql.param([...ENDING_EVENTS]);
  const [row] = await tx.execute<{ hasEnded: boolean; isSealed: boolean }>(sql`
    select exists (select from case_events e
        where e.case_id = cases.id and e.seq > ${link.eventSeq} and e.type = any(${ends}::text[])) as "hasEnded",
      (${countsAsSealed}) as "isSealed"
    from cases where id = ${subject.id}`);
  const { usedAt, revokedAt, expiresAt } = link;
  const facts = {
    ...{ usedAt, revokedAt, expiresAt },
    isBound: conversation.deputyId === link.deputyId,
    isTermOver: untilOn != null && untilOn < today,
    isStoodInFor: awayUntil != null && substitute != null,
    isTheirs: subject.deputyId === link.deputyId && subject.closedAt === null,
    isSealed: subject.sealed || row?.isSealed === true,
    hasEnded: row?.hasEnded === true,
  };
  return { facts, deputy: { id: found.id, code, name } };
}
