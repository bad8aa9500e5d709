import type { HandoverState } from "../../acts/handover.ts";
import { enDay, shortNumber } from "../days.ts";
import type { BoundWording, UnitMatter } from "./sentences.ts";

const ROLES = { deputy: "Deputy", unit: "Unit", station: "Station" } as const;

const STATES: Readonly<Record<HandoverState, string>> = {
  waiting: "not handed over yet",
  sent: "not accepted yet",
  accepted: "being handled",
  returned: "given back",
  reported: "reported as done, the deputy checks it",
  confirmed: "checked",
  taken_back: "taken back",
};

const EXAMPLE = {
  accept: (id: string) => `accept ${id}`,
  decline: (id: string) => `decline ${id} REASON`,
  progress: (id: string) => `progress ${id} HOW FAR IT IS`,
  report: (id: string) => `close ${id} RESULT`,
  extend: (id: string) => `extend ${id} DAY REASON`,
} as const;

function whole({ number, place, text, dueOn }: UnitMatter): string[] {
  return [`No. ${shortNumber(number)}`, `Place: ${place}`, `Matter: ${text}`, `Please handle and answer it by ${enDay(dueOn)}.`];
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
  whichRole: ({ roles }) => ({
    text: "In which role do you say this?",
    labels: roles.map(({ role, name }) => `${ROLES[role]}: ${name}`),
    closing: "Reply with the number.",
  }),
  handover: ({ deputy, returnBy, ...matter }) => {
    const id = shortNumber(matter.number);
    const [, ...rest] = whole(matter);
    return [
      `[Handed over] No. ${id}, from Deputy ${deputy}`,
      ...rest,
      `To accept it: accept ${id}`,
      `Not yours: by ${enDay(returnBy)} reply decline ${id} REASON`,
      `When it is done: close ${id} RESULT`,
    ].join("\n");
  },
  unitList: ({ unit, matters }) =>
    matters.length === 0
      ? `${unit} has nothing to handle now.`
      : [`${unit} has ${matters.length} to handle:`, ...matters.map((one) => `${line(one)}, ${STATES[one.state]}`)].join("\n"),
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
    if (lacks === "later-day") return `The new day must be later than the present one, and not past: ${EXAMPLE.extend(id)}`;
    const what = lacks === "day" ? "The day and the reason are missing" : "The words are missing";
    return `${what}; this was not noted. Please reply: ${EXAMPLE[command](id)}`;
  },
  unitCannot: ({ number, state }) => `No. ${shortNumber(number)} is ${STATES[state]}; this was not noted.`,
  accepted: ({ number, dueOn }) =>
    `No. ${shortNumber(number)} is accepted. Please reply by ${enDay(dueOn)}: close ${shortNumber(number)} RESULT`,
  returned: ({ number }) =>
    `No. ${shortNumber(number)} is given back to the deputy, who can read the reason, as the deputies' affairs office can.`,
  progressTaken: ({ number }) => `The progress of No. ${shortNumber(number)} is noted; the deputy can read it.`,
  reportedTaken: () => "Noted. The deputy checks it; then the resident is told.",
  extensionAsked: ({ number, until }) =>
    `That you want No. ${shortNumber(number)} until ${enDay(until)} is noted. It counts when the deputies' affairs office consents.`,
  takenBack: ({ number }) => `No. ${shortNumber(number)} is taken back; nothing is left to do for you.`,
  stationHelp: ({ station }) =>
    `Here you speak for ${station}. What the station must know is sent here. If you have a matter of your own, just say it.`,
  unitAccepted: ({ number, unit }) => `${unit} has accepted No. ${shortNumber(number)}.`,
  unitReturned: ({ number, unit, text }) => {
    const id = shortNumber(number);
    return `${unit} gives No. ${id} back: ${text}\nPlease reply: refer ${id} UNIT, or return ${id} REASON`;
  },
  unitProgress: ({ number, unit, text }) => `${unit} on No. ${shortNumber(number)}: ${text}`,
  unitReported: ({ number, unit, text }) => {
    const id = shortNumber(number);
    return `${unit} says that No. ${id} is done: ${text}\nThat is the unit's word; the resident does not know it yet. Please check: if it is done, close ${id} RESULT; if not, refer ${id} ${unit} hands it to them again.`;
  },
  unitAsksForTime: ({ number, unit, until, text }) =>
    `${unit} wants No. ${shortNumber(number)} until ${enDay(until)}: ${text}\nIt counts when the deputies' affairs office consents.`,
};
