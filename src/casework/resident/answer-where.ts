import { and, eq, gte, notInArray, sql } from "drizzle-orm";
import { type CaseRecord, caseEvents } from "../../../db/schema/cases.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { BURST_MS, ILLUSTRATION_MS } from "../../domain/dialog/belonging.ts";
import { questionsOf } from "../../domain/dialog/open-questions.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import type { Position } from "../../domain/messages/message.ts";
import { mayAnswerWhere, meansAll } from "../../domain/place/answer-words.ts";
import { choiceNamed } from "../../domain/place/choice-named.ts";
import type { PlaceChoice, PlaceFinding } from "../../domain/place/finding.ts";
import { narrow, nothingKnown } from "../../domain/place/locate.ts";
import { asksReceptionDay } from "../../domain/receptions/asked.ts";
import type { RoutingFacts } from "../../domain/routing/route.ts";
import { bareWords } from "../../domain/text/words.ts";
import { joinCase } from "../actions/add-words.ts";
import { askWhere } from "../actions/ask-where.ts";
import { placeCase } from "../actions/place-case.ts";
import { answerByCalendar } from "../actions/receptions.ts";
import { ownCases } from "../cases/load.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { findBorder, findPlaceWithoutScene, NO_PLACE, type PlaceWords, placeInWords } from "../routing/find-place.ts";
import { NOWHERE, type Whereabouts, whereaboutsOf } from "../routing/whereabouts.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import type { Turn } from "../turn/turn.ts";

/** A case whose place was asked for, with the open question. */
export type AskedWhere = {
  readonly subject: CaseRecord;
  readonly question: Extract<OpenQuestion, { kind: "where" }>;
};

/** An open "where?" is answered by what comes within this time; later words stand for themselves. */
const QUESTION_MS = 48 * 3_600_000;

/**
 * The case that waits for its place.
 *
 * A question that another one pushed aside is still open as long as its case has no place.
 */
export async function askedCase(turn: Turn): Promise<AskedWhere | null> {
  const open = (await ownCases(turn)).filter((one) => one.closedAt === null);
  for (const question of questionsOf(turn.conversation.dialog)) {
    if (question.kind !== "where" || turn.now.getTime() - Date.parse(question.at) > QUESTION_MS) continue;
    const subject = open.find((one) => one.number === question.case);
    if (subject !== undefined) return { subject, question };
  }
  const left = open.find((one) => one.state === "clarifying");
  if (left === undefined) return null;
  const { number, lastSpokenAt } = left;
  const at = lastSpokenAt.toISOString();
  return { subject: left, question: { kind: "where", case: number, turn: 2, why: "nothing", choices: [], at } };
}

/**
 * Takes words after "where?" as its answer; what is said in the same burst, before the question could be read or going
 * on with the story, does not count as a try.
 */
export async function answerWhereInWords(turn: Turn, asked: AskedWhere, said: Said): Promise<Outcome> {
  const { subject, question } = asked;
  const hadWords = subject.summary !== "";
  await joinCase(turn, subject, [said], { quietly: true });
  const inBurst = turn.now.getTime() - Date.parse(question.at) <= BURST_MS;
  const names = said.text !== "" && (await placeInWords(turn, said.text)).namesPlace;
  const saysPlace = names || choiceNamed(bareWords(said.text), question.choices) !== null;
  const saysWhat = !hadWords && said.text !== "" && turn.conversation.homeGrid !== null;
  if (question.why === "several-places" && meansAll(said.text)) {
    await placeAsked(turn, subject, NOWHERE);
    return { kind: "case", caseId: subject.id };
  }
  const isYesOrNo = question.choices.some((choice) => "elsewhere" in choice);
  const isLate = !inBurst || (!isYesOrNo && mayAnswerWhere(said.text) && (await hasLeft(turn, asked)));
  const triesToAnswer = isLate && (said.text !== "" || question.turn === 1);
  if (saysPlace || saysWhat || triesToAnswer) {
    await answerWhere(turn, subject, question, { texts: [said.text], mayBeHome: !hadWords });
  }
  return { kind: "case", caseId: subject.id };
}

/** Whether the question has been sent or is being sent: earlier words cannot be its answer. */
export async function hasLeft(turn: Turn, { subject, question }: AskedWhere): Promise<boolean> {
  const left = and(
    eq(outbox.caseId, subject.id),
    eq(outbox.kind, "question"),
    gte(outbox.createdAt, new Date(question.at)),
    notInArray(outbox.state, ["waiting", "superseded"]),
  );
  const rows = await turn.tx.select({ id: outbox.id }).from(outbox).where(left).limit(1);
  return rows.length > 0;
}

/** Takes a shared position as the answer to "where?". */
export async function answerWhereByPosition(
  turn: Turn,
  asked: AskedWhere,
  said: Said,
  position: Position,
): Promise<Outcome> {
  await joinCase(turn, asked.subject, [said], { quietly: true });
  await answerWhere(turn, asked.subject, asked.question, { texts: [said.text], position });
  return { kind: "case", caseId: asked.subject.id };
}

/** Applies an answer to "where?": one of its choices by index, or words, or a position. */
export async function answerWhere(
  turn: Turn,
  subject: CaseRecord,
  question: Extract<OpenQuestion, { kind: "where" }>,
  answer: { readonly choice: number } | PlaceWords,
): Promise<"placed" | "asked" | "left-to-office"> {
  const finding = await answerToPlace(turn, subject, question, answer);
  const chosen = "choice" in answer ? question.choices[answer.choice] : undefined;
  const isReception = asksReceptionDay(residentsWords(await threadOf(turn, subject)));
  const township: PlaceFinding | null =
    chosen !== undefined && "township" in chosen ? { kind: "ask", why: "township-only", choices: [chosen] } : null;
  if (isReception && (await answerByCalendar(turn, { subject }, township ?? finding)) !== null) return "placed";
  const where = await whereaboutsOf(turn, finding);
  if (where !== null) {
    const by: RoutingFacts["placeBy"] = "choice" in answer ? "answer" : where.by;
    await placeAsked(turn, subject, { ...where, by });
    return "placed";
  }
  if (question.turn === 1) {
    const asksAgain = tellsNothing(finding) && !question.choices.some((choice) => "elsewhere" in choice);
    askWhere(turn, subject, asksAgain ? { ...question, kind: "ask" } : finding, { turn: 2 });
    return "asked";
  }
  await placeAsked(turn, subject, NOWHERE);
  return "left-to-office";
}

/** Places a case where its resident was asked, and with it what they told beside it, for whose place they were not asked again. */
async function placeAsked(turn: Turn, subject: CaseRecord, where: Whereabouts): Promise<void> {
  const asked = questionsOf(turn.conversation.dialog).flatMap((one) => (one.kind === "where" ? one.case : []));
  const parts = await partsOf(turn, subject);
  const beside = (await ownCases(turn)).filter(
    (one) =>
      one.state === "clarifying" &&
      one !== subject &&
      !asked.includes(one.number) &&
      (parts.has(one.number) || Math.abs(one.receivedAt.getTime() - subject.receivedAt.getTime()) <= ILLUSTRATION_MS),
  );
  for (const one of [subject, ...beside]) await placeCase(turn, one, where);
}

/** The numbers of the cases that were told in one breath with this one, also where it came as a recording long before. */
async function partsOf({ tx }: Turn, { id }: CaseRecord): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ number: sql<string | null>`${caseEvents.details} ->> 'into'` })
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, id), eq(caseEvents.type, "split")));
  return new Set(rows.flatMap(({ number }) => number ?? []));
}

async function answerToPlace(
  turn: Turn,
  subject: CaseRecord,
  question: Extract<OpenQuestion, { kind: "where" }>,
  answer: { readonly choice: number } | PlaceWords,
): Promise<PlaceFinding> {
  const atlas = await turn.lookups.atlas();
  if ("choice" in answer) {
    const chosen = question.choices[answer.choice];
    if (chosen === undefined) return NO_PLACE;
    if ("elsewhere" in chosen) return nothingKnown(atlas);
    if ("scanned" in chosen) return findingOfScanned(chosen);
    return "grid" in chosen
      ? { kind: "grid", grid: chosen.grid, by: "name", evidence: chosen.label }
      : narrow(atlas, chosen, [subject.summary]);
  }
  const alone = await findPlaceWithoutScene(turn, answer);
  if (alone.kind === "ask" && (answer.position ?? null) === null) {
    const choice = choiceNamed(bareWords(answer.texts.join(" ")), question.choices);
    if (choice !== null) return answerToPlace(turn, subject, question, { choice });
  }
  if (tellsNothing(alone)) return alone;
  const together = await findPlaceWithoutScene(turn, { ...answer, texts: [subject.summary, ...answer.texts] });
  if (together.kind === "grid" || alone.kind !== "ask") return together.kind === "grid" ? together : alone;
  const words = [residentsWords(await threadOf(turn, subject)), ...answer.texts].join("\n");
  return (await findBorder(turn, words, answer.texts)) ?? alone;
}

function findingOfScanned({ label, scanned }: Extract<PlaceChoice, { scanned: unknown }>): PlaceFinding {
  const { kind, code } = scanned;
  return kind === "station"
    ? { kind, station: code, by: "scene", evidence: label }
    : { kind, deputy: code, by: "scene", evidence: label };
}

function tellsNothing(finding: PlaceFinding): boolean {
  return finding.kind === "ask" && finding.why === "nothing";
}
