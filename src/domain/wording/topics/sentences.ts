import type { TopicState } from "../../acts/topic.ts";
import type { Due } from "../../calendar/due.ts";
import type { MaskedQuote, Quoted } from "../../text/quote.ts";
import type { Question } from "../question.ts";
import type { TopicLine } from "./topic-line.ts";

/** The words of the people of a closed topic on it, counted. */
export type TopicVerdicts = { readonly confirmed: number; readonly denied: number; readonly silent: number };

/** The sentences about one matter that many people told. */
export type TopicWording = {
  /** What a topic is called: a place, and the trouble there; null where it has no sign, or lies nowhere. */
  title(a: { place: string | null; trouble: { readonly zh: string; readonly en: string } | null }): string;
  // to the deputy who has its cases
  /** Are these cases one matter? */
  offered(a: TopicLine & { cases: readonly string[] }): string;
  /** More people told of it; `more` are those of whom the deputy was not told. */
  grown(a: TopicLine & { more: number }): string;
  shown(
    a: TopicLine & {
      state: TopicState;
      cases: readonly { number: string; text: MaskedQuote; isClosed: boolean }[];
      /** So many cases are not named. */
      others: number;
      verdicts: TopicVerdicts;
    },
  ): string;
  list(a: { topics: readonly (TopicLine & { state: TopicState })[] }): string;
  noTopic(a: { typed: string }): string;
  /** The case is one of several of a topic: who shall get these words? */
  allOrOne(a: { number: string; people: number }): Question;
  /** Each of them is being told, under a number of their own. */
  answerTaken(a: TopicLine): string;
  closeTaken(a: TopicLine): string;
  missingWords(a: { number: string; command: "answer" | "close" }): string;
  /** It is one matter from now on. */
  putTogether(a: TopicLine): string;
  keptApart(a: { number: string }): string;
  /** Nothing of it can be done: it is closed, or nobody has said yet that it is one matter. */
  cannot(a: { number: string; state: TopicState }): string;
  /** So many say that it is not done, and it is open again. */
  reopened(a: TopicLine & { denied: number }): string;
  /** The office answered or closed it for everybody. */
  byOffice(a: TopicLine & { did: "answered" | "closed" }): string;
  // to a resident
  /** `people` is null where it is not said; `deputy` where the office answers. */
  reply(a: { number: string; people: number | null; deputy: string | null; text: Quoted }): string;
  /** Others say that it is not done after all. */
  again(a: { number: string }): string;
  /** They join what somebody else told: a number of their own, and nothing of the other's. */
  seconded(a: { number: string; holder: string | null; dueOn: Due }): string;
  /** They scanned the code of a topic: how to join it. */
  scanned(a: { number: string }): string;
  /** There is no such number, or nobody can join it: the same words for both. */
  cannotSecond(a: { typed: string }): string;
  /** They want to hear no more of what others tell too. */
  stopped(): string;
  nothingToStop(): string;
};
