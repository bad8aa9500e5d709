import { and, eq, gt, isNull } from "drizzle-orm";
import { inbox } from "../../db/schema/conversations.ts";
import { type Belonging, BURST_MS, belongsTo, type OwnCase, type Utterance } from "../domain/belonging.ts";
import { understandResident } from "../domain/dialog.ts";
import type { Position } from "../domain/message.ts";
import { answerChoice } from "./choose.ts";
import { obey } from "./commands.ts";
import { caseLines } from "./describe.ts";
import { joinCase } from "./follow.ts";
import type { Outcome } from "./hear.ts";
import { readPayload } from "./inbox.ts";
import { openCase, type Said } from "./open.ts";
import { answerWhere, findPlace, NO_PLACE, placeInWords, setQuestion } from "./place.ts";
import { rateByWords } from "./rate.ts";
import { type CaseRecord, ownCases, record, type Sitting, wordingFor } from "./sitting.ts";
import { supersede, tell, tellDeputy } from "./tell.ts";

/** A position shared without words waits this long for them. */
const DRAFT_MS = 15 * 60_000;
/** An open "where?" is answered by what comes within this time; later words stand for themselves. */
const QUESTION_MS = 48 * 3_600_000;

/** What a resident wrote, or said aloud and the platform wrote down. */
export async function hearText(sitting: Sitting, said: Said): Promise<Outcome> {
  supersede(sitting, ["prompt"]);
  const { conversation } = sitting;
  const wording = wordingFor(sitting);
  const meaning = understandResident(said.text, conversation.dialog, sitting.now);
  switch (meaning.kind) {
    case "command":
      return obey(sitting, said, meaning.command, meaning.number);
    case "choice":
      return answerChoice(sitting, said, meaning.index);
    case "choice-out-of-range": {
      const choices = openChoices(sitting);
      const words = choices === 0 ? wording.noSuchChoice() : wording.choiceOutOfRange({ choices });
      tell(sitting, { kind: "courtesy", subject: null, words });
      return { kind: "answer" };
    }
    case "rating":
      return (
        (await rateByWords(sitting, said, meaning.satisfied, meaning.comment)) ?? hearMatter(sitting, said, "matter")
      );
    case "emergency":
      tell(sitting, {
        kind: "emergency",
        subject: null,
        words: wording.emergency({ topics: meaning.topics }),
        isAnswer: true,
      });
      return meaning.accuses ? openSealed(sitting, said, true) : hearEmergency(sitting, said);
    case "accusation":
      return openSealed(sitting, said, false);
    case "identity-claim":
      sitting.house.log.warn({ seq: said.seq }, "somebody claimed to be a deputy or asked for people's data");
      tell(sitting, { kind: "courtesy", subject: null, words: wording.identityRefused() });
      return { kind: "refused" };
    case "thanks":
      return passThanks(sitting, said);
    case "spam":
      return { kind: "spam" };
    case "nothing-yet":
      return hearNothingYet(sitting, said);
    case "follow-up":
      return hearMatter(sitting, said, "follow-up");
    case "matter":
      return hearMatter(sitting, said, "matter");
  }
}

/** A photo, a voice without words, a video, a link. */
export async function hearShown(sitting: Sitting, said: Said): Promise<Outcome> {
  supersede(sitting, ["prompt"]);
  return hearMatter(sitting, said, "media");
}

/** A shared position: the answer to "where?", or the place of what is said next. */
export async function hearPlace(sitting: Sitting, said: Said, position: Position): Promise<Outcome> {
  supersede(sitting, ["prompt"]);
  const asked = await askedCase(sitting);
  if (asked !== null) {
    await addWords(sitting, asked.subject, said);
    await answerWhere(sitting, asked.subject, asked.question, { texts: [said.text], position });
    return { kind: "case", caseId: asked.subject.id };
  }
  const belonging = belongsTo(
    { form: "location", namedGrid: null, namesPlace: true },
    (await ownCases(sitting)).map(ownCase),
    sitting.now,
  );
  if (belonging.kind === "joins") return join(sitting, belonging, [said]);
  sitting.conversation.dialog = {
    ...sitting.conversation.dialog,
    draft: { position, label: said.text, at: sitting.now.toISOString() },
  };
  tell(sitting, {
    kind: "courtesy",
    subject: null,
    words: wordingFor(sitting).askWhatIsWrongHere({ label: said.text }),
  });
  return { kind: "courtesy" };
}

async function hearMatter(sitting: Sitting, said: Said, form: Utterance["form"]): Promise<Outcome> {
  const asked = await askedCase(sitting);
  if (asked !== null) return hearAnswerToWhere(sitting, asked, said);
  const place = said.text === "" ? { namedGrid: null, namesPlace: false } : await placeInWords(sitting, said.text);
  const belonging = belongsTo({ form, ...place }, (await ownCases(sitting)).map(ownCase), sitting.now);
  switch (belonging.kind) {
    case "joins":
      return join(sitting, belonging, [said]);
    case "unclear":
      return askWhichCase(sitting, belonging.numbers, said);
    case "new": {
      const opened = await openNew(sitting, said);
      return { kind: "case", caseId: opened.id };
    }
  }
}

async function hearEmergency(sitting: Sitting, said: Said): Promise<Outcome> {
  const urgent = (await ownCases(sitting)).find(
    (one) =>
      one.priority && one.closedAt === null && sitting.now.getTime() - one.lastSpokenAt.getTime() <= 10 * BURST_MS,
  );
  if (urgent !== undefined) return join(sitting, { kind: "joins", number: urgent.number, quietly: true }, [said]);
  const opened = await openNew(sitting, said, true);
  return { kind: "case", caseId: opened.id };
}

/** Seen by the county office alone: no deputy, station or group learns of it (信访工作条例 art. 30). */
async function openSealed(sitting: Sitting, said: Said, priority: boolean): Promise<Outcome> {
  const opened = await openCase(sitting, [said], NO_PLACE, { sealed: true, priority });
  return { kind: "case", caseId: opened.id };
}

async function openNew(sitting: Sitting, said: Said, priority = false): Promise<CaseRecord> {
  const before = await wordsBefore(sitting);
  const { draft } = sitting.conversation.dialog;
  const position =
    draft !== undefined && sitting.now.getTime() - Date.parse(draft.at) <= DRAFT_MS ? draft.position : null;
  const all = [...before, said];
  const finding = await findPlace(sitting, { texts: all.map((one) => one.text), position });
  const opened = await openCase(sitting, all, finding, { priority });
  for (const one of before) {
    await sitting.tx.update(inbox).set({ caseId: opened.id }).where(eq(inbox.seq, one.seq));
  }
  return opened;
}

/** The greetings and half sentences of the last minutes that said nothing by themselves. */
async function wordsBefore(sitting: Sitting): Promise<Said[]> {
  if (sitting.conversation.dialog.greetedAt === undefined) return [];
  const rows = await sitting.tx
    .select()
    .from(inbox)
    .where(
      and(
        eq(inbox.accountId, sitting.account.id),
        eq(inbox.peer, sitting.conversation.peer),
        eq(inbox.outcome, "courtesy"),
        eq(inbox.kind, "text"),
        isNull(inbox.caseId),
        gt(inbox.receivedAt, new Date(sitting.now.getTime() - 5 * BURST_MS)),
      ),
    )
    .orderBy(inbox.seq);
  return rows.flatMap((row) => {
    const { content } = readPayload(sitting.house.vault, row);
    return content.kind === "text"
      ? [{ seq: row.seq, at: row.receivedAt, kind: "text" as const, text: content.text, mediaId: null }]
      : [];
  });
}

type Asked = {
  readonly subject: CaseRecord;
  readonly question: Extract<NonNullable<Sitting["conversation"]["dialog"]["question"]>, { kind: "where" }>;
};

/** The case that waits for its place, if the question is still fresh. */
async function askedCase(sitting: Sitting): Promise<Asked | null> {
  const { question } = sitting.conversation.dialog;
  if (question?.kind !== "where" || sitting.now.getTime() - Date.parse(question.at) > QUESTION_MS) return null;
  const subject = (await ownCases(sitting)).find((one) => one.number === question.case && one.closedAt === null);
  return subject === undefined ? null : { subject, question };
}

async function hearAnswerToWhere(sitting: Sitting, asked: Asked, said: Said): Promise<Outcome> {
  const { subject, question } = asked;
  await addWords(sitting, subject, said);
  const place = await findPlace(sitting, { texts: [said.text] });
  const inBurst = sitting.now.getTime() - Date.parse(question.at) <= BURST_MS;
  const saysNoPlace = place.kind === "ask" && place.why === "nothing";
  // In the same breath people go on telling before they answer: that does not use up a turn.
  if (!(inBurst && saysNoPlace)) await answerWhere(sitting, subject, question, { texts: [said.text] });
  return { kind: "case", caseId: subject.id };
}

async function addWords(sitting: Sitting, subject: CaseRecord, said: Said): Promise<void> {
  await joinCase(sitting, subject, [said], { quietly: true });
}

async function join(
  sitting: Sitting,
  belonging: Extract<Belonging, { kind: "joins" }>,
  said: readonly Said[],
): Promise<Outcome> {
  const subject = (await ownCases(sitting)).find((one) => one.number === belonging.number);
  if (subject === undefined) throw new Error("words belong to a case that is not this resident's");
  await joinCase(sitting, subject, said, { quietly: belonging.quietly });
  return { kind: "case", caseId: subject.id };
}

async function askWhichCase(sitting: Sitting, numbers: readonly string[], said: Said): Promise<Outcome> {
  const subjects = (await ownCases(sitting)).filter((one) => numbers.includes(one.number));
  const previous = sitting.conversation.dialog.question;
  const waiting = previous?.kind === "which-case" && previous.about === "follow-up" ? previous.waiting : [];
  const lines = await caseLines(sitting, subjects);
  supersede(sitting, ["question"]);
  tell(sitting, { kind: "question", subject: null, words: wordingFor(sitting).whichCase({ cases: lines }) });
  setQuestion(sitting, {
    kind: "which-case",
    about: "follow-up",
    cases: lines.map((line) => line.number),
    waiting: [...waiting, { seq: said.seq, kind: said.kind, mediaId: said.mediaId }],
    at: sitting.now.toISOString(),
  });
  return { kind: "answer" };
}

/** Thanks opens nothing: it goes to the deputy of the latest case that somebody answered, and is counted apart. */
async function passThanks(sitting: Sitting, said: Said): Promise<Outcome> {
  const helped = (await ownCases(sitting)).find((one) => one.deputyId !== null && !one.sealed);
  tell(sitting, { kind: "courtesy", subject: null, words: wordingFor(sitting).thanksNoted() });
  if (helped === undefined || helped.deputyId === null) return { kind: "courtesy" };
  record(sitting, helped, "message_added", "resident", { thanks: true });
  await joinThanks(sitting, helped, helped.deputyId, said);
  return { kind: "courtesy", caseId: helped.id };
}

async function joinThanks(sitting: Sitting, subject: CaseRecord, deputyId: string, said: Said): Promise<void> {
  await tellDeputy(sitting, deputyId, (wording) => ({
    kind: "deputy-news",
    subject,
    words: wording.residentThanks({ number: subject.number, text: said.text }),
  }));
}

async function hearNothingYet(sitting: Sitting, said: Said): Promise<Outcome> {
  const recent = (await ownCases(sitting)).find(
    (one) => one.closedAt === null && sitting.now.getTime() - one.lastSpokenAt.getTime() <= BURST_MS,
  );
  if (recent !== undefined) {
    await addWords(sitting, recent, said);
    return { kind: "case", caseId: recent.id };
  }
  sitting.conversation.dialog = { ...sitting.conversation.dialog, greetedAt: sitting.now.toISOString() };
  tell(sitting, {
    kind: "prompt",
    subject: null,
    words: wordingFor(sitting).askToGoOn(),
    notBefore: new Date(sitting.now.getTime() + BURST_MS),
  });
  return { kind: "courtesy" };
}

function openChoices(sitting: Sitting): number {
  const { question } = sitting.conversation.dialog;
  switch (question?.kind) {
    case "where":
      return question.choices.length;
    case "which-case":
    case "deputy-which-case":
      return question.cases.length;
    case "rating":
      return 2;
    case undefined:
      return 0;
  }
}

/** A case as far as it matters for where the next words belong. */
function ownCase(one: CaseRecord): OwnCase {
  return {
    number: one.number,
    state: one.state,
    grid: one.gridCode,
    residentSpokeAt: one.lastSpokenAt,
    closedAt: one.closedAt,
    deputySpokeLast: one.state === "answered",
  };
}
