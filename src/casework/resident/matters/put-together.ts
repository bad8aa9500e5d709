import { and, eq, inArray, sql } from "drizzle-orm";
import { type CaseRecord, caseEvents, caseMessages } from "../../../../db/schema/cases.ts";
import { isNumberOf } from "../../../domain/case/case.ts";
import { quoteMasked } from "../../../domain/text/quote.ts";
import { placeCase } from "../../actions/place-case.ts";
import { makeUrgent } from "../../actions/raise-priority.ts";
import { markMinor } from "../../actions/writer/minor.ts";
import { notePetition } from "../../actions/writer/petition.ts";
import { markUnnamed } from "../../actions/writer/unnamed.ts";
import { lastDecision } from "../../cases/decisions.ts";
import { allLedBy, leaderOf } from "../../cases/led.ts";
import { DATA_REQUEST, ownCases } from "../../cases/load.ts";
import { record } from "../../cases/record.ts";
import { addToThread, keyPurpose, residentsWords, threadOf } from "../../cases/thread.ts";
import { endWithCase } from "../../handovers/after-claims.ts";
import { clearQuestion } from "../../outbox/questions.ts";
import { tell, tellDeputy } from "../../outbox/tell.ts";
import { whereaboutsBefore } from "../../routing/whereabouts.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";

/** Two of a resident's own cases that shall be one. */
type Pair = { readonly subject: CaseRecord; readonly into: CaseRecord };

/**
 * Puts together what a resident says is one matter: the words go to the other case, and the first is closed as part of it.
 *
 * Where no number was typed, it is what was told in one message and cut last.
 * @param typed the numbers as typed, null where they were left out
 */
export async function putTogether(
  turn: Turn,
  typed: { readonly number: string | null; readonly into: string | null },
): Promise<Outcome> {
  const mine = (await ownCases(turn)).filter(
    (one) => one.closedAt === null && !one.sealed && one.category !== DATA_REQUEST,
  );
  const pairs = await pairsMeant(turn, mine, typed);
  const wording = wordingFor(turn);
  const areFree = await Promise.all(pairs.flatMap(({ subject, into }) => [isFree(turn, subject), isFree(turn, into)]));
  if (pairs.length === 0 || areFree.includes(false)) {
    tell(turn, { kind: "status", subject: null, words: wording.cannotPutTogether() });
    return { kind: "command" };
  }
  for (const { subject, into } of pairs) {
    await moveInto(turn, subject, into);
    const words = wording.putTogether({ number: subject.number, into: into.number });
    tell(turn, { kind: "status", subject: into, words });
  }
  return { kind: "command", ...(pairs[0] && { caseId: pairs[0].into.id }) };
}

async function pairsMeant(
  turn: Turn,
  mine: readonly CaseRecord[],
  { number, into }: { readonly number: string | null; readonly into: string | null },
): Promise<Pair[]> {
  const named = (typed: string) => mine.filter((one) => isNumberOf(typed, one.number));
  const cut = await cutFrom(turn, mine);
  if (number !== null && into !== null) {
    const [[subject, another], [other, more]] = [named(number), named(into)];
    const isClear = another === undefined && more === undefined && subject !== undefined && other !== undefined;
    return isClear && subject !== other ? [{ subject, into: other }] : [];
  }
  if (number !== null) return cut.filter(({ subject }) => isNumberOf(number, subject.number));
  const [last] = cut;
  return cut.filter((one) => one.into === last?.into);
}

/** What was cut out of other cases of the same person, the newest first. */
async function cutFrom(turn: Turn, mine: readonly CaseRecord[]): Promise<Pair[]> {
  if (mine.length === 0) return [];
  const ids = mine.map(({ id }) => id);
  const rows = await turn.tx
    .select({ caseId: caseEvents.caseId, from: sql<string>`${caseEvents.details} ->> 'from'` })
    .from(caseEvents)
    .where(
      and(
        inArray(caseEvents.caseId, ids),
        eq(caseEvents.type, "split"),
        sql`${caseEvents.details} ->> 'from' is not null`,
      ),
    )
    .orderBy(sql`${caseEvents.seq} desc`);
  return rows.flatMap(({ caseId, from }) => {
    const subject = mine.find(({ id }) => id === caseId);
    const into = mine.find((one) => one.number === from);
    return subject === undefined || into === undefined ? [] : [{ subject, into }];
  });
}

/** What goes with another case, or leads one, is put together by the office. */
async function isFree(turn: Turn, subject: CaseRecord): Promise<boolean> {
  return (await leaderOf(turn, subject)) === null && (await allLedBy(turn, subject)).length === 0;
}

async function moveInto(turn: Turn, subject: CaseRecord, into: CaseRecord): Promise<void> {
  const before = await lastDecision(turn, subject);
  const words = residentsWords(await threadOf(turn, subject));
  const formerHolder = subject.deputyId;
  await carryWriter(turn, subject, into);
  await copyWords(turn, subject, into);
  clearQuestion(turn, subject.number);
  if (subject.priority && !into.priority) makeUrgent(turn, into);
  record(turn, into, "joined", "resident", { from: subject.number }, { lastSpokenAt: turn.now });
  record(turn, subject, "joined", "resident", { into: into.number }, { deputyId: null, unitId: null });
  const outcome = "duplicate";
  record(turn, subject, "closed", "resident", { outcome }, { outcome, closedAt: turn.now });
  await endWithCase(turn, subject, { isSolved: false, by: "resident" });
  const isPlacedNow = into.state === "clarifying" && before !== null;
  if (isPlacedNow) await placeCase(turn, into, whereaboutsBefore(before.facts));
  if (formerHolder !== null) {
    const goesTo = formerHolder === into.deputyId ? into.number : null;
    await tellDeputy(turn, formerHolder, (wording) => ({
      kind: "deputy-news",
      subject,
      words: wording.partOfAnother({ number: subject.number, into: goesTo }),
    }));
  }
  if (into.deputyId === null || into.deputyId === formerHolder || isPlacedNow) return;
  await tellDeputy(turn, into.deputyId, (wording) => ({
    kind: "deputy-news",
    subject: into,
    words: wording.residentAdded({ number: into.number, text: quoteMasked(words) }),
  }));
}

/** What the words say of their writer holds where they go. */
async function carryWriter(turn: Turn, subject: CaseRecord, into: CaseRecord): Promise<void> {
  if (subject.minor && !into.minor) await markMinor(turn, into, "words");
  if (subject.unnamed && !into.unnamed) await markUnnamed(turn, into);
  if (!subject.petition) return;
  const words = notePetition(turn, into);
  if (words !== null) tell(turn, { kind: "courtesy", mustKnow: true, subject: into, words });
}

/** The words stay with the case in which they were said too: its history is whole. */
async function copyWords(turn: Turn, subject: CaseRecord, into: CaseRecord): Promise<void> {
  const rows = await turn.tx
    .select()
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, subject.id), eq(caseMessages.party, "resident")))
    .orderBy(caseMessages.at, caseMessages.id);
  const key = turn.runtime.vault.unwrap(subject.keyWrapped, keyPurpose(turn.jurisdictionId));
  for (const { direction, party, kind, text, original, mediaId, at } of rows)
    addToThread(turn, into, {
      direction,
      party,
      kind,
      text: original === null ? text : key.open(original),
      mediaId,
      at,
    });
}
