import { enDay, enDue, shortNumber } from "../days.ts";
import type { CallLine, CannotPass, StationWording, VisitLine } from "./sentences.ts";

const OFFICE = "deputies' affairs office of the county people's congress";

function whom({ to, deputy }: CallLine): string {
  if (to === "deputy") return `to Deputy ${deputy ?? ""}`;
  return to === "joined" ? "to somebody who told the same" : "to whoever told it";
}

function callLine(call: CallLine): string {
  const { nth, number, maskedPhone, place, text, tries, againOn } = call;
  const tried = tries === 0 ? "" : `, tried ${tries === 1 ? "once" : `${tries} times`}`;
  const again = againOn === null ? "" : `, again on ${enDay(againOn)}`;
  return `${nth} ${whom(call)} ${maskedPhone ?? "without a number"}, No. ${shortNumber(number)} ${place}: ${text}${tried}${again}`;
}

function visitLine({ number, place, text }: VisitLine): string {
  return `No. ${shortNumber(number)} ${place}: ${text}`;
}

const CANNOT: Readonly<Record<CannotPass, (typed: string, deputy: string) => string>> = {
  "not-here": (typed) => `There is no No. ${typed}, or it is not your station's.`,
  "in-hand": (typed, deputy) =>
    `No. ${typed} is with Deputy ${deputy} and not late, so it was not passed on. The deputy can refer it, or the ${OFFICE} can.`,
  "goes-with-another": (typed) => `No. ${typed} goes with another case, so it was not passed on. Ask the ${OFFICE}.`,
  away: (typed, deputy) => `Deputy ${deputy} is away, so No. ${typed} was not passed on. Please name another one.`,
  "term-ended": (typed, deputy) =>
    `The term of Deputy ${deputy} has ended, so No. ${typed} was not passed on. Please name another one.`,
  returned: (typed, deputy) =>
    `Deputy ${deputy} gave No. ${typed} back before, so it was not passed on. Please name another one, or ask the ${OFFICE}.`,
  "has-it": (typed, deputy) => `Deputy ${deputy} has No. ${typed} already.`,
};

/** The English sentences to the people of stations. */
export const stationsEn: StationWording = {
  help: ({ station }) =>
    [
      `Here you speak for ${station}:`,
      "take down: WORDS takes down what somebody says at the desk; a photo behind it goes with it",
      "calls: who is to be rung up",
      "number 1: the number of the first, and what to say; each look is noted",
      "told 1: they were told",
      "no answer 1: to be tried again",
      "pass 12 DEPUTY: gives No. 12, late or with nobody, to a deputy of the station",
      "If you have a matter of your own, just say it.",
    ].join("\n"),
  taken: ({ number, holder }) =>
    `Taken down: No. ${number}, ${holder === null ? `the ${OFFICE} reads it first` : `Deputy ${holder.deputy} has it`}.`,
  readThis: () => "Please read this out:",
  howTold: ({ number, canScan }) => ({
    text: `No. ${shortNumber(number)}: how do they hear of it?`,
    labels: [
      canScan ? "By a chat of their own: they scan a code" : "By a chat (no code can be made here now)",
      "By telephone",
      "They come again",
    ],
    closing: `Reply with the number, or with "phone NUMBER" at once.`,
  }),
  howToldSealed: ({ number }) =>
    `No. ${shortNumber(number)} is for the ${OFFICE} alone; please tell nobody of it. If they want to be rung up, reply phone NUMBER, and the ${OFFICE} does so; else they ask there themselves.`,
  howToldMinor: ({ number }) =>
    `No. ${shortNumber(number)} was told by a child: no number, no code and no photo is kept. A parent or teacher may ask at the station.`,
  missingWords: () => "The words are missing; nothing was taken down. Please reply take down: WORDS",
  unclearPlace: ({ offers }) =>
    [
      "It is not clear where that is; nothing was taken down. Please say it again with the place: take down: VILLAGE OR ESTATE, MATTER",
      ...(offers.length === 0 ? [] : [`Perhaps: ${offers.join(", ")}?`]),
    ].join("\n"),
  placeOfOther: ({ station }) =>
    `That place belongs to ${station}; nothing was taken down. They can go there, or write here themselves.`,
  codeComes: ({ number }) =>
    `The code of No. ${shortNumber(number)} is being made and comes here; they scan it with WeChat. If it does not come, reply phone NUMBER. It serves once, for 7 days.`,
  noCode: ({ number }) =>
    `No code can be made here for No. ${shortNumber(number)}. Please reply phone NUMBER, or let them come again.`,
  askPhone: ({ number }) =>
    `Which number for No. ${shortNumber(number)}? Please reply phone NUMBER, or 3 if they leave none.`,
  phoneTaken: ({ number, maskedPhone }) =>
    `No. ${shortNumber(number)}: noted. When there is an answer they are rung up under ${maskedPhone}; "calls" shows it then.`,
  notAPhone: () => "That is no telephone number; it was not noted. Please reply phone NUMBER.",
  comesAgain: ({ number }) =>
    `Noted: they come again. When there is an answer "calls" shows it; once they were told, reply told ${shortNumber(number)}.`,
  tooLate: ({ number }) =>
    `How No. ${shortNumber(number)} is told is settled already, or cannot be changed; this was not noted.`,
  photoTaken: ({ number }) => `The photo is here, with No. ${shortNumber(number)}.`,
  calls: ({ station, calls, more, visits }) =>
    calls.length + visits.length === 0
      ? `${station} has nobody to ring up now.`
      : [
          ...(calls.length === 0 ? [] : [`${station} has ${calls.length + more} to ring up:`, ...calls.map(callLine)]),
          ...(more === 0 ? [] : [`There are ${more} more: reply "calls" again after these.`]),
          ...(calls.length === 0 ? [] : ["For the number and the words reply number 1; then told 1, or no answer 1."]),
          ...(visits.length === 0
            ? []
            : [
                "These come again, and something waits for them:",
                ...visits.map(visitLine),
                "Once told, reply told NUMBER.",
              ]),
        ].join("\n"),
  noCall: ({ typed }) => `There is no call No. ${typed}, or it is not your station's. Reply "calls" to see them.`,
  whichCall: ({ calls }) =>
    [
      'Which one? See "calls", then give the whole number, or the place in that list:',
      ...calls.map((one) => `${one.number} ${whom(one)}`),
    ].join("\n"),
  shown: ({ call, phones, words }) =>
    [
      `Call ${whom(call)}: ${phones.join(", ")} (No. ${shortNumber(call.number)})`,
      "What to say:",
      words,
      `Then reply told ${call.nth}, or no answer ${call.nth}. It is noted that you have seen this number.`,
    ].join("\n"),
  sayToDeputy: ({ number, deputy, isLate }) =>
    isLate
      ? `Deputy ${deputy}, No. ${shortNumber(number)} is past its day, and its resident waits. Please reply ${shortNumber(number)} in WeChat to see it, and tell us if there is a difficulty.`
      : `Deputy ${deputy}, something waits for you that you have not seen. Please open WeChat and reply "list".`,
  nothingToSay: () => "(nothing waits to be said)",
  noNumber: ({ call }) => `There is no number that may be called for No. ${shortNumber(call.number)}.`,
  told: ({ number, words }) =>
    words === null
      ? `No. ${shortNumber(number)}: noted as told.`
      : `No. ${shortNumber(number)}: noted. This counts as told:\n${words}`,
  changed: ({ number, words }) =>
    `No. ${shortNumber(number)} has something new; nothing counts as told yet. Please say this, then reply told:\n${words}`,
  toldAsWritten: () => "(told as written)",
  unreached: ({ number, againOn, days }) =>
    `No. ${shortNumber(number)}: noted, no answer${days > 1 ? ` (${days} days)` : ""}. Again on ${enDay(againOn)}.`,
  givenUp: ({ number }) =>
    `No. ${shortNumber(number)}: no answer on three days. It is noted, and the ${OFFICE} sees to it; you need not call any more.`,
  late: ({ number, place, text, deputy, dueOn }) => {
    const id = shortNumber(number);
    return `[Late] No. ${id} ${place}: ${text}\nDeputy ${deputy} has not answered (due ${enDue(dueOn)}). Please remind them: "calls" shows it.\nIf they cannot, reply pass ${id} DEPUTY.`;
  },
  passed: ({ number, deputy }) =>
    `No. ${shortNumber(number)} goes to Deputy ${deputy}; the deputy and the resident are being told.`,
  cannotPass: ({ typed, why, deputy }) => CANNOT[why](typed, deputy ?? ""),
  whichDeputy: ({ typed, deputies }) =>
    deputies.length === 0
      ? `The station has no such deputy; No. ${typed} was not passed on. Please reply pass ${typed} NAME OR CODE`
      : [
          `Which deputy? No. ${typed} was not passed on yet. Please reply pass ${typed} CODE:`,
          ...deputies.map(({ code, name }) => `${code} ${name}`),
        ].join("\n"),
  yours: ({ number, summary, holder }) =>
    [
      `No. ${number}: ${summary}`,
      `${holder === null ? `The ${OFFICE} reads it first` : `Deputy ${holder.deputy} has it`}. The answer comes here. Reply "status" to ask how it goes.`,
    ].join("\n"),
  codeOver: () =>
    "This code was used already, or is over. Please ask for another one at the station, or say here what it is about.",
};
