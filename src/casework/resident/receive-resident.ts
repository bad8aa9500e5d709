import { choicesOf } from "../../domain/dialog/answers.ts";
import { belongsTo } from "../../domain/dialog/belonging.ts";
import { type ServiceQuestion, serviceQuestion } from "../../domain/dialog/service-questions.ts";
import type { ResidentMeaning, Understood } from "../../domain/dialog/understand-resident.ts";
import type { Position } from "../../domain/messages/message.ts";
import { quote } from "../../domain/text/quote.ts";
import type { Act } from "../../domain/understanding/meaning.ts";
import { joinCase } from "../actions/add-words.ts";
import { DATA_REQUEST, ownCases } from "../cases/load.ts";
import { caseSetAside, casesToJoin, isInBurst } from "../cases/own-cases.ts";
import { noteAnswered, noteUnderstanding } from "../inbox/understandings.ts";
import { giveCaseTo, waitingWords } from "../inbox/words.ts";
import { endQuestion } from "../outbox/questions.ts";
import { supersede, tell } from "../outbox/tell.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Said } from "../turn/said.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { accusingOf, receiveAccusation } from "./accusation.ts";
import { answerChoice } from "./answer-choice.ts";
import { answerWhereByPosition, askedCase } from "./answer-where.ts";
import { receiveReceptionQuestion } from "./at-once/receptions.ts";
import { refuseAnswer } from "./at-once/refuse.ts";
import { runCommand } from "./commands.ts";
import { receiveWordsCorrected } from "./corrections/correct-words.ts";
import { passThanks, receiveGreeting } from "./courtesies.ts";
import { receiveEmergency, tellOfDanger } from "./emergency.ts";
import { joinWithPlaceAtLast } from "./follow-up.ts";
import { putTogether } from "./matters/put-together.ts";
import { joinBelonging, receiveMatter } from "./matters/receive-matter.ts";
import { openSeveral, severalIn } from "./matters/several.ts";
import { openForOffice, openNew, openSealed } from "./open-new.ts";
import { serviceFacts } from "./service-facts.ts";
import { receiveOfTopic } from "./topics/second.ts";
import { isOfWriterAlone, settled, understand } from "./understand.ts";
import { keepBesideVerdict, rateByWords } from "./verdict/rate.ts";
import { answerHeard, askHeard, mustBeConfirmed } from "./voice/heard.ts";
import { askWhichAct } from "./which-act.ts";

/** Receives a text of a resident, or a voice that the platform transcribed. */
export async function receiveText(turn: Turn, said: Said, isConfirmed = false): Promise<Outcome> {
  supersede(turn, ["prompt"]);
  const ofTopic = await receiveOfTopic(turn, said);
  if (ofTopic !== null) return ofTopic;
  const understood = await understand(turn, said);
  if (understood.vote !== null) turn.runtime.countVote?.(understood.vote);
  const { meaning } = understood;
  noteUnderstanding(turn, said, understood);
  if (understood.hintsAtDanger) adviseOfDanger(turn);
  if (MAY_ACCUSE.has(meaning.kind) || (meaning.kind === "command" && !meaning.isExact)) {
    const accusing = await accusingOf(turn, said.text, understood.isForOfficeFirst);
    if (accusing.kind !== "none") return receiveAccusation(turn, said, accusing);
    if (understood.isForOfficeFirst && !(await isOfWriterAlone(turn, said)))
      return (await receiveReceptionQuestion(turn, said)) ?? receiveForOffice(turn, said);
  }
  const meant = await settled(turn, said, meaning);
  if (!isConfirmed && (await mustBeConfirmed(turn, said, meant))) return askHeard(turn, said);
  return receiveMeant(turn, said, meant, understood);
}

function adviseOfDanger(turn: Turn): void {
  tell(turn, { kind: "emergency", subject: null, words: wordingFor(turn).dangerLine(), isAnswer: true });
}

/** Meanings whose words reach a deputy: what they may say of an official is looked at first. */
const MAY_ACCUSE: ReadonlySet<ResidentMeaning["kind"]> = new Set([
  "matter",
  "follow-up",
  "correction",
  "rating",
  "no-verdict",
  "thanks",
  "unsure",
  "service-question",
  "refuses-answer",
]);

/** Receives words that the office reads first, together with what it was told just now. */
async function receiveForOffice(turn: Turn, said: Said): Promise<Outcome> {
  const told = (await ownCases(turn)).find(
    (one) => one.state === "triage" && one.deputyId === null && one.category !== DATA_REQUEST && isInBurst(turn, one),
  );
  if (told === undefined) return openForOffice(turn, [said]);
  await joinCase(turn, told, [said], { quietly: true });
  return { kind: "case", caseId: told.id };
}

const NOTHING_MORE = { newness: null, hintsAtDanger: false } as const;

/** Receives something new: a case for each of its matters, where it surely has several. */
async function receiveNew(
  turn: Turn,
  said: Said,
  { newness, hintsAtDanger }: Pick<Understood, "newness" | "hintsAtDanger">,
): Promise<Outcome> {
  const reception = await receiveReceptionQuestion(turn, said);
  if (reception !== null) return reception;
  const found = await severalIn(turn, said);
  switch (found.kind) {
    case "one":
      return receiveMatter(turn, said, "matter", { newness, isDoubtful: found.isDoubtful });
    case "whole":
      return found.isForOfficeFirst ? receiveForOffice(turn, said) : receiveMeant(turn, said, found.meaning);
    case "several":
      if (found.hintsAtDanger && !hintsAtDanger) adviseOfDanger(turn);
      return openSeveral(turn, said, found.parts);
  }
}

/** Receives words whose meaning is known. */
async function receiveMeant(
  turn: Turn,
  said: Said,
  meaning: ResidentMeaning,
  understood: Pick<Understood, "newness" | "hintsAtDanger"> = NOTHING_MORE,
): Promise<Outcome> {
  const wording = wordingFor(turn);
  switch (meaning.kind) {
    case "put-together":
      return putTogether(turn, meaning);
    case "command":
      if (meaning.command === "receptions")
        return (await receiveReceptionQuestion(turn, said)) ?? answerAboutService(turn, said, "meet");
      return runCommand(turn, said, meaning.command, meaning.number, meaning.isExact);
    case "choice":
      return (
        (await answerHeard(turn, meaning.index, (heard) => receiveText(turn, heard, true))) ??
        (await receiveChosen(turn, meaning.index)) ??
        answerChoice(turn, said, meaning.index)
      );
    case "choice-out-of-range":
      return receiveNumber(turn, said);
    case "rating": {
      const rated = await rateByWords(turn, said, meaning);
      if (rated !== null) return rated;
      return meaning.satisfied ? passThanks(turn, said) : receiveMatter(turn, said, "follow-up");
    }
    case "no-verdict":
      return (await keepBesideVerdict(turn, said)) ?? receiveMatter(turn, said, "follow-up");
    case "emergency":
      tellOfDanger(turn, meaning.topics);
      // Whoever is accused may be the deputy of the place, who would get an urgent case at once.
      if (meaning.accuses || (await accusingOf(turn, said.text)).kind !== "none") return openSealed(turn, said, true);
      return receiveEmergency(turn, said);
    case "accusation": {
      const accusing = await accusingOf(turn, said.text, true);
      return accusing.kind === "goes-on" ? receiveAccusation(turn, said, accusing) : openSealed(turn, said, false);
    }
    case "identity-claim":
      turn.runtime.log.warn({ seq: said.seq }, "somebody claimed to be a deputy or asked for people's data");
      tell(turn, { kind: "courtesy", subject: null, words: wording.identityRefused() });
      return { kind: "refused" };
    case "thanks":
      return passThanks(turn, said);
    case "spam":
      return { kind: "spam" };
    case "nothing-yet":
      return receiveGreeting(turn, said);
    case "service-question":
      return (await receiveReceptionQuestion(turn, said)) ?? answerAboutService(turn, said, meaning.about);
    case "refuses-answer":
      return (await refuseAnswer(turn, said, meaning.number)) ?? receiveMatter(turn, said, "follow-up");
    case "unsure": {
      // Nobody is asked whether help in danger is wanted any more.
      const isUrgent = (await ownCases(turn)).some((one) => one.closedAt === null && one.priority);
      return isUrgent && meaning.options[0] === "withdraw"
        ? receiveMatter(turn, said, "follow-up")
        : askWhichAct(turn, said, meaning.options);
    }
    case "matter":
      return receiveNew(turn, said, understood);
    case "correction":
    case "follow-up":
      return (
        (await receiveWordsCorrected(turn, said, meaning.kind)) ?? receiveMatter(turn, said, "follow-up", understood)
      );
  }
}

/** Answers a question about the service itself. */
async function answerAboutService(turn: Turn, said: Said, about: ServiceQuestion): Promise<Outcome> {
  const words = wordingFor(turn).serviceAnswer(await serviceFacts(turn, about, said.text));
  tell(turn, { kind: "courtesy", subject: null, words });
  return { kind: "courtesy" };
}

/** Does with the words that waited what their writer chose for them; null where no such question is open. */
async function receiveChosen(turn: Turn, index: number): Promise<Outcome | null> {
  const { question } = turn.conversation.dialog;
  const act = question?.kind === "which-act" ? question.options[index] : undefined;
  if (question?.kind !== "which-act" || act === undefined) return null;
  if (question.vote !== undefined) turn.runtime.countVote?.(question.vote === act ? "agreed" : "disagreed");
  const waited = await waitingWords(turn, question.waiting);
  endQuestion(turn, question);
  await noteAnswered(turn, waited, act);
  const [first] = waited;
  if (first === undefined) return null;
  const outcome = await receiveAs(turn, { ...first, text: waited.map((one) => one.text).join("\n") }, act);
  const subject = (await ownCases(turn)).find((one) => one.id === outcome.caseId);
  if (subject !== undefined) await giveCaseTo(turn, waited, subject);
  return outcome;
}

async function receiveAs(turn: Turn, said: Said, act: Act): Promise<Outcome> {
  switch (act) {
    case "withdraw":
    case "status":
      return runCommand(turn, said, act, null, false);
    case "delete-my-data":
      return runCommand(turn, said, act, null, true);
    case "service-question":
      return receiveMeant(turn, said, { kind: "service-question", about: serviceQuestion(said.text) });
    case "adds":
      return receiveMatter(turn, said, "follow-up");
    default:
      return { kind: "case", caseId: (await openNew(turn, said)).id };
  }
}

/** Receives a photo, a voice without words, a video, or a link, whose title may say what its sender means. */
export async function receiveMedia(turn: Turn, said: Said): Promise<Outcome> {
  supersede(turn, ["prompt"]);
  if (said.text === "") return receiveMatter(turn, said, "media");
  const { meaning, isForOfficeFirst } = await understand(turn, said);
  const accuses = meaning.kind === "accusation" || (meaning.kind === "emergency" && meaning.accuses);
  if (accuses || (await accusingOf(turn, said.text)).kind !== "none") return openSealed(turn, said, false);
  return isForOfficeFirst ? receiveForOffice(turn, said) : receiveMatter(turn, said, "media");
}

/** Receives a shared position: the answer to "where?", or the place of what was said just now or is said next. */
export async function receivePosition(turn: Turn, said: Said, position: Position): Promise<Outcome> {
  supersede(turn, ["prompt"]);
  const asked = await askedCase(turn);
  if (asked !== null) return answerWhereByPosition(turn, asked, said, position);
  const belonging = belongsTo(
    { form: "location", namedGrid: null, namesPlace: true },
    await casesToJoin(turn),
    turn.now,
  );
  if (belonging.kind === "joins") return joinBelonging(turn, belonging, said, position);
  const setAside = await caseSetAside(turn);
  if (setAside !== null) {
    await joinCase(turn, setAside, [said], { quietly: false, position });
    return { kind: "case", caseId: setAside.id };
  }
  const placed = await joinWithPlaceAtLast(turn, said, { isVague: false, position });
  if (placed !== null) return { kind: "case", caseId: placed.id };
  turn.conversation.dialog = {
    ...turn.conversation.dialog,
    draft: { position, label: said.text, seq: said.seq, at: turn.now.toISOString() },
  };
  const words = wordingFor(turn).askWhatIsWrongHere({ label: quote(said.text) });
  tell(turn, { kind: "courtesy", subject: null, words });
  return { kind: "courtesy" };
}

/** A bare number that no open question offers: out of range, or what the deputy asked for. */
async function receiveNumber(turn: Turn, said: Said): Promise<Outcome> {
  const wording = wordingFor(turn);
  const choices = openChoices(turn);
  if (choices === 0) {
    const belonging = belongsTo(
      { form: "matter", namedGrid: null, namesPlace: false },
      await casesToJoin(turn),
      turn.now,
    );
    if (belonging.kind === "joins") return joinBelonging(turn, belonging, said);
  }
  const words = choices === 0 ? wording.noSuchChoice() : wording.choiceOutOfRange({ choices });
  tell(turn, { kind: "courtesy", subject: null, words });
  return { kind: "answer" };
}

function openChoices(turn: Turn): number {
  const { question } = turn.conversation.dialog;
  return question === undefined ? 0 : choicesOf(question);
}
