import { type Belonging, BURST_MS, belongsTo, type OwnCase, type Utterance } from "../../../domain/dialog/belonging.ts";
import type { Understood } from "../../../domain/dialog/understand-resident.ts";
import type { Position } from "../../../domain/messages/message.ts";
import { joinCase } from "../../actions/add-words.ts";
import { ownCases } from "../../cases/load.ts";
import { caseSetAside, casesToJoin, isInBurst } from "../../cases/own-cases.ts";
import { waits } from "../../inbox/words.ts";
import { placeInWords } from "../../routing/find-place.ts";
import type { Outcome } from "../../turn/outcome.ts";
import type { Said } from "../../turn/said.ts";
import type { Turn } from "../../turn/turn.ts";
import { answerWhereInWords, askedCase } from "../answer-where.ts";
import { receiveCorrection } from "../corrections/correct-place.ts";
import { receiveWordsCorrected } from "../corrections/correct-words.ts";
import { isRepeat, joinWithPlace, joinWithPlaceAtLast, joinWithWorkplace } from "../follow-up.ts";
import { openNew } from "../open-new.ts";
import { receivePlaceAlone } from "../place-alone.ts";
import { askWhichCase } from "../which-case.ts";
import { receiveAnother } from "./another.ts";

/** What was found out about words before it is known to which case they belong; `isDoubtful`: they may have several matters. */
type MatterKnown = Partial<Pick<Understood, "newness">> & { readonly isDoubtful?: boolean };

/** Receives what a resident says or shows of a matter, theirs already or new: it joins a case, or opens one. */
export async function receiveMatter(
  turn: Turn,
  said: Said,
  form: Utterance["form"],
  { newness = null, isDoubtful = false }: MatterKnown = {},
): Promise<Outcome> {
  const recent = (await ownCases(turn)).find((one) => one.closedAt === null && isInBurst(turn, one));
  if (recent !== undefined && (await isRepeat(turn, recent, said))) return { kind: "case", caseId: recent.id };
  const put = form === "media" || form === "location" ? null : await receiveWordsCorrected(turn, said, form);
  if (put !== null) return put;
  const another = form === "matter" && newness !== "vague" ? await receiveAnother(turn, said) : null;
  if (another !== null) return another;
  const asked = await askedCase(turn);
  if (asked !== null) return answerWhereInWords(turn, asked, said);
  const setAside = await caseSetAside(turn);
  if (setAside !== null) {
    await joinCase(turn, setAside, [said], { quietly: false });
    return { kind: "case", caseId: setAside.id };
  }
  if (await joinsWaitingWords(turn, said)) return { kind: "answer" };
  const corrected = await receiveCorrection(turn, said);
  if (corrected !== null) return corrected;
  const place = said.text === "" ? { namedGrid: null, namesPlace: false } : await placeInWords(turn, said.text);
  const joinable = await casesToJoin(turn, { sealedToo: form !== "matter" || newness !== "plain" });
  const belonging = ofQuoted(
    turn,
    joinable,
    belongsTo({ form, ...place, isVague: newness === "vague" }, joinable, turn.now),
  );
  const mayBeWorkplace = place.namesPlace && (belonging.kind === "new" || form === "follow-up");
  const workplace = mayBeWorkplace ? await joinWithWorkplace(turn, said) : null;
  if (workplace !== null) return { kind: "case", caseId: workplace.id };
  const mayBeItsPlace = place.namesPlace && belonging.kind !== "unclear";
  const placed = mayBeItsPlace ? await joinWithPlaceAtLast(turn, said, { isVague: newness === "vague" }) : null;
  if (placed !== null) return { kind: "case", caseId: placed.id };
  switch (belonging.kind) {
    case "joins":
      return joinBelonging(turn, belonging, said);
    case "unclear":
      return askAboutFollowUp(turn, belonging.numbers, said);
    case "new": {
      const alone = place.namesPlace ? await receivePlaceAlone(turn, said) : null;
      if (alone !== null) return alone;
      const opened = await openNew(turn, said, false, { isDoubtful });
      return { kind: "case", caseId: opened.id };
    }
  }
}

/** Words that go on with something go on with the open case that they quote; a matter that is plainly new stays new. */
function ofQuoted({ quoted }: Turn, joinable: readonly OwnCase[], belonging: Belonging): Belonging {
  const isOpen = joinable.some(({ number, closedAt }) => number === quoted && closedAt === null);
  return isOpen && quoted !== null && belonging.kind !== "new"
    ? { kind: "joins", number: quoted, quietly: false }
    : belonging;
}

/** Adds what was said to the case to which it belongs. */
export async function joinBelonging(
  turn: Turn,
  belonging: Extract<Belonging, { kind: "joins" }>,
  said: Said,
  position?: Position,
): Promise<Outcome> {
  const subject = (await ownCases(turn)).find((one) => one.number === belonging.number);
  if (subject === undefined) throw new Error("words belong to a case that is not this resident's");
  await joinWithPlace(turn, subject, said, { quietly: belonging.quietly, ...(position && { position }) });
  return { kind: "case", caseId: subject.id };
}

async function askAboutFollowUp(turn: Turn, numbers: readonly string[], said: Said): Promise<Outcome> {
  const subjects = (await ownCases(turn)).filter((one) => numbers.includes(one.number));
  const { question } = turn.conversation.dialog;
  const waiting = question?.kind === "which-case" && question.about === "follow-up" ? question.waiting : [];
  await askWhichCase(turn, "follow-up", subjects, [...waiting, waits(said)]);
  return { kind: "answer" };
}

/** What is said in the same burst as a follow-up waits with it for the answer to "which case?". */
async function joinsWaitingWords(turn: Turn, said: Said): Promise<boolean> {
  const { question } = turn.conversation.dialog;
  if (question?.kind !== "which-case" || question.waiting.length === 0) return false;
  if (turn.now.getTime() - Date.parse(question.at) > BURST_MS) return false;
  turn.conversation.dialog = {
    ...turn.conversation.dialog,
    question: { ...question, waiting: [...question.waiting, waits(said)] },
  };
  return true;
}
