import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { isNumberOf } from "../../../domain/case/case.ts";
import type { OpenQuestion } from "../../../domain/dialog/state.ts";
import { understandDeputy } from "../../../domain/dialog/understand-deputy.ts";
import { type Checked, checkedIn, knownIn, passesOn } from "../../../domain/dialog/unit/claim-answers.ts";
import { boundWordingOf } from "../../../domain/wording/bound.ts";
import { unitOf } from "../../actions/close-case.ts";
import { casesOfDeputy, lockCase } from "../../cases/load.ts";
import { record } from "../../cases/record.ts";
import { UNIT_WORDS } from "../../cases/thread.ts";
import { giveBackToUnit } from "../../handovers/after-claims.ts";
import { passUnitsWord, unitsPhotos } from "../../handovers/units-word.ts";
import { endQuestion, setQuestion } from "../../outbox/questions.ts";
import { tell, tellResident } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { mayCarryOut } from "../carry-out.ts";
import { deputyOf } from "../case-commands.ts";
import { focusOn, ownNumbers } from "../clear-case.ts";
import { photosCanLeave } from "../pass-on.ts";
import { closeAsSaid, closeWith, lastWords } from "./close.ts";

/** A question is answered by a bare number only for so long, where that is the number of a case as well. */
const QUESTION_MS = 30 * 60_000;
/** What a unit reported is checked on the way home or the next day. */
const CHECK_MS = 7 * 86_400_000;

type Asked = Extract<OpenQuestion, { kind: "unit-done" | "closing-how" | "closing-words" }>;

/**
 * Takes a deputy's text as the answer to what they were asked about something that is said to be done: whether they checked it, how
 * they know, what its resident shall be told.
 *
 * @returns null where it is something else
 */
export async function answerOfClaims(turn: Turn, mine: readonly CaseRecord[], said: Said): Promise<Outcome | null> {
  const { question: asked } = turn.conversation.dialog;
  if (asked?.kind !== "unit-done" && asked?.kind !== "closing-how" && asked?.kind !== "closing-words") return null;
  if (!isInTime(turn, asked, mine, said.text)) return null;
  const found = mine.find((one) => one.number === asked.case);
  if (found === undefined) return null;
  const verb = verbFor(turn, mine, asked, said.text);
  if (verb === null) return null;
  const subject = await lockCase(turn, found.id);
  endQuestion(turn, asked);
  const refused = mayCarryOut(turn, subject, true);
  if (refused !== null) return refused;
  focusOn(turn, subject.number);
  await verb(subject);
  return { kind: "command", caseId: subject.id };
}

function isInTime(turn: Turn, { kind, at }: Asked, mine: readonly CaseRecord[], text: string): boolean {
  const age = turn.now.getTime() - Date.parse(at);
  if (kind !== "unit-done" || age <= QUESTION_MS) return age <= QUESTION_MS;
  const [digit] = /\d+/.exec(text.normalize("NFKC")) ?? [];
  const isCase = digit !== undefined && mine.some((one) => one.closedAt === null && isNumberOf(digit, one.number));
  return age <= CHECK_MS && !isCase;
}

type Verb = (subject: CaseRecord) => Promise<unknown>;

function verbFor(turn: Turn, mine: readonly CaseRecord[], asked: Asked, text: string): Verb | null {
  switch (asked.kind) {
    case "unit-done": {
      const checked = checkedIn(text);
      return checked === null ? null : (subject) => carryOutCheck(turn, subject, checked);
    }
    case "closing-how": {
      const how = knownIn(text);
      return how === null ? null : (subject) => closeAsSaid(turn, subject, how);
    }
    case "closing-words": {
      const { how } = asked;
      if (passesOn(text)) return (subject) => passOnReport(turn, subject, how);
      const { kind } = understandDeputy(text, turn.today, ownNumbers(mine));
      if (kind !== "words") return null;
      return (subject) => closeWith(turn, subject, { text, outcome: "solved", how });
    }
  }
}

async function carryOutCheck(turn: Turn, subject: CaseRecord, checked: Checked): Promise<void> {
  const { by } = await deputyOf(turn);
  const { number } = subject;
  const wording = boundWordingOf(turn.conversation.locale);
  if (checked === "visit" || checked === "phone") {
    record(turn, subject, "checked", by, { result: "fixed", how: checked });
    tell(turn, { kind: "question", subject: null, words: wording.closingWords({ number }) });
    setQuestion(turn, { kind: "closing-words", case: number, how: checked, at: turn.now.toISOString() });
    return;
  }
  const unit = await unitOf(turn, subject);
  if (checked === "not-fixed") {
    record(turn, subject, "checked", by, { result: "not_fixed", how: "unsaid" });
    const back = await giveBackToUnit(turn, subject, { who: "deputy", by });
    answerDeputy(turn, wording.givenBackToUnit({ number, unit: back ?? unit ?? "" }));
    return;
  }
  record(turn, subject, "replied", by, {});
  await passUnitsWord(turn, subject);
  answerDeputy(turn, wording.unitWordPassed({ number, unit: unit ?? "" }));
}

/** Closes a case with what its unit said and showed, as the unit's. */
async function passOnReport(
  turn: Turn,
  subject: CaseRecord,
  how: Extract<Asked, { how: unknown }>["how"],
): Promise<void> {
  const unit = await unitOf(turn, subject);
  const words = await lastWords(turn, subject, UNIT_WORDS);
  await closeWith(turn, subject, { text: `${unit ?? ""}：${words}`, outcome: "solved", how });
  if (!(await photosCanLeave(turn, subject))) return;
  for (const mediaId of await unitsPhotos(turn, subject)) {
    await tellResident(turn, subject, () => ({ kind: "photo", words: "", mediaId, party: "deputy", isAnswer: true }));
  }
}

/** Closes the case of a question that its deputy did not answer in time, without saying how they know that it is solved. */
export async function closeUnsaid(turn: Turn, asked: Extract<Asked, { kind: "closing-how" }>): Promise<void> {
  const { deputyId } = turn.conversation;
  endQuestion(turn, asked);
  const mine = deputyId === null ? [] : await casesOfDeputy(turn, deputyId);
  const found = mine.find((one) => one.number === asked.case);
  if (found === undefined) return;
  const subject = await lockCase(turn, found.id);
  if (subject.closedAt !== null || subject.sealed || subject.deputyId !== deputyId) return;
  await closeAsSaid(turn, subject, "unsaid");
}
