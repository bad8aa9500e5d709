import type { HandoverState } from "../../acts/handover.ts";
import type { How } from "../../case/claims.ts";
import { enDay, enDue, shortNumber } from "../days.ts";
import type { BoundWording, UnitMatter } from "./sentences.ts";

const ROLES = { deputy: "Deputy", unit: "Unit", station: "Station", "grid-worker": "Grid worker" } as const;

const STATES: Readonly<Record<HandoverState, string>> = {
  waiting: "not handed over yet",
  sent: "not accepted yet",
  accepted: "being handled",
  returned: "given back",
  reported: "reported as done, the deputy checks it",
  confirmed: "checked",
  taken_back: "taken back",
};

const OFFICE = "deputies' affairs office of the county people's congress";

function holder(isWithDeputy: boolean): string {
  return isWithDeputy ? "deputy" : OFFICE;
}

const ANSWERED = {
  partly: "a part is done",
  planned: "it is planned, and not done yet",
  refused: "it cannot be done",
} as const;

const CLAIMED = {
  unit: "as the unit says; nobody has looked yet",
  deputy: "the deputy has been there",
  resident: "as you say",
} as const;

/** How it is known, in brackets; nothing where nobody said. */
function knownBy(how: How, unit: string | null): string {
  const said: Readonly<Record<How, string>> = {
    visit: " (the deputy has been there)",
    photo: " (the deputy has seen a photo)",
    phone: " (the deputy asked by telephone or saw a photo)",
    unit_word: ` (as ${unit ?? "the unit"} says; no deputy has looked yet)`,
    resident_word: " (as you say)",
    unsaid: "",
  };
  return said[how];
}

const EXAMPLE = {
  accept: (id: string) => `accept ${id}`,
  decline: (id: string) => `decline ${id} REASON`,
  progress: (id: string) => `progress ${id} HOW FAR IT IS`,
  report: (id: string) => `close ${id} RESULT`,
  extend: (id: string) => `extend ${id} DAY REASON`,
} as const;

function whole({ number, place, text, dueOn }: UnitMatter): string[] {
  return [
    `No. ${shortNumber(number)}`,
    `Place: ${place}`,
    `Matter: ${text}`,
    `Please handle and answer it by ${enDay(dueOn)}.`,
  ];
}

function line({ number, place, text, dueOn }: UnitMatter): string {
  return `No. ${shortNumber(number)} ${place}: ${text} (by ${enDay(dueOn)})`;
}

/** The English sentences to the people of units and stations, and to deputies about what a unit says. */
export const boundEn: BoundWording = {
  boundAs: ({ role, name, open }) =>
    role === "unit"
      ? `Bound: here you speak for ${name}. Handed over to you: ${open ?? 0}. Reply "list" to see them, "help" for what you can say.`
      : `Bound: here you speak for ${name}. Reply "help" for what you can say.`,
  boundByOffice: ({ deputy, platform, open }) =>
    `Welcome, Deputy ${deputy}! The county congress's deputies' affairs office bound your ${platform}: residents' matters come here. You have ${open} open. Reply "list" to see them, "help" for the commands. Not you, or not here? Reply "not me".`,
  bindingRefused: () =>
    "All right, nothing for the deputy comes here any more. Please tell the county congress's deputies' affairs office too.",
  whichRole: ({ roles }) => ({
    text: "In which role do you say this?",
    labels: roles.map(({ role, name }) => `${ROLES[role]}: ${name}`),
    closing: "Reply with the number.",
  }),
  handover: ({ deputy, returnBy, ...matter }) => {
    const id = shortNumber(matter.number);
    const [, ...rest] = whole(matter);
    return [
      `[Handed over] No. ${id}, from ${deputy === null ? `the ${OFFICE}` : `Deputy ${deputy}`}`,
      ...rest,
      `To accept it: accept ${id}`,
      `Not yours: by ${enDay(returnBy)} reply decline ${id} REASON`,
      `When it is done: close ${id} RESULT`,
    ].join("\n");
  },
  unitList: ({ unit, matters }) =>
    matters.length === 0
      ? `${unit} has nothing to handle now.`
      : [
          `${unit} has ${matters.length} to handle:`,
          ...matters.map((one) => `${line(one)}, ${STATES[one.state]}`),
        ].join("\n"),
  unitMatter: (matter) => [...whole(matter), STATES[matter.state]].join("\n"),
  unitHelp: ({ unit }) =>
    [
      `Here you speak for ${unit}:`,
      "list: what is to be handled",
      "12: shows No. 12",
      "accept 12",
      "decline 12 REASON: it is not yours",
      "progress 12 HOW FAR IT IS",
      "close 12 RESULT",
      "extend 12 DAY REASON: the deputies' affairs office must consent",
    ].join("\n"),
  notOfUnit: ({ typed }) => `There is no No. ${typed}, or it is not yours.`,
  whichOfUnit: ({ matters }) =>
    matters.length === 0
      ? "There is nothing to handle now; this was not noted."
      : ["Which one is meant? Please write its number:", ...matters.map(line)].join("\n"),
  unitLacks: ({ number, command, lacks }) => {
    const id = shortNumber(number);
    if (lacks === "later-day")
      return `The new day must be later than the present one, and not past: ${EXAMPLE.extend(id)}`;
    const what = lacks === "day" ? "The day and the reason are missing" : "The words are missing";
    return `${what}; this was not noted. Please reply: ${EXAMPLE[command](id)}`;
  },
  unitCannot: ({ number, state }) => `No. ${shortNumber(number)} is ${STATES[state]}; this was not noted.`,
  accepted: ({ number, dueOn }) =>
    `No. ${shortNumber(number)} is accepted. Please reply by ${enDay(dueOn)}: close ${shortNumber(number)} RESULT`,
  returned: ({ number, isWithDeputy }) =>
    isWithDeputy
      ? `No. ${shortNumber(number)} is given back to the deputy, who can read the reason, as the deputies' affairs office can.`
      : `No. ${shortNumber(number)} is given back to the ${OFFICE}, which can read the reason.`,
  progressTaken: ({ number, isWithDeputy }) =>
    `The progress of No. ${shortNumber(number)} is noted; the ${holder(isWithDeputy)} can read it.`,
  reportedTaken: ({ isWithDeputy }) => `Noted. The ${holder(isWithDeputy)} checks it; then the resident is told.`,
  extensionAsked: ({ number, until }) =>
    `That you want No. ${shortNumber(number)} until ${enDay(until)} is noted. It counts when the deputies' affairs office consents.`,
  takenBack: ({ number }) => `No. ${shortNumber(number)} is taken back; nothing is left to do for you.`,
  photoTaken: ({ number, isWithDeputy }) =>
    `The photo of No. ${shortNumber(number)} is here; the ${holder(isWithDeputy)} can see it.`,
  whosePhoto: ({ matters }) =>
    [
      "Of which one is this photo? It is kept with none yet. Please reply progress NUMBER HOW FAR IT IS, then send it again:",
      ...matters.map(line),
    ].join("\n"),
  unitShows: ({ number, unit }) => `${unit} sends a photo of No. ${shortNumber(number)}; the resident has not seen it.`,
  referTakenTold: ({ number, unit }) =>
    `No. ${shortNumber(number)} goes to ${unit}; they are being told. It stays yours, and you hear what they say.`,
  referStays: ({ number, unit }) => {
    const id = shortNumber(number);
    return `No. ${id} is not fit for the system of ${unit}, so it was not referred. Please reply: return ${id} REASON, and the ${OFFICE} handles it.`;
  },
  partnerTook: ({ number, unit, externalId }) =>
    `The system of ${unit} has No. ${shortNumber(number)}${externalId === null ? "" : `, their number is ${externalId}`}. They have not said yet how it goes.`,
  partnerFailed: ({ number, unit }) =>
    `No. ${shortNumber(number)} has not reached the system of ${unit}: it could not be reached, many times. The ${OFFICE} gets in touch with them. It stays yours.`,
  partnerSaidNothing: () => "(nothing was written)",
  unitAccepted: ({ number, unit }) => `${unit} has accepted No. ${shortNumber(number)}.`,
  unitReturned: ({ number, unit, text }) => {
    const id = shortNumber(number);
    return `${unit} gives No. ${id} back: ${text}\nPlease reply: refer ${id} UNIT, or return ${id} REASON`;
  },
  unitProgress: ({ number, unit, text }) => `${unit} on No. ${shortNumber(number)}: ${text}`,
  unitReported: ({ number, unit, text }) => {
    const id = shortNumber(number);
    return {
      text: `${unit} says that No. ${id} is done: ${text}\nThat is the unit's word; the resident does not know it yet. Please check:`,
      labels: [
        "I was there: it is done",
        "I asked or saw a photo: it is done",
        "Not checked: tell the resident what the unit says",
        "Not done: back to the unit",
      ],
      closing: `Reply with the number; later on: close ${id} RESULT.`,
    };
  },
  unitAnswered: ({ number, unit, result, text }) => {
    const id = shortNumber(number);
    return `${unit} says of No. ${id} that ${ANSWERED[result]}: ${text}\nThe resident does not know it yet. Please answer: reply ${id} WORDS, or close ${id} RESULT.`;
  },
  timeGiven: ({ number, unit, until }) =>
    `The ${OFFICE} gives ${unit} until ${enDay(until)} for No. ${shortNumber(number)}.`,
  unitAsksForTime: ({ number, unit, until, text }) =>
    `${unit} wants No. ${shortNumber(number)} until ${enDay(until)}: ${text}\nIt counts when the deputies' affairs office consents.`,
  noteTaken: ({ number }) =>
    `The note on No. ${shortNumber(number)} is kept: you and the ${OFFICE} can see it, nobody else.`,
  visitTaken: ({ number }) =>
    `It is noted that you were there for No. ${shortNumber(number)}; the resident does not see these words. To tell them: reply ${shortNumber(number)} WORDS.`,
  howKnown: ({ number }) => ({
    text: `No. ${shortNumber(number)}: how do you know that it is done?`,
    labels: ["I have seen it", "The unit says so", "The resident says so"],
    closing:
      "Reply with the number. Without a word for half an hour it is closed as you said, and nobody is said to have looked.",
  }),
  closingWords: ({ number }) =>
    `No. ${shortNumber(number)}: noted. What shall the resident be told? Just write it, or reply "pass on" for the unit's words.`,
  unitWordPassed: ({ number, unit }) =>
    `No. ${shortNumber(number)}: the resident is being told what ${unit} says, and that no deputy has looked yet. When you have, reply close ${shortNumber(number)} RESULT.`,
  givenBackToUnit: ({ number, unit }) => `No. ${shortNumber(number)} is back with ${unit}.`,
  closedUnsaid: ({ number }) =>
    `No. ${shortNumber(number)} is closed as you said; it does not say who looked. The resident is being told.`,
  unitWordTold: ({ number, unit }) =>
    `No. ${shortNumber(number)} was not checked for two working days: the resident is being told what ${unit} says, and that no deputy has looked yet.`,
  residentDenied: ({ number, unit, text }) =>
    [
      `The resident says that No. ${shortNumber(number)} is not done${unit === null ? "." : `; it is back with ${unit}.`}`,
      ...(text === null ? [] : [text]),
    ].join("\n"),
  residentConfirmed: ({ number, isSatisfied, text }) =>
    [
      `The resident says that No. ${shortNumber(number)} is done${isSatisfied ? "." : ", but is not satisfied."}`,
      ...(text === null ? [] : [text]),
    ].join("\n"),
  unitAgain: ({ number, by, dueOn }) => {
    const id = shortNumber(number);
    const why =
      by === "correction"
        ? "its resident put right what they had said, and it is open again"
        : `the ${by} says that it is not done`;
    return `[Once more] No. ${id}: ${why}. Please handle it by ${enDay(dueOn)}, then reply close ${id} RESULT.`;
  },
  extended: ({ number, dueOn }) =>
    `No. ${shortNumber(number)}: you have until ${enDay(dueOn)}; the ${OFFICE} consents.`,
  notExtended: ({ number, dueOn }) =>
    `No. ${shortNumber(number)}: the ${OFFICE} does not consent to more time; it stays ${enDay(dueOn)}.`,
  unitConfirmed: ({ number, by }) =>
    by === "deputy"
      ? `No. ${shortNumber(number)}: the deputy has checked that it is done.`
      : `No. ${shortNumber(number)}: the resident says that it is done.`,
  unitChanged: ({ number, kind, text }) => {
    const id = shortNumber(number);
    return kind === "corrected"
      ? `[Corrected] No. ${id}: the resident put right what they said: ${text}\nPlease go by that; the day stays.`
      : `[Taken out] One matter of No. ${id} has a number of its own now and is no part of No. ${id} any more: ${text}\nThe rest of No. ${id} stays as it was, and so does its day.`;
  },
  deniedAgain: ({ number, place, text, deputy, times }) =>
    `[Not done, says the resident] No. ${shortNumber(number)} ${place}: ${text}\nTimes that its resident said so after it was closed: ${times}.${deputy === null ? "" : ` Please look at it together with Deputy ${deputy}.`}`,
  referredTold: ({ number, deputy, unit, dueOn }) =>
    `No. ${number}: Deputy ${deputy} asks ${unit} to handle it; they are being told. Deputy ${deputy} stays with it, and you hear from us ${enDue(dueOn)}.`,
  unitTakesLonger: ({ number, unit, until, text }) =>
    [
      `No. ${number}: ${unit} takes until ${enDay(until)}.`,
      ...(text === null ? [] : [`The unit's reason: ${text}`]),
    ].join("\n"),
  solved: ({ number, deputy, how, unit, text }) =>
    `Deputy ${deputy} has closed No. ${number}${knownBy(how, unit)}. The deputy's words:\n${text}`,
  officeSolved: ({ number, claim, text }) =>
    [`The ${OFFICE} has closed No. ${number} (${CLAIMED[claim]}).`, ...(text === null ? [] : [text])].join("\n"),
  isItFixed: ({ number }) => ({
    text: `Is No. ${number} done? Your word counts.`,
    labels: ["Done", "Not done", "Done, but I am not satisfied"],
    closing:
      "Reply 1 if it is done, 2 if not, 3 if it is but you are not satisfied; you may add a few words. If it is not, it opens again.",
  }),
  verdictReminder: ({ number }) =>
    `No. ${number} is said to be done, and you have not said whether it is. Reply "solved" or "not solved"; you need not, and are not reminded again.`,
  unitWord: ({ number, unit, isWithDeputy, text }) => ({
    text: `No. ${number}: ${unit} says that it is done; ${isWithDeputy ? "no deputy" : "nobody"} has looked yet. The unit's words:\n${text}\nIs it done?`,
    labels: ["Done", "Not done"],
    closing: "Reply 1 if it is done, 2 if not; you may add a few words.",
  }),
  notFixedNoted: ({ number, unit, dueOn }) =>
    `Noted: it is not done. No. ${number} is back with ${unit}, and you hear from us ${enDue(dueOn)}.`,
};
