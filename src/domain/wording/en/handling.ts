import { daysEachWeek, type EachWeek } from "../../calendar/weekly.ts";
import { quotedExcerpt } from "../../text/quote.ts";
import { enDay, enDue, shortNumber } from "../days.ts";
import type { HandlingWording } from "../handling.ts";
import type { DeputyCase, ToldLine } from "../sentences.ts";
import { having, named, story, whole } from "./deputy.ts";
import { alsoCases, brief } from "./deputy-questions.ts";

type Handling = HandlingWording<DeputyCase, ToldLine>;
type WithDue = Parameters<Handling["acceptTaken"]>[0];

function stillToAnswer({ number, dueOn, isLate }: WithDue): string {
  const when =
    isLate && typeof dueOn === "string" ? `The answer was due ${enDue(dueOn)}` : `Please answer ${enDue(dueOn)}`;
  return `${when}: "reply ${shortNumber(number)} your words".`;
}

function waysOfAssistant(number: string, lead: string): string[] {
  const id = shortNumber(number);
  return [
    `To tell ${lead}: "assist ${id} your words"; the resident does not see it`,
    `To leave a note for the office: "note ${id} your words"`,
    `If you cannot help: "return ${id} the reason"`,
  ];
}

const PHRASE_SHOWN = 40;
const COUNTYS_SHOWN = 5;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function enWeekdays(weekdays: readonly number[]): string {
  return weekdays.map((day) => WEEKDAYS[day - 1]).join(" and ");
}

/** So few days are named one by one. */
const FEW_DAYS = 5;

function enWeekly(week: EachWeek): string {
  const { weekdays, from, until, part } = week;
  const half = part === null ? "" : ` ${part}`;
  const days = until === null ? [] : daysEachWeek(week, from, until);
  if (days.length > 0 && days.length <= FEW_DAYS) return `on ${days.map((day) => `${enDay(day)}${half}`).join(", ")}`;
  return `every ${enWeekdays(weekdays)}${half} from ${enDay(from)}${until === null ? "" : ` until ${enDay(until)}`}`;
}

function enBack({ weekdays }: EachWeek): string {
  return `back every ${enWeekdays(weekdays)}`;
}

const OVER = {
  closed: "is closed: there is nothing left to help with.",
  "taken-back": "needs your help no more.",
  office: "is with the deputies' affairs office now: there is nothing left to help with.",
} as const;

const LACKS = { assist: "words for whoever has it", note: "note", return: "reason" } as const;

/** The English sentences about how a deputy handles a case. */
export const enHandling: Handling = {
  seenByDeputy: ({ number, deputy, dueOn, isLate }) =>
    isLate && typeof dueOn === "string"
      ? `No. ${number}: Deputy ${deputy} has seen it. You should have heard from us by ${enDay(dueOn)}; that is over, and it has not been answered yet.`
      : `No. ${number}: Deputy ${deputy} has seen it; it has not been answered yet. You will hear from us ${enDue(dueOn)}.`,
  acceptTaken: (one) =>
    `No. ${shortNumber(one.number)} accepted; the resident is being told that you have seen it. ${stillToAnswer(one)}`,
  acceptedBefore: (one) =>
    `You accepted No. ${shortNumber(one.number)} before; the resident was not told again. ${stillToAnswer(one)}`,
  acceptNeedless: ({ number }) =>
    `You have answered No. ${shortNumber(number)} or passed it on already: there is nothing to accept. The resident was told nothing new.`,
  assistTaken: ({ number, deputy, isBound, isAgain, hasWords }) => {
    const id = shortNumber(number);
    if (isAgain) {
      return hasWords
        ? `No. ${id}: your words are on their way to Deputy ${deputy}.`
        : `Deputy ${deputy} helps with No. ${id} already.`;
    }
    const way = isBound
      ? `Deputy ${deputy} is being told`
      : `Deputy ${deputy} has bound no chat and sees it only after that; please ring them up`;
    return `No. ${id}: Deputy ${deputy} is asked to help. ${way}. It stays with you, and you answer the resident. To end it: "assist ${id} cancel".`;
  },
  assistUnclear: ({ number, typed, meant }) =>
    meant.length === 0
      ? `There is no deputy ${quotedExcerpt(typed, 20)}; nobody was asked to help with No. ${shortNumber(number)}. Write a name or code: "assist ${shortNumber(number)} D002, please come along".`
      : `${quotedExcerpt(typed, 20)} may be ${meant.length} people: ${named(meant)}. Nobody was asked yet; please write the code.`,
  assistRefused: ({ number, deputy, why }) => {
    const because = {
      away: `Deputy ${deputy} is away`,
      full: "Enough people help already",
      "not-them": `Deputy ${deputy} cannot help with this one`,
    };
    return `${because[why]}; they were not asked to help with No. ${shortNumber(number)}. Please choose somebody else.`;
  },
  assistTakenBack: ({ number, deputies }) =>
    deputies.length === 0
      ? `Nobody like that helps with No. ${shortNumber(number)}.`
      : `No. ${shortNumber(number)}: ${deputies.map((name) => `Deputy ${name}`).join(", ")} need not help any more and is being told.`,
  assistantSays: ({ number, assistant, text, isLeaving }) => {
    const id = shortNumber(number);
    return isLeaving
      ? `No. ${id}: Deputy ${assistant} cannot help any more:\n${text}\nTo ask somebody else: "assist ${id} name or code".`
      : `No. ${id}: Deputy ${assistant}, who helps, says:\n${text}\nThe resident does not see it. To answer: "assist ${id} ${assistant}, your words".`;
  },
  askedToAssist: ({ line, lead, text }) =>
    [
      `[Helping] ${line.priority ? "[urgent] " : ""}Deputy ${lead} asks you to help, and answers the resident`,
      ...whole(line),
      ...(text === null ? [] : [`Deputy ${lead}: ${text}`]),
      ...waysOfAssistant(line.number, `Deputy ${lead}`),
    ].join("\n"),
  leadSays: ({ number, lead, text }) => `No. ${shortNumber(number)}, Deputy ${lead} says:\n${text}`,
  assistedCase: ({ line, holder, thread }) =>
    [
      `[Helping] ${line.priority ? "[urgent] " : ""}${having(holder)} has it, you help`,
      ...whole(line),
      ...story(thread),
      ...waysOfAssistant(line.number, having(holder)),
    ].join("\n"),
  onlyAssists: ({ number, holder }) =>
    `${having(holder)} has No. ${shortNumber(number)}; you help. Your words did not go to the resident. To tell ${having(holder)}: "assist ${shortNumber(number)} your words".`,
  assistantLacks: ({ number, command }) =>
    `The ${LACKS[command]} is missing. Reply "${command} ${shortNumber(number)} ${LACKS[command]}".`,
  assistWordsTaken: ({ number, holder, isLeaving }) =>
    isLeaving
      ? `Noted: you need not help with No. ${shortNumber(number)} any more; ${having(holder)} is being told.`
      : `No. ${shortNumber(number)}: your words are on their way to ${having(holder)}; the resident does not see them.`,
  assistOver: ({ number, why }) => `No. ${shortNumber(number)} ${OVER[why]}`,
  assistLeadChanged: ({ number, holder }) => `${having(holder)} has No. ${shortNumber(number)} now; you go on helping.`,
  phrases: ({ own, county }) =>
    [
      own.length === 0 ? "You keep no phrases yet." : "Your phrases:",
      ...own.map((text, at) => `${at + 1} ${quotedExcerpt(text, PHRASE_SHOWN)}`),
      ...(county.length === 0 ? [] : ["The county's:"]),
      ...county
        .slice(0, COUNTYS_SHOWN)
        .map(({ name, text }, at) => `c${at + 1} ${quotedExcerpt(name, 20)} ${quotedExcerpt(text, PHRASE_SHOWN)}`),
      'To use: "use 2 12" is phrase 2 for No. 12; you are asked before it leaves.',
      'To keep: "keep phrase your words"; to delete: "delete phrase 2".',
    ].join("\n"),
  phraseKept: ({ place, text, isKnown }) =>
    isKnown
      ? `You keep this already, as phrase ${place}: ${quotedExcerpt(text, PHRASE_SHOWN)}`
      : `Kept as phrase ${place}: ${quotedExcerpt(text, PHRASE_SHOWN)}\nTo use it: "use ${place} number". Nobody but you can.`,
  phraseNotKept: ({ why, most }) =>
    why === "too-long"
      ? `Not kept: a phrase has ${most} signs at most. Please make it shorter.`
      : `Not kept: you can keep ${most}. Delete one first: "delete phrase 1".`,
  phraseLacks: () => 'The words are missing. Reply "keep phrase your words".',
  phraseDropped: ({ text }) =>
    `Deleted: ${quotedExcerpt(text, PHRASE_SHOWN)}\nThose behind it have other numbers now; "phrases" lists them.`,
  phraseUnknown: ({ isCountys }) =>
    isCountys
      ? 'There is no such phrase, or it is the county\'s and cannot be deleted here. "phrases" lists all.'
      : 'There is no such phrase. "phrases" lists all.',
  phraseWhichCase: ({ phrase: { of, place }, cases, typed }) => {
    const which = `${of === "county" ? "c" : ""}${place}`;
    const example = shortNumber(cases[0]?.number ?? "0-12");
    return [
      `${typed === null ? "" : `No. ${typed} was not found, or is not yours. `}${cases.length === 0 ? "You have no open case;" : "For which one?"} The resident was told nothing.`,
      ...cases.map(brief),
      ...(cases.length === 0 ? [] : [`Reply "use ${which} ${example}".`]),
    ].join("\n");
  },
  confirmPhrase: ({ number, text, also }) => ({
    text: `Shall the resident of No. ${shortNumber(number)} get this as an answer?\n${text}`,
    labels: ["Yes, answer", "No"],
    closing: `Reply 1 to answer, 2 not to.${alsoCases(also)}`,
  }),
  phraseDeclined: ({ number }) =>
    `Nothing went to the resident. To answer No. ${shortNumber(number)}: reply ${shortNumber(number)} and your words.`,
  confirmWeekly: ({ isHalf, ...week }) => ({
    text: [
      `You are away ${enWeekly(week)}: is that right?`,
      ...(isHalf
        ? ["Only mornings, afternoons and whole days can be kept here: said like this it counts as a whole day."]
        : []),
      "New matters of that time go to others first, and you are not reminded. What you have stays yours, its days stay as they are, and you are reminded the working day before.",
    ].join("\n"),
    labels: ["Yes", "No"],
    closing: "Reply 1 to keep it, 2 not to.",
  }),
  weeklyTaken: (week) =>
    `Noted: you are away ${enWeekly(week)}. What you have stays yours, and its days stay as they are. To end it: "${enBack(week)}".`,
  weeklyDeclined: () => 'Nothing was noted; all stays as it is. To note it, for example: "away every Wednesday".',
  weeklyHeld: ({ weekly }) =>
    weekly.map((week) => `You are away ${enWeekly(week)}. To end it: "${enBack(week)}".`).join("\n"),
  weeklyNotHeld: ({ weekdays }) => `You are not noted as away every ${enWeekdays(weekdays)}; there is nothing to end.`,
  weeklyEnded: ({ weekly }) =>
    `Noted: you are there again ${weekly.map(({ weekdays, part }) => `every ${enWeekdays(weekdays)}${part === null ? "" : ` ${part}`}`).join(", ")}, and new matters come to you.`,
};
