import { accusesDeputy } from "../../domain/accusation/accusation.ts";
import { choicesOf } from "../../domain/dialog/answers.ts";
import { type Belonging, BURST_MS, belongsTo, type Utterance } from "../../domain/dialog/belonging.ts";
import { understandResident } from "../../domain/dialog/understand-resident.ts";
import type { Position } from "../../domain/messages/message.ts";
import { correctedPlace } from "../../domain/place/correction.ts";
import { joinCase } from "../actions/add-words.ts";
import { ownCases } from "../cases/load.ts";
import { caseSetAside, caseSpokenOf, casesToJoin, isInBurst } from "../cases/own-cases.ts";
import { supersede, tell } from "../outbox/tell.ts";
import { deputiesNamed } from "../routing/accused.ts";
import { placeInWords } from "../routing/find-place.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Sitting, wordingFor } from "../turn/turn.ts";
import { accusingOf, hearAccusing } from "./accusation.ts";
import { answerChoice } from "./answer-choice.ts";
import { askedCase, hearAnswerToWhere, hearPositionAsAnswer } from "./answer-where.ts";
import { obey } from "./commands.ts";
import { hearNothingYet, passThanks } from "./courtesies.ts";
import { hearUrgent, tellOfDanger } from "./emergency.ts";
import { isRepeat, joinWithPlace, joinWithWorkplace } from "./follow-up.ts";
import { openNew, openSealed } from "./open-new.ts";
import { rateByWords } from "./rate.ts";
import { askWhichCase, waits } from "./which-case.ts";

/** What a resident wrote, or said aloud and the platform wrote down. */
export async function hearText(sitting: Sitting, said: Said): Promise<Outcome> {
  supersede(sitting, ["prompt"]);
  const wording = wordingFor(sitting);
  const meaning = understandResident(
    said.text,
    sitting.conversation.dialog,
    sitting.now,
    await deputiesNamed(sitting, said.text),
  );
  if (meaning.kind === "matter" || meaning.kind === "follow-up" || meaning.kind === "rating") {
    const accusing = await accusingOf(sitting, said.text);
    if (accusing.kind !== "none") return hearAccusing(sitting, said, accusing);
  }
  switch (meaning.kind) {
    case "command":
      return obey(sitting, said, meaning.command, meaning.number);
    case "choice":
      return answerChoice(sitting, said, meaning.index);
    case "choice-out-of-range":
      return hearNumber(sitting, said);
    case "rating": {
      const rated = await rateByWords(sitting, said, meaning.satisfied, meaning.comment);
      if (rated !== null) return rated;
      return meaning.satisfied ? passThanks(sitting, said) : hearMatter(sitting, said, "follow-up");
    }
    case "emergency":
      tellOfDanger(sitting, meaning.topics);
      // Whoever is accused may be the deputy of the place, who would get an urgent case at once.
      if (meaning.accuses || (await accusingOf(sitting, said.text)).kind !== "none")
        return openSealed(sitting, said, true);
      return hearUrgent(sitting, said);
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
    case "matter":
      return hearMatter(sitting, said, meaning.kind);
  }
}

/** A photo, a voice without words, a video, a link. */
export async function hearShown(sitting: Sitting, said: Said): Promise<Outcome> {
  supersede(sitting, ["prompt"]);
  if (said.text !== "" && (await accuses(sitting, said.text))) return openSealed(sitting, said, false);
  return hearMatter(sitting, said, "media");
}

/** A link is read too: its title may say what its sender means. */
async function accuses(sitting: Sitting, text: string): Promise<boolean> {
  return accusesDeputy(text, await deputiesNamed(sitting, text)) || (await accusingOf(sitting, text)).kind !== "none";
}

/** A shared position: the answer to "where?", or the place of what was said just now or is said next. */
export async function hearPlace(sitting: Sitting, said: Said, position: Position): Promise<Outcome> {
  supersede(sitting, ["prompt"]);
  const asked = await askedCase(sitting);
  if (asked !== null) return hearPositionAsAnswer(sitting, asked, said, position);
  const belonging = belongsTo(
    { form: "location", namedGrid: null, namesPlace: true },
    await casesToJoin(sitting),
    sitting.now,
  );
  if (belonging.kind === "joins") return join(sitting, belonging, said, position);
  const setAside = await caseSetAside(sitting);
  if (setAside !== null) {
    await joinCase(sitting, setAside, [said], { quietly: false, position });
    return { kind: "case", caseId: setAside.id };
  }
  sitting.conversation.dialog = {
    ...sitting.conversation.dialog,
    draft: { position, label: said.text, seq: said.seq, at: sitting.now.toISOString() },
  };
  const words = wordingFor(sitting).askWhatIsWrongHere({ label: said.text });
  tell(sitting, { kind: "courtesy", subject: null, words });
  return { kind: "courtesy" };
}

async function hearMatter(sitting: Sitting, said: Said, form: Utterance["form"]): Promise<Outcome> {
  const recent = (await ownCases(sitting)).find((one) => one.closedAt === null && isInBurst(sitting, one));
  if (recent !== undefined && (await isRepeat(sitting, recent, said))) return { kind: "case", caseId: recent.id };
  const asked = await askedCase(sitting);
  if (asked !== null) return hearAnswerToWhere(sitting, asked, said);
  const setAside = await caseSetAside(sitting);
  if (setAside !== null) {
    await joinCase(sitting, setAside, [said], { quietly: false });
    return { kind: "case", caseId: setAside.id };
  }
  if (await joinsWaitingWords(sitting, said)) return { kind: "answer" };
  const misplaced = correctedPlace(said.text) === null ? null : await caseSpokenOf(sitting);
  if (misplaced !== null) {
    await joinWithPlace(sitting, misplaced, said, { quietly: false });
    return { kind: "case", caseId: misplaced.id };
  }
  const place = said.text === "" ? { namedGrid: null, namesPlace: false } : await placeInWords(sitting, said.text);
  const belonging = belongsTo({ form, ...place }, await casesToJoin(sitting), sitting.now);
  const workplace = belonging.kind === "new" && place.namesPlace ? await joinWithWorkplace(sitting, said) : null;
  if (workplace !== null) return { kind: "case", caseId: workplace.id };
  switch (belonging.kind) {
    case "joins":
      return join(sitting, belonging, said);
    case "unclear":
      return askAboutFollowUp(sitting, belonging.numbers, said);
    case "new": {
      const opened = await openNew(sitting, said);
      return { kind: "case", caseId: opened.id };
    }
  }
}

/** A bare number that no open question offers: out of range, or what the deputy asked for. */
async function hearNumber(sitting: Sitting, said: Said): Promise<Outcome> {
  const wording = wordingFor(sitting);
  const choices = openChoices(sitting);
  if (choices === 0) {
    const belonging = belongsTo(
      { form: "matter", namedGrid: null, namesPlace: false },
      await casesToJoin(sitting),
      sitting.now,
    );
    if (belonging.kind === "joins") return join(sitting, belonging, said);
  }
  const words = choices === 0 ? wording.noSuchChoice() : wording.choiceOutOfRange({ choices });
  tell(sitting, { kind: "courtesy", subject: null, words });
  return { kind: "answer" };
}

async function join(
  sitting: Sitting,
  belonging: Extract<Belonging, { kind: "joins" }>,
  said: Said,
  position?: Position,
): Promise<Outcome> {
  const subject = (await ownCases(sitting)).find((one) => one.number === belonging.number);
  if (subject === undefined) throw new Error("words belong to a case that is not this resident's");
  await joinWithPlace(sitting, subject, said, { quietly: belonging.quietly, ...(position && { position }) });
  return { kind: "case", caseId: subject.id };
}

async function askAboutFollowUp(sitting: Sitting, numbers: readonly string[], said: Said): Promise<Outcome> {
  const subjects = (await ownCases(sitting)).filter((one) => numbers.includes(one.number));
  const { question } = sitting.conversation.dialog;
  const waiting = question?.kind === "which-case" && question.about === "follow-up" ? question.waiting : [];
  await askWhichCase(sitting, "follow-up", subjects, [...waiting, waits(said)]);
  return { kind: "answer" };
}

/** What is said in the same breath as a follow-up waits with it for the answer to "which case?". */
async function joinsWaitingWords(sitting: Sitting, said: Said): Promise<boolean> {
  const { question } = sitting.conversation.dialog;
  if (question?.kind !== "which-case" || question.waiting.length === 0) return false;
  if (sitting.now.getTime() - Date.parse(question.at) > BURST_MS) return false;
  sitting.conversation.dialog = {
    ...sitting.conversation.dialog,
    question: { ...question, waiting: [...question.waiting, waits(said)] },
  };
  return true;
}

function openChoices(sitting: Sitting): number {
  const { question } = sitting.conversation.dialog;
  return question === undefined ? 0 : choicesOf(question);
}
