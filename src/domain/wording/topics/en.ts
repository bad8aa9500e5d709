import { saidNumber, type TopicState } from "../../acts/topic.ts";
import { enDue, shortNumber } from "../days.ts";
import type { TopicWording } from "./sentences.ts";
import type { TopicLine } from "./topic-line.ts";

const OFFICE = "the county office";

const STATES: Readonly<Record<TopicState, string>> = {
  offered: "waiting for you to say whether it is one matter",
  open: "being handled",
  answered: "answered",
  closed: "closed",
  declined: "handled one by one",
};

function named({ number, title }: Pick<TopicLine, "number" | "title">): string {
  return `Topic ${saidNumber(number)}, ${title}`;
}

function counted(people: number): string {
  return people === 1 ? "1 person" : `${people} people`;
}

/** The English sentences about one matter that many people told. */
export const topicsEn: TopicWording = {
  title: ({ place, trouble }) =>
    [place ?? "", trouble?.en ?? "the same matter"].filter((part) => part !== "").join(": "),
  offered: ({ cases, ...topic }) =>
    [
      `${named(topic)}: ${counted(topic.people)} seem to tell the same (No. ${cases.map(shortNumber).join(", ")}).`,
      `To handle them together, reply "topic ${saidNumber(topic.number)} join"; one by one, "topic ${saidNumber(topic.number)} apart".`,
    ].join("\n"),
  grown: ({ more, ...topic }) => {
    const digits = saidNumber(topic.number);
    const who =
      more === topic.people ? `told by ${counted(more)}` : `told by ${more} more (${counted(topic.people)} in all)`;
    return `${named(topic)}: ${who}, handled together. Reply "topic ${digits}" to see it, "reply topic ${digits} your words" to answer all at once.`;
  },
  shown: ({ state, cases, others, verdicts, ...topic }) => {
    const digits = saidNumber(topic.number);
    const said = verdicts.confirmed + verdicts.denied + verdicts.silent;
    return [
      `${named(topic)} (${counted(topic.people)}, ${STATES[state]})`,
      ...cases.map(({ number, text, isClosed }) => `No. ${shortNumber(number)} ${text}${isClosed ? " (closed)" : ""}`),
      ...(others === 0 ? [] : [`And ${others} more.`]),
      ...(said === 0
        ? []
        : [`Residents say: done ${verdicts.confirmed}, not done ${verdicts.denied}, no word ${verdicts.silent}.`]),
      ...(state === "offered"
        ? [`To handle them together, reply "topic ${digits} join"; one by one, "topic ${digits} apart".`]
        : state === "open" || state === "answered"
          ? [`To answer all: "reply topic ${digits} your words". When it is done: "close topic ${digits} result".`]
          : []),
    ].join("\n");
  },
  list: ({ topics }) =>
    topics.length === 0
      ? "There is no matter now that many people told."
      : topics.map((topic) => `${named(topic)} (${counted(topic.people)}, ${STATES[topic.state]})`).join("\n"),
  noTopic: ({ typed }) => `There is no topic ${typed}, or it is not yours. Reply "topics" to see them.`,
  allOrOne: ({ number, people }) => ({
    text: `No. ${shortNumber(number)} is the same matter as ${counted(people - 1)} besides told.`,
    labels: [`Answer ${counted(people)}`, "Answer only this one"],
    closing: "Reply with the digit.",
  }),
  answerTaken: (topic) =>
    `${named(topic)}: your words are on their way to ${counted(topic.people)}, each under their own number.`,
  closeTaken: (topic) =>
    `${named(topic)}: ${counted(topic.people)} are being told that it is closed, and each is asked whether it is done.`,
  missingWords: ({ number, command }) => {
    const digits = saidNumber(number);
    return command === "answer"
      ? `What shall they all read? Reply like this: reply topic ${digits} your words`
      : `What came of it? Reply like this: close topic ${digits} result`;
  },
  putTogether: (topic) =>
    `${named(topic)}: what ${counted(topic.people)} told is handled together. Reply "reply topic ${saidNumber(topic.number)} your words" to answer all at once.`,
  keptApart: ({ number }) => `All right, the cases of topic ${saidNumber(number)} are handled one by one.`,
  cannot: ({ number, state }) => `Topic ${saidNumber(number)} is ${STATES[state]}; this cannot be done now.`,
  reopened: ({ denied, ...topic }) =>
    `${named(topic)}: ${denied} of ${counted(topic.people)} say that it is not done, and it is open again. Reply "topic ${saidNumber(topic.number)}" to see it.`,
  byOffice: ({ did, ...topic }) =>
    `${named(topic)}: ${OFFICE} ${did === "closed" ? "closed" : "answered"} it for all of ${counted(topic.people)}. Reply "topic ${saidNumber(topic.number)}" to see it.`,
  reply: ({ number, people, deputy, text }) =>
    `No. ${number}${people === null ? "" : ` (${counted(people)} told the same)`}, ${deputy === null ? OFFICE : `deputy ${deputy}`} answers: ${text}`,
  again: ({ number }) =>
    `No. ${number}: of those who told the same, some say that it is not done; it is being handled again. If it is not done at your place either, reply "not done".\nTo hear no more of it, reply "no more news".`,
  seconded: ({ number, holder, dueOn }) =>
    `Noted: you tell the same as somebody else. Your own number is ${number}; ${holder === null ? OFFICE : `deputy ${holder}`} answers you ${enDue(dueOn)}.\nIf something is different at your place, just say so.`,
  scanned: ({ number }) =>
    `This has been told already. If you have the same trouble, reply "me too topic ${saidNumber(number)}" and you get a number of your own; if something is different, just say so.`,
  cannotSecond: ({ typed }) => `No. ${typed} cannot be joined now. Just say what is wrong, and where.`,
  stopped: () =>
    "All right, you will hear no more of it. Once your own number is answered you will be told all the same.",
  nothingToStop: () => "There is no other news to be told to you. Once your own number is answered you will be told.",
};
