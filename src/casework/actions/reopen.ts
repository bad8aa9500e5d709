import { eq } from "drizzle-orm";
import { type CaseRecord, caseEvents, cases } from "../../../db/schema/cases.ts";
import { caseLinks } from "../../../db/schema/console.ts";
import { deputies } from "../../../db/schema/people.ts";
import { type AnsweredBy, receptionStationOf } from "../../domain/answers/answer.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import type { Position } from "../../domain/messages/message.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import type { Decision } from "../../domain/routing/route.ts";
import { boundWordingOf } from "../../domain/wording/bound.ts";
import { setClocksAgain } from "../cases/clocks.ts";
import { lastDecision } from "../cases/decisions.ts";
import { deputyCase, holderOf, placeName } from "../cases/describe.ts";
import { clockFrom, dayOf } from "../cases/due-day.ts";
import { wasDeclined } from "../cases/own-cases.ts";
import { eventRow, record } from "../cases/record.ts";
import { openingWords, residentsWords, threadOf } from "../cases/thread.ts";
import { noteRefusal } from "../county/answers.ts";
import { isAvailable } from "../county/deputies.ts";
import { giveBackToUnit } from "../handovers/after-claims.ts";
import { tellStationOfDenial } from "../handovers/station.ts";
import { showAllToDeputy, showToDeputy } from "../outbox/photos.ts";
import { tell, tellDeputy } from "../outbox/tell.ts";
import { tellNewCase } from "../outbox/tell-case.ts";
import { matterOf } from "../routing/ask-rules.ts";
import { findPlace, findPlaceOfNew, NO_PLACE } from "../routing/find-place.ts";
import { findResponsible, type Responsible } from "../routing/responsible.ts";
import { NOWHERE, type Whereabouts, whereaboutsBefore, whereaboutsOf, withHome } from "../routing/whereabouts.ts";
import { type Said, workingText } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { askWhere } from "./ask-where.ts";
import { assign } from "./assign.ts";
import { notePlace } from "./place-case.ts";

/** Reopens a closed case at the deputy who had it, if that deputy is there, with a new due day. */
export async function reopen(
  turn: Turn,
  subject: CaseRecord,
  said: readonly Said[],
  position?: Position,
): Promise<void> {
  const handler = await endLink(turn, subject);
  const before = {
    deputyId: subject.deputyId,
    decision: await lastDecision(turn, subject),
    wasDeclined: wasDeclined(subject),
    answeredBy: subject.answeredBy,
  };
  const reply = clockFrom(turn, "reply", subject);
  const again = { reopenings: subject.reopenings + 1, ...dayOf(reply) };
  record(turn, subject, "reopened", "resident", again, {
    ...again,
    outcome: null,
    closedAt: null,
    answeredBy: null,
    rating: null,
    verdictUntil: null,
    escalation: 0,
    lastSpokenAt: turn.now,
  });
  setClocksAgain(turn, subject, reply);
  const text = workingText(said, subject) || subject.summary;
  if (handler !== null) {
    const all = withWords(await wholeStory(turn, subject), text);
    await assign(turn, subject, handler, { text: all, isReopened: true });
    await showAllToDeputy(turn, subject);
  } else if (before.deputyId !== null && before.decision !== null && (await isAvailable(turn, before.deputyId))) {
    const { decision } = before;
    const holder = await holderOf(turn, subject);
    const story = openingWords(await threadOf(turn, subject)) || subject.summary;
    const line = deputyCase(subject, withWords(story, text), placeName(decision.facts), turn.today);
    await tellNewCase(turn, before.deputyId, subject, { line, holder, isReopened: true });
    await showToDeputy(turn, subject, said);
    await giveBack(turn, subject, before.deputyId);
  } else {
    const where = await whereaboutsAgain(turn, subject, before, position);
    const responsible = await findResponsible(turn, where, {
      sealed: subject.sealed,
      filed: subject,
      barred: subject.sealed ? (before.decision?.passedOver ?? []) : [],
      matter: before.wasDeclined ? null : matterOf(turn, subject),
    });
    if (before.decision === null) notePlace(turn, subject, where, responsible);
    const all = withWords(await wholeStory(turn, subject), text);
    await assign(turn, subject, responsible, { text: all, isReopened: before.decision !== null });
    await showAllToDeputy(turn, subject);
  }
  if (before.answeredBy === null) await tellStationOfDenial(turn, subject);
  else await noteRefusal(turn.tx, subject.id, turn.now);
  tell(turn, {
    kind: "receipt",
    subject,
    words: wordingFor(turn).reopened({
      number: subject.number,
      holder: await holderOf(turn, subject),
      dueOn: dueOf(subject),
    }),
    isAnswer: true,
  });
  // Whoever asked something and named no place was not asked for it: what answered them needed none.
  if (before.answeredBy !== null && subject.deputyId === null && subject.gridId === null && subject.stationId === null)
    askWhere(turn, subject, await placeOfQuestion(turn, subject), { turn: 1 });
}

/** The unit that reported it has it again, and the deputy reads so. */
async function giveBack(turn: Turn, subject: CaseRecord, deputyId: string): Promise<void> {
  const unit = await giveBackToUnit(turn, subject, { who: "resident", by: "resident" });
  if (unit === null) return;
  await tellDeputy(turn, deputyId, (_, locale) => ({
    kind: "deputy-news",
    subject,
    words: boundWordingOf(locale).residentDenied({ number: subject.number, unit, text: null }),
  }));
}

/**
 * Lets a case that went with another one stand by itself again.
 * @returns who has that other one, where it is somebody else who is there: they know the matter
 */
async function endLink(turn: Turn, subject: CaseRecord): Promise<Responsible | null> {
  const [link] = await turn.tx
    .select({ leading: cases, code: deputies.code })
    .from(caseLinks)
    .innerJoin(cases, eq(cases.id, caseLinks.leadingId))
    .leftJoin(deputies, eq(deputies.id, cases.deputyId))
    .where(eq(caseLinks.caseId, subject.id));
  if (link === undefined) return null;
  const { leading, code } = link;
  record(turn, subject, "unmerged", "service", { into: leading.number });
  turn.writes.insert(caseEvents, eventRow(turn, leading.id, "unmerged", "service", { from: subject.number }));
  await turn.tx.delete(caseLinks).where(eq(caseLinks.caseId, subject.id));
  const { gridId, stationId, deputyId } = leading;
  if (deputyId === null || deputyId === subject.deputyId || subject.sealed || leading.sealed) return null;
  const decision = await lastDecision(turn, leading);
  const isTheirs = decision?.chosen.kind === "deputy" && decision.chosen.deputy === code;
  if (decision === null || !isTheirs || !(await isAvailable(turn, deputyId))) return null;
  const holder = await holderOf(turn, leading);
  return { decision, gridId, stationId, deputyId, unit: null, holder, followers: [] };
}

/** The story with these words at its end, unless it tells them already. */
function withWords(story: string, words: string): string {
  return story.includes(words) ? story : `${story}\n${words}`;
}

/** Where it was before; what was refused as nothing for a deputy comes to the office, which looks at it again. */
async function whereaboutsAgain(
  turn: Turn,
  subject: CaseRecord,
  before: {
    readonly decision: Decision | null;
    readonly wasDeclined: boolean;
    readonly answeredBy: AnsweredBy | null;
  },
  position?: Position,
): Promise<Whereabouts> {
  if (before.decision !== null) return whereaboutsBefore(before.decision.facts);
  if (before.wasDeclined) return NOWHERE;
  const where = await placeOfAll(turn, subject, position);
  const station = before.answeredBy === null ? null : receptionStationOf(before.answeredBy);
  return where === NOWHERE && station !== null ? { ...NOWHERE, station, by: "answer" } : where;
}

/** The place of a case that never had one, from all that its resident said; nowhere if that still tells nothing. */
async function placeOfAll(turn: Turn, subject: CaseRecord, position?: Position): Promise<Whereabouts> {
  const story = await wholeStory(turn, subject);
  const finding = await findPlace(turn, { texts: [story], position: position ?? null });
  return withHome(turn, (await whereaboutsOf(turn, finding)) ?? NOWHERE, story);
}

/** What to ask about the place of a question, which may be where its resident's last matter was. */
async function placeOfQuestion(turn: Turn, subject: CaseRecord): Promise<PlaceFinding> {
  const finding = await findPlaceOfNew(turn, { texts: [await wholeStory(turn, subject)], mayBeLast: true });
  return finding.kind === "ask" ? finding : NO_PLACE;
}

async function wholeStory(turn: Turn, subject: CaseRecord): Promise<string> {
  return residentsWords(await threadOf(turn, subject));
}
