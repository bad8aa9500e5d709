import { and, asc, eq, inArray, isNotNull, ne, notInArray, or } from "drizzle-orm";
import { type CaseRecord, caseFollowers, caseMessages } from "../../../../db/schema/cases.ts";
import { caseWords } from "../../../../db/schema/console.ts";
import { handovers } from "../../../../db/schema/ledger.ts";
import { outbox } from "../../../../db/schema/outbox.ts";
import { deputies, units } from "../../../../db/schema/people.ts";
import { WITHHELD, withoutWriter } from "../../../domain/writer/without-writer.ts";
import { lastDecision } from "../../cases/decisions.ts";
import { deputyCase, holderOf, placeName, toldLines } from "../../cases/describe.ts";
import { record } from "../../cases/record.ts";
import { forgetWords, searchWords } from "../../cases/search-words.ts";
import { keyPurpose, residentsWords, threadOf } from "../../cases/thread.ts";
import { sayHandoverAgain } from "../../handovers/of-unit.ts";
import { tell, tellDeputy } from "../../outbox/tell.ts";
import { tellNewCase } from "../../outbox/tell-case.ts";
import { withdrawReminders } from "../../outbox/withdraw.ts";
import { summaryOf } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { tellFollower } from "../followers.ts";

/** What left nowhere, or will not. */
const UNREAD = ["waiting", "held", "superseded", "failed"] as const;

/**
 * Notes that the writer of a case wants to stay unnamed: from now on its working copy, which is all that anybody but the office reads, is
 * without the request and without what tells who they are, also where it was written before. What still waits to be read is told anew.
 * The words themselves stay sealed under the key of the case; the office looks them up with a reason, and each look is recorded.
 */
export async function markUnnamed(turn: Turn, subject: CaseRecord): Promise<void> {
  const readBy = await readersOf(turn, subject);
  const first = await rewrite(turn, subject);
  const summary = first === null ? {} : { summary: summaryOf([{ ...NOBODYS, at: turn.now, text: first }]) || WITHHELD };
  record(turn, subject, "marked_unnamed", "resident", {}, { unnamed: true, ...summary });
  if (first !== null) await tellAnew(turn, subject);
  tellWhatIsKept(turn, subject, readBy);
}

/** Tells the writer what is kept from whom. It stands in the thread of no case: others read that. */
export function tellWhatIsKept(turn: Turn, { number }: CaseRecord, readBy: readonly string[]): void {
  const words = wordingFor(turn).unnamedKept({ number, readBy, isMasked: readBy.length > 0 });
  tell(turn, { kind: "status", mustKnow: true, subject: null, words });
}

const NOBODYS = { seq: 0, kind: "text", mediaId: null } as const;

/** Writes the working copy of a case anew. @returns its first words as they are now; null where nothing of it changed */
async function rewrite(turn: Turn, subject: CaseRecord): Promise<string | null> {
  const { tx, jurisdictionId } = turn;
  const rows = await tx
    .select()
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, subject.id), eq(caseMessages.party, "resident")))
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  const key = turn.runtime.vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId));
  let isChanged = false;
  for (const row of rows) {
    const text = withoutWriter(row.text);
    if (text === row.text) continue;
    isChanged = true;
    turn.writes.update(caseMessages, row.id, { text, original: row.original ?? key.seal(row.text) });
    row.text = text;
  }
  if (!isChanged) return null;
  const first = rows.find((row) => row.text !== "")?.text ?? "";
  if (subject.sealed) return first;
  await forgetWords(turn.tx, subject.id);
  const others = await tx
    .select({ text: caseMessages.text })
    .from(caseMessages)
    .where(
      and(eq(caseMessages.caseId, subject.id), ne(caseMessages.party, "resident"), ne(caseMessages.party, "service")),
    );
  const texts = [...rows, ...others].map((row) => row.text);
  const { id: caseId, receivedAt } = subject;
  turn.writes.join(caseWords, { caseId, jurisdictionId, receivedAt, words: searchWords(subject, texts) });
  return first;
}

/** Those who may have read of a case before, by their names: its deputies and units. */
async function readersOf({ tx }: Turn, { id }: CaseRecord): Promise<string[]> {
  const told = await tx
    .selectDistinct({ name: deputies.name })
    .from(outbox)
    .innerJoin(deputies, eq(deputies.id, outbox.deputyId))
    .where(and(eq(outbox.caseId, id), notInArray(outbox.state, [...UNREAD])));
  const given = await tx
    .selectDistinct({ name: units.name })
    .from(handovers)
    .innerJoin(units, eq(units.id, handovers.unitId))
    .innerJoin(outbox, and(eq(outbox.caseId, handovers.caseId), eq(outbox.kind, "handover")))
    .where(and(eq(handovers.caseId, id), ne(handovers.state, "waiting"), notInArray(outbox.state, [...UNREAD])));
  return [...told.map(({ name }) => `${name}代表`), ...given.map(({ name }) => name)];
}

/** What waits for deputies and units in the words as they were is withdrawn, and told in the new ones. */
async function tellAnew(turn: Turn, subject: CaseRecord): Promise<void> {
  const { tx, now } = turn;
  const toOthers = or(isNotNull(outbox.deputyId), eq(outbox.kind, "handover"));
  const withdrawn = await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(
      and(
        eq(outbox.caseId, subject.id),
        toOthers,
        inArray(outbox.kind, ["deputy-case", "deputy-news", "deputy-follow", "photo", "handover"]),
        inArray(outbox.state, ["waiting", "held"]),
      ),
    )
    .returning({ kind: outbox.kind, deputyId: outbox.deputyId });
  // What may have arrived is not told again in the words as they were.
  await tx
    .update(outbox)
    .set({ repeatsLeft: 0 })
    .where(and(eq(outbox.caseId, subject.id), toOthers, eq(outbox.state, "uncertain")));
  await withdrawReminders(turn, subject.id);
  if (subject.sealed) return;
  if (withdrawn.some(({ kind }) => kind === "handover")) await sayHandoverAgain(turn, subject);
  const decision = await lastDecision(turn, subject);
  const holder = await holderOf(turn, subject);
  const thread = await threadOf(turn, subject);
  const text = residentsWords(thread) || WITHHELD;
  const line = deputyCase(subject, text, decision === null ? "" : placeName(decision.facts), turn.today);
  const untold = new Set(withdrawn.flatMap(({ deputyId }) => deputyId ?? []));
  if (subject.deputyId !== null && untold.has(subject.deputyId)) {
    await tellNewCase(turn, subject.deputyId, subject, { line, holder });
  }
  const following = await tx.select().from(caseFollowers).where(eq(caseFollowers.caseId, subject.id));
  for (const { deputyId, why } of following) {
    if (!untold.has(deputyId)) continue;
    if (why !== "assistant") await tellFollower(turn, subject, deputyId, why, { line, holder });
    else
      await tellDeputy(turn, deputyId, (wording) => ({
        kind: "deputy-follow",
        subject,
        words: wording.assistedCase({ line, holder, thread: toldLines(thread) }),
      }));
  }
}
