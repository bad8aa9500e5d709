import { and, eq, gte, ne, sql } from "drizzle-orm";
import { type CaseRecord, caseMessages, cases } from "../../../db/schema/cases.ts";
import { caseWords, unsealProposals } from "../../../db/schema/console.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import type { Caller } from "../access/caller.ts";
import { UNSEAL_MS } from "../cases/led.ts";
import { DATA_REQUEST } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { searchWords } from "../cases/search-words.ts";
import type { Turn } from "../turn/turn.ts";

/** The end of a decision about unsealing: done, or why not, by a stable word and a sentence. */
export type UnsealEnd = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly reason: string };

/** Proposes to unseal a case; nothing changes before another person of the office agrees. A proposal that is over is replaced. */
export async function proposeUnsealing(turn: Turn, subject: CaseRecord, by: Caller): Promise<UnsealEnd> {
  if (subject.category === DATA_REQUEST)
    return cannot("stays-sealed", "A request about one's own data stays with the office.");
  if (await wasAskedToErase(turn, subject)) return cannot("asked-to-erase", WISHED);
  const open = await openProposal(turn, subject);
  if (open !== null) return cannot("proposed-already", `${open.callerName} proposed it already.`);
  const { jurisdictionId, now: at } = turn;
  const proposal = { jurisdictionId, caseId: subject.id, callerId: by.id, callerName: by.name, at };
  record(turn, subject, "unseal_proposed", "office", {});
  await turn.tx
    .insert(unsealProposals)
    .values(proposal)
    .onConflictDoUpdate({ target: unsealProposals.caseId, set: proposal });
  return { ok: true };
}

/**
 * Decides about a proposal. By agreement the case is ordinary from now on: it is found by its words again, and the office places it;
 * until then nobody follows it, and no deputy hears of it.
 */
export async function decideUnsealing(
  turn: Turn,
  subject: CaseRecord,
  { by, agrees }: { readonly by: Caller; readonly agrees: boolean },
): Promise<UnsealEnd> {
  const open = await openProposal(turn, subject);
  if (open === null) return cannot("no-proposal", "Nobody has proposed it within seven days.");
  if (agrees && open.callerId === by.id)
    return cannot("own-proposal", "Another person of the office must agree to what you proposed.");
  if (agrees && (await wasAskedToErase(turn, subject))) return cannot("asked-to-erase", WISHED);
  await turn.tx.delete(unsealProposals).where(eq(unsealProposals.caseId, subject.id));
  if (!agrees) {
    record(turn, subject, "unseal_refused", "office", {});
    return { ok: true };
  }
  record(turn, subject, "unsealed", "office", {}, { sealed: false });
  const { id: caseId, jurisdictionId, receivedAt } = subject;
  const said = await turn.tx
    .select({ text: caseMessages.text })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, caseId), ne(caseMessages.party, "service"), ne(caseMessages.text, "")));
  const words = searchWords(
    subject,
    said.map(({ text }) => text),
  );
  if (said.length > 0) turn.writes.join(caseWords, { caseId, jurisdictionId, receivedAt, words });
  return { ok: true };
}

const WISHED = "Its resident asked that their data be erased: what the office keeps of it stays with the office alone.";

/** Whether the resident of a case asked for the erasure of their data since they told of it, in this chat or in another of theirs; what is sealed was kept then. */
async function wasAskedToErase({ tx }: Turn, { conversationId, receivedAt }: CaseRecord): Promise<boolean> {
  const [request] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(
      and(
        eq(cases.conversationId, conversationId),
        eq(cases.category, DATA_REQUEST),
        gte(cases.receivedAt, receivedAt),
      ),
    )
    .limit(1);
  if (request !== undefined) return true;
  const [chat] = await tx
    .select({ askedAt: conversations.eraseAskedAt })
    .from(conversations)
    .where(eq(conversations.id, conversationId));
  return chat?.askedAt != null && chat.askedAt >= receivedAt;
}

async function openProposal(turn: Turn, subject: CaseRecord) {
  const since = new Date(turn.now.getTime() - UNSEAL_MS).toISOString();
  const [found] = await turn.tx
    .select()
    .from(unsealProposals)
    .where(sql`${unsealProposals.caseId} = ${subject.id} and ${unsealProposals.at} > ${since}::timestamptz`);
  return found ?? null;
}

function cannot(code: string, reason: string): UnsealEnd {
  return { ok: false, code, reason };
}
