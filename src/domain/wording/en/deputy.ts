import type { AbsenceSpan } from "../../dialog/absence.ts";
import type { DecidedReason } from "../../routing/followers.ts";
import { quotedExcerpt } from "../../text/quote.ts";
import { enDay, enDue, shortNumber } from "../days.ts";
import type { DeputyCase, FollowedCase, ToldLine, Wording } from "../sentences.ts";
import type { Holder } from "../who-answers.ts";
import { brief, enDeputyQuestions } from "./deputy-questions.ts";

function deadline(line: DeputyCase): string {
  if (!line.overdue) return `answer ${enDue(line.dueOn)}`;
  return typeof line.dueOn === "string"
    ? `overdue since ${enDay(line.dueOn)}`
    : `perhaps overdue (answer ${enDue(line.dueOn)})`;
}

/** A case in the lines in which a deputy reads it. */
export function whole(line: DeputyCase): string[] {
  return [
    `Number: ${line.number}`,
    `Place: ${line.place}`,
    `Matter: ${line.text}`,
    ...(line.isByMinor
      ? ["By: a school child (一名小学生或初中生). Please do not find out who, ask for no phone or photo."]
      : []),
    `Due: ${deadline(line)}`,
  ];
}

/** The one who has a case, as a deputy reads it. */
export function having(holder: Holder): string {
  return holder === null ? "The deputies' affairs office" : `Deputy ${holder.deputy}`;
}

/** From when to when; one day is named once. */
function enSpan({ from, until }: AbsenceSpan): string {
  return from === until ? `on ${enDay(from)}` : `from ${enDay(from)} until ${enDay(until)}`;
}

function covering(standIn: string | null): string {
  return standIn === null ? "others" : `Deputy ${standIn}`;
}

function staying(stayed: number): string[] {
  if (stayed === 0) return [];
  const [verb, them] = stayed === 1 ? ["stays", "it"] : ["stay", "them"];
  return [`${stayed} ${verb} with you: nobody else could take ${them}.`];
}

function noLonger(replaced: readonly AbsenceSpan[]): string[] {
  return replaced.length === 0 ? [] : [`What you said before, ${replaced.map(enSpan).join(", ")}, no longer counts.`];
}

const FOLLOWED_FOR: Readonly<Record<DecidedReason, string>> = {
  "higher-level": "An emergency in your grid, for you to know",
  "home-grid": "A resident of your grid was not paid for work elsewhere, for you to know",
  "other-side": "A danger on the border of two places: deputies of both are told",
};

function followedList(followed: readonly FollowedCase[], following: number): string[] {
  if (followed.length === 0) return [];
  const more = following - followed.length;
  return [
    followed.some(({ isAssisting }) => isAssisting === true)
      ? `With others (${following}; you help where it says so, else you only read):`
      : `Following (${following}; others have them, you only read):`,
    ...followed.map(
      ({ line, holder, isAssisting }) =>
        `${brief(line)} (with ${holder === null ? "the office" : having(holder)}${isAssisting === true ? ", you help" : ""})`,
    ),
    ...(more === 0 ? [] : [`and ${more} older; reply with a number to see one.`]),
  ];
}

const MOST_NAMED = 6;

/** The first of several people who may be meant, each with a code. */
export function named(meant: readonly { readonly code: string; readonly name: string }[]): string {
  const shown = meant.slice(0, MOST_NAMED).map(({ code, name }) => `${name} (${code})`);
  return `${shown.join(", ")}${meant.length > MOST_NAMED ? " and others" : ""}`;
}

/** The words of a case, line by line; nothing where nothing was. */
export function story(thread: readonly ToldLine[]): string[] {
  return thread.length === 0 ? [] : ["So far:", ...thread.map((one) => `${one.at} ${one.party}: ${one.text}`)];
}

/** The English sentences to deputies; they never say who the resident is. */
export const enToDeputies = {
  ...enDeputyQuestions,

  newCase: ({ line, isReopened, mayBeSeveral = false }) => {
    const head = `${line.priority ? "[Urgent] " : ""}${isReopened ? "Open again: the resident says it is not settled" : "A new case"}`;
    const id = shortNumber(line.number);
    return [
      head,
      ...whole(line),
      `To say that you have seen it: accept ${id}`,
      `To answer: reply ${id} and your words`,
      `Not yours: return ${id} and the reason`,
      ...(mayBeSeveral ? [`There may be two matters in it: split ${id} and what the other one is`] : []),
    ].join("\n");
  },
  residentAdded: ({ number, text }) => `No. ${shortNumber(number)}, the resident adds:\n${text}`,
  anotherSaysSo: ({ number, text }) =>
    `No. ${shortNumber(number)}: another resident tells of the same. Your answers and the result reach them too:\n${text}`,
  residentShows: ({ number, what }) =>
    `No. ${shortNumber(number)}, a ${what === "photo" ? "photo" : "voice message"} of the resident:`,
  residentReminds: ({ number, dueOn }) =>
    `No. ${shortNumber(number)}: the resident reminds you. Answer ${enDue(dueOn)}.`,
  residentWithdrew: ({ number }) => `No. ${shortNumber(number)}: withdrawn by the resident, nothing left to do.`,
  residentRated: ({ number, satisfied }) =>
    `No. ${shortNumber(number)}: the resident is ${satisfied ? "satisfied" : "not satisfied"}.`,
  residentThanks: ({ number, text }) =>
    `A resident thanks you${number === null ? "" : ` (No. ${shortNumber(number)})`}:\n${text}`,
  caseMovedAway: ({ number, holder }) =>
    `No. ${shortNumber(number)} is no longer yours: ${holder === null ? "somebody else" : `Deputy ${holder.deputy}`} has it now.`,

  officeAnswered: ({ number, text }) => `No. ${shortNumber(number)}: the office has answered the resident:\n${text}`,
  officeClosed: ({ number }) => `No. ${shortNumber(number)}: the office has closed it. Nothing is left to do for you.`,
  officeMovedDue: ({ number, dueOn }) =>
    `No. ${shortNumber(number)}: the office has set another day: the resident hears ${enDue(dueOn)}.`,

  deputyList: ({ cases, followed, following }) =>
    [
      ...(cases.length === 0
        ? ["You have no open case."]
        : [`You have ${cases.length} open:`, ...cases.map((line) => `${brief(line)} (${deadline(line)})`)]),
      ...followedList(followed, following),
      ...(cases.length + followed.length === 0 ? [] : ["Reply with a number to see one."]),
    ].join("\n"),
  deputyCase: ({ line, thread, assisting = [] }) =>
    [
      ...(line.priority ? ["[Urgent]"] : []),
      ...whole(line),
      ...(assisting.length === 0 ? [] : [`Helping: ${assisting.map((name) => `Deputy ${name}`).join(", ")}`]),
      ...story(thread),
      `To answer: reply ${shortNumber(line.number)} and your words`,
      `When done: close ${shortNumber(line.number)} and the result`,
    ].join("\n"),

  newToFollow: ({ line, holder, why }) => {
    const id = shortNumber(line.number);
    return [
      `[Following] ${line.priority ? "[urgent] " : ""}${FOLLOWED_FOR[why]}`,
      ...whole(line),
      why === "other-side"
        ? `${having(holder)} has it for now. If you can be there first: reply ${id} and your words, and it is yours.`
        : `${having(holder)} has it; there is nothing for you to do. To see how it goes: ${id}`,
    ].join("\n");
  },
  followedCase: ({ line, holder, thread }) =>
    [
      `[Following] ${line.priority ? "[urgent] " : ""}${having(holder)} has it, you only read`,
      ...whole(line),
      ...story(thread),
    ].join("\n"),
  onlyFollowed: ({ number, holder }) =>
    `${having(holder)} has No. ${shortNumber(number)}; you follow it, and there is nothing for you to do. Your words did not go to the resident, and nothing has changed.`,
  takeTaken: ({ number }) => `You were the first to answer No. ${shortNumber(number)}: it is yours now.`,
  takenByOther: ({ number, holder }) =>
    `${having(holder)} was the first to answer No. ${shortNumber(number)} and has it now; there is nothing left for you to do. To see how it goes: ${shortNumber(number)}`,

  replyTaken: ({ number }) => `Your answer to No. ${shortNumber(number)} is recorded and on its way.`,
  closeTaken: ({ number }) =>
    `No. ${shortNumber(number)} is recorded as closed; word of it, and the question whether it helped, are on their way.`,
  returnTaken: ({ number, holder }) =>
    `No. ${shortNumber(number)} is handed back; ${holder === null ? "the county congress's deputies' affairs office decides who gets it" : `Deputy ${holder.deputy} has it now`}. The office sees the reason, the resident does not; the resident is told who has it.`,

  deputyShows: ({ number, deputy, photos }) =>
    `Deputy ${deputy} has ${photos === 1 ? "a photo" : `${photos} photos`} for you (${number}). Just reply if you have something to say.`,
  referTaken: ({ number, unit }) =>
    `Recorded: No. ${shortNumber(number)} goes to ${unit}; the county congress's deputies' affairs office gets in touch with them. It stays yours: when there is a result, close ${shortNumber(number)} and the result.`,
  referUnclear: ({ number, typed, meant }) =>
    meant.length === 0
      ? `There is no unit or deputy ${quotedExcerpt(typed, 40)}, so No. ${shortNumber(number)} stays with you. Write a code or a full name: refer ${shortNumber(number)} U01, reason. If you do not know whom: return ${shortNumber(number)} and the reason.`
      : `${quotedExcerpt(typed, 40)} could be ${named(meant)}. No. ${shortNumber(number)} stays with you for now: send it again with the code.`,
  referAway: ({ number, deputy }) =>
    `Deputy ${deputy} is away, so No. ${shortNumber(number)} stays with you. Choose somebody else, or return ${shortNumber(number)} and the reason.`,
  awayTaken: ({ from, until, standIn, moved, stayed, replaced }) =>
    [
      `Noted: away ${enSpan({ from, until })}. New cases go to ${covering(standIn)} meanwhile.`,
      ...(moved === 0
        ? []
        : [`${moved} open case${moved === 1 ? " has" : "s have"} somebody else now, and the residents know.`]),
      ...staying(stayed),
      ...noLonger(replaced),
      'Back earlier? Reply "back".',
    ].join(" "),
  awayPlanned: ({ from, until, standIn, replaced }) =>
    [
      `Noted: away ${enSpan({ from, until })}. Cases go to ${covering(standIn)} then.`,
      "Until then nothing changes: new cases still come to you, and yours are handed over on the first day.",
      ...noLonger(replaced),
      'Not away after all? Reply "back".',
    ].join(" "),
  awayBegins: ({ from, until, standIn, moved, stayed }) =>
    [
      `Your absence ${enSpan({ from, until })} has begun. New cases go to ${covering(standIn)} meanwhile.`,
      ...(moved === 0 ? [] : ["Your open cases have somebody else now, and the residents know."]),
      ...staying(stayed),
      'Back earlier? Reply "back".',
    ].join(" "),
  leaves: ({ leaves }) =>
    leaves
      .map(({ from, until, standIn, isNow }) =>
        isNow
          ? `You are away until ${enDay(until)}; cases go to ${covering(standIn)}. Back? Reply "back".`
          : `Away ${enSpan({ from, until })}; cases go to ${covering(standIn)} then. Not away after all? Reply "back".`,
      )
      .join("\n"),
  standInUnclear: ({ typed, meant }) =>
    meant.length === 0
      ? `There is no deputy ${quotedExcerpt(typed, 40)}, so nothing is noted yet. Write the name or the code, such as: away 3 days, D002 covers.`
      : `${quotedExcerpt(typed, 40)} could be ${meant.map(({ code, name }) => `${name} (${code})`).join(", ")}. Nothing is noted yet: send it again with the code.`,
  awayUnclear: () =>
    "From when, until when? Nothing is noted yet. For example: away 3 days, away until Friday, or away from 10 to 12 December.",
  backTaken: ({ open, cancelled, planned }) =>
    [
      cancelled.length === 0 ? "Welcome back!" : `Cancelled: away ${cancelled.map(enSpan).join(", ")}.`,
      `You have ${open} open; reply "list" to see them.`,
      ...(planned.length === 0
        ? []
        : [`Still noted: away ${planned.map(enSpan).join(", ")}. Not away after all? Reply "back" again.`]),
    ].join(" "),
  stats: ({ open, closed, overdue }) => `Open: ${open}, of which overdue: ${overdue}. Closed: ${closed}.`,
  bound: ({ deputy, open }) =>
    `Bound. Welcome, Deputy ${deputy}! You have ${open} open. Reply "list" to see them, "help" for the commands.`,
  boundElsewhere: ({ deputy, platform }) =>
    `Deputy ${deputy} is bound to another ${platform} account now; this one gets no cases any more. If that was not you, tell the county congress's deputies' affairs office at once.`,
  bindPaused: () =>
    "Several invite codes were wrong, so none is checked for the next hour, not even a right one. Please ask the county congress's deputies' affairs office for a new one and send it after that. Anything else you write is heard as ever.",
  bindRefused: () =>
    "This invite code does not work: mistyped, used or expired. Please ask the county congress's deputies' affairs office for a new one.",
  alreadyBound: ({ deputy }) => `You are bound already, Deputy ${deputy}.`,
  deputyHelp: () =>
    [
      "list: your open cases, and those you follow",
      "12: shows No. 12",
      "accept 12: tells the resident that you have seen it",
      "reply 12 YOUR WORDS: answers the resident",
      "close 12 RESULT: done",
      "refer 12 UNIT OR DEPUTY, REASON: somebody else handles it",
      "return 12 REASON: not yours",
      "assist 12, a deputy and words: asks another to help",
      "split 12 and what the other matter is: one message had two matters",
      "correct 12 THE RIGHT WORDS: you answered or closed it with wrong words",
      "reopen 12 REASON: takes your closing back",
      "note 12 WORDS: for you and the office; the resident never sees it",
      "visit 12 WHAT YOU SAW: notes that you were there",
      "page 12: a page on which you can write and add photos",
      "report WHAT AND WHERE: a matter of your own",
      "away 3 days, away from 10 to 12 December, away every Wednesday, back",
      "phrases: what you keep to say again",
      "stats: your figures",
      "You may also speak. A photo is kept with its case, and you are asked whether the resident shall have it",
    ].join("\n"),
} satisfies Partial<Wording>;
