import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { answerFor, withoutListMark } from "../../../domain/answers/fit.ts";
import { hasQuestion, mayAsk, onlyAsks } from "../../../domain/answers/only-asks.ts";
import { DESK_CHANNEL } from "../../../domain/case/desk.ts";
import { REHEARSAL_CHANNEL } from "../../../domain/case/rehearsal.ts";
import { mattersIn } from "../../../domain/matters/matters.ts";
import { isPlaceAlone } from "../../../domain/place/answer-words.ts";
import { mentionsIn, namesSaid } from "../../../domain/place/mentions.ts";
import { asksReceptionDay } from "../../../domain/receptions/asked.ts";
import { YES } from "../../../domain/understanding/policy.ts";
import { closeAtOnce } from "../../actions/close-at-once.ts";
import type { AnswerInUse } from "../../county/answers.ts";
import { segment } from "../../rules/category-model.ts";
import { openMatterReader } from "../../runtime/open-matters.ts";
import type { Said } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { understand } from "../understand.ts";

/** A question that can be answered at once: for the next reception day, or one that an answer of the library fits. */
export type AskedAtOnce = { readonly kind: "reception" } | { readonly kind: "library"; readonly answer: AnswerInUse };

/**
 * The question of a new matter that can be answered at once; null for everything else, which a person answers.
 *
 * @param told all that belongs to it
 */
export async function askedAtOnce(turn: Turn, said: readonly Said[], told: string): Promise<AskedAtOnce | null> {
  const { channel } = turn.account;
  if (channel === DESK_CHANNEL || channel === REHEARSAL_CHANNEL || said.some(({ kind }) => kind !== "text"))
    return null;
  const words = withoutListMark(told);
  if (asksReceptionDay(words)) return (await asksOnlyForReception(turn, words)) ? { kind: "reception" } : null;
  if (!hasQuestion(words)) return null;
  const answer = await answerIn(turn, words);
  return answer !== null && (await asksOnlyThat(turn, words)) ? { kind: "library", answer } : null;
}

async function answerIn(turn: Turn, words: string): Promise<AnswerInUse | null> {
  const answers = await turn.lookups.answers();
  if (answers.length === 0) return null;
  const atlas = await turn.lookups.atlas();
  const placesIn = (text: string) => {
    const { grids, areas } = mentionsIn(atlas, [text]);
    return [...grids.map(String), ...areas.map(({ kind, index }) => `${kind} ${index}`)];
  };
  return answerFor(answers, words, { segment, placesIn });
}

/** No message has this number: another model votes on whole messages only. */
const NO_MESSAGE = -1;

/** Whether words that an answer of the library fits tell of nothing else: no danger, nobody's conduct, no trouble, no second matter. */
async function asksOnlyThat(turn: Turn, words: string): Promise<boolean> {
  const { meaning, isForOfficeFirst, hintsAtDanger } = await understand(turn, { seq: NO_MESSAGE, text: words });
  if (isForOfficeFirst || hintsAtDanger) return false;
  if (!["matter", "follow-up", "service-question", "unsure"].includes(meaning.kind)) return false;
  const { parts, isDoubtful } = mattersIn(words, openMatterReader());
  return parts.length < 2 && !isDoubtful && mayAsk(turn.reader.read(words));
}

/**
 * Whether words ask for the next reception day and nothing else. Each part by itself asks for it, asks something beside it (“在哪？”),
 * says where its writer is, or is a courtesy; “代表” and a day alone are no reproach, however near the words of one.
 */
async function asksOnlyForReception(turn: Turn, words: string): Promise<boolean> {
  const { meaning, hintsAtDanger } = await understand(turn, { seq: NO_MESSAGE, text: words });
  if (hintsAtDanger || ["emergency", "accusation", "identity-claim"].includes(meaning.kind)) return false;
  // The name of the day alone is a command.
  if (meaning.kind === "command") return meaning.command === "receptions";
  const atlas = await turn.lookups.atlas();
  return partsOf(words).every((part) => {
    const reading = turn.reader.read(part);
    if (onlyAsks(reading)) return true;
    const { evidence } = mentionsIn(atlas, [part]);
    if (evidence !== "" && isPlaceAlone(part.replace(SPEAKER, ""), namesSaid(evidence))) return true;
    return !asksReceptionDay(part) && reading.acts.greeting + reading.acts.thanks >= YES;
  });
}

/** Whoever says where they are. */
const SPEAKER = /[我俺咱偶]/g;

/** The parts of words between marks that end or halt a sentence. */
function partsOf(words: string): string[] {
  return words.split(/[,，。.!！?？;；\n]+/).filter((part) => part.trim() !== "");
}

/** Answers a question with an answer of the library; its case is closed. */
export function answerFromLibrary(
  turn: Turn,
  said: readonly Said[],
  { id, code, body, category }: AnswerInUse,
): Promise<CaseRecord> {
  return closeAtOnce(turn, said, {
    ...{ by: `answers:${code}`, answerId: id, category },
    words: (number) => wordingFor(turn).answeredAtOnce({ number, body }),
  });
}
