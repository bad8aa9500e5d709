import { and, desc, eq, gt, inArray, isNull, not, or } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { personConversations } from "../turn/person.ts";
import type { Turn } from "../turn/turn.ts";
import { isLed } from "./led.ts";
import { isShownIn } from "./visible-to.ts";

/** The category of a request to have one's data deleted: a case with a number and a due day that no deputy gets. */
export const DATA_REQUEST = "data-request";

/** How long a closed case of a resident still matters for what they say next. */
const REMEMBERED_MS = 90 * 86_400_000;

/** The most cases of one person that are loaded. */
export const OWN_CASES = 50;

/** The moment since which a closed case counts as remembered: it may be reopened. */
export function rememberedSince(now: Date): Date {
  return new Date(now.getTime() - REMEMBERED_MS);
}

/** The cases of the person who speaks, from whichever chat, as far as they are shown in this one: the open ones and those closed not long ago, last spoken of first. */
export async function ownCases(turn: Turn): Promise<CaseRecord[]> {
  turn.cases ??= await turn.tx
    .select()
    .from(cases)
    .where(
      and(
        inArray(cases.conversationId, personConversations(turn)),
        turn.linked.length === 0 ? undefined : isShownIn(turn.conversation.id),
        or(isNull(cases.closedAt), gt(cases.closedAt, rememberedSince(turn.now))),
      ),
    )
    .orderBy(desc(cases.lastSpokenAt), desc(cases.number))
    .limit(OWN_CASES)
    .for("no key update");
  return turn.cases;
}

/** The cases of a deputy, open or closed not long ago, oldest first; never a sealed one, nor one that goes with another. */
export async function casesOfDeputy(turn: Turn, deputyId: string): Promise<CaseRecord[]> {
  return turn.tx
    .select()
    .from(cases)
    .where(
      and(
        eq(cases.deputyId, deputyId),
        eq(cases.sealed, false),
        not(isLed),
        or(isNull(cases.closedAt), gt(cases.closedAt, rememberedSince(turn.now))),
      ),
    )
    .orderBy(cases.receivedAt);
}

/** Locks a case until the commit and reads it as it is now. */
export async function lockCase(turn: Turn, caseId: string): Promise<CaseRecord> {
  const [locked] = await turn.tx.select().from(cases).where(eq(cases.id, caseId)).for("no key update");
  if (locked === undefined) throw new Error("a case disappeared");
  return locked;
}
