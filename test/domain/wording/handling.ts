import type { Due } from "../../../src/domain/calendar/due.ts";
import { quote, quoteMasked } from "../../../src/domain/text/quote.ts";
import type { DeputyCase, Wording } from "../../../src/domain/wording/sentences.ts";

/** Every sentence about how a deputy handles a case, by a name of its own. */
export function handling(say: Wording, number: string, dueOn: Due): [string, string][] {
  const each = [
    ["", { number, dueOn, isLate: false }],
    ["Late", { number, dueOn, isLate: true }],
    ["Within", { number, dueOn: { within: 5 }, isLate: false }],
  ] as const;
  return [
    ...each.flatMap(([name, one]): [string, string][] => [
      [`seenByDeputy${name}`, say.seenByDeputy({ ...one, deputy: "王建国" })],
      [`acceptTaken${name}`, say.acceptTaken(one)],
      [`acceptedBefore${name}`, say.acceptedBefore(one)],
    ]),
    ["acceptNeedless", say.acceptNeedless({ number })],
    ...assisting(say, number),
    ...phrasesAndWeeks(say, number),
  ];
}

const CASE: DeputyCase = {
  number: "2026-000012",
  text: quoteMasked("柳东村三组村口到小学那段路灯坏了6盏"),
  place: "柳河镇 柳东村三组",
  state: "assigned",
  priority: true,
  dueOn: "2026-12-01",
  overdue: false,
  isByMinor: false,
};

function assisting(say: Wording, number: string): [string, string][] {
  const holder = { deputy: "王建国", station: "柳河镇联络站" };
  const taken = { number, deputy: "李秀英", isBound: true, isAgain: false, hasWords: false };
  const text = quote("明天八点见");
  const typed = quote("赵德明");
  const meant = [
    { code: "D3", name: "赵德明" },
    { code: "D4", name: "赵德明" },
  ];
  return [
    ["assistTaken", say.assistTaken(taken)],
    ["assistTakenUnbound", say.assistTaken({ ...taken, isBound: false })],
    ["assistTakenAgain", say.assistTaken({ ...taken, isAgain: true })],
    ["assistTakenWords", say.assistTaken({ ...taken, isAgain: true, hasWords: true })],
    ["assistUnknown", say.assistUnclear({ number, typed, meant: [] })],
    ["assistUnclear", say.assistUnclear({ number, typed, meant })],
    ...(["away", "full", "not-them"] as const).map((why): [string, string] => [
      `assistRefused-${why}`,
      say.assistRefused({ number, deputy: "李秀英", why }),
    ]),
    ["assistTakenBack", say.assistTakenBack({ number, deputies: ["李秀英", "赵德明"] })],
    ["assistTakenBackOfNone", say.assistTakenBack({ number, deputies: [] })],
    ["assistantSays", say.assistantSays({ number, assistant: "李秀英", text, isLeaving: false })],
    ["assistantLeaves", say.assistantSays({ number, assistant: "李秀英", text, isLeaving: true })],
    ["askedToAssist", say.askedToAssist({ line: CASE, lead: "王建国", text })],
    ["askedToAssistBare", say.askedToAssist({ line: CASE, lead: "王建国", text: null })],
    ["leadSays", say.leadSays({ number, lead: "王建国", text })],
    [
      "assistedCase",
      say.assistedCase({
        line: CASE,
        holder,
        thread: [{ party: "deputy", text: quoteMasked("在修"), at: "2026-11-24" }],
      }),
    ],
    ["onlyAssists", say.onlyAssists({ number, holder })],
    ...(["assist", "note", "return"] as const).map((command): [string, string] => [
      `assistantLacks-${command}`,
      say.assistantLacks({ number, command }),
    ]),
    ["assistWordsTaken", say.assistWordsTaken({ number, holder, isLeaving: false })],
    ["assistLeft", say.assistWordsTaken({ number, holder, isLeaving: true })],
    ...(["closed", "taken-back", "office"] as const).map((why): [string, string] => [
      `assistOver-${why}`,
      say.assistOver({ number, why }),
    ]),
    ["assistLeadChanged", say.assistLeadChanged({ number, holder })],
    ["deputyCaseAssisted", say.deputyCase({ line: CASE, thread: [], assisting: ["李秀英"] })],
    [
      "deputyListAssisting",
      say.deputyList({ cases: [], followed: [{ line: CASE, holder, isAssisting: true }], following: 1 }),
    ],
  ];
}

function phrasesAndWeeks(say: Wording, number: string): [string, string][] {
  const text = quote("您好，收到了，这两天去看");
  const each = { weekdays: [2, 4], from: "2026-12-01", until: null, part: null };
  const few = { ...each, until: "2026-12-06" };
  const asked = (name: string, { text: words, labels, closing }: ReturnType<Wording["confirmPhrase"]>) =>
    [name, [words, ...labels, closing].join("\n")] satisfies [string, string];
  return [
    ["phrases", say.phrases({ own: [text, text], county: [{ name: quote("收到"), text }] })],
    ["phrasesNone", say.phrases({ own: [], county: [] })],
    ["phraseKept", say.phraseKept({ place: 1, text, isKnown: false })],
    ["phraseKnown", say.phraseKept({ place: 1, text, isKnown: true })],
    ...(["too-long", "too-many"] as const).map((why): [string, string] => [why, say.phraseNotKept({ why, most: 20 })]),
    ["phraseLacks", say.phraseLacks()],
    ["phraseDropped", say.phraseDropped({ text })],
    ["phraseUnknown", say.phraseUnknown({ isCountys: false })],
    ["phraseOfCounty", say.phraseUnknown({ isCountys: true })],
    ["phraseWhichCase", say.phraseWhichCase({ phrase: { of: "county", place: 1 }, cases: [CASE], typed: "99" })],
    ["phraseNoCase", say.phraseWhichCase({ phrase: { of: "own", place: 1 }, cases: [], typed: null })],
    asked("confirmPhrase", say.confirmPhrase({ number, text, also: ["2026-000002"] })),
    ["phraseDeclined", say.phraseDeclined({ number })],
    asked("confirmWeekly", say.confirmWeekly({ ...each, isHalf: true })),
    asked("confirmThisWeek", say.confirmWeekly({ ...few, isHalf: false })),
    ["weeklyTaken", say.weeklyTaken(each)],
    ...(["morning", "afternoon"] as const).map((part): [string, string] => [
      `weekly ${part}`,
      say.weeklyTaken({ ...each, part }),
    ]),
    ["weeklyEndedHalf", say.weeklyEnded({ weekly: [{ ...few, part: "afternoon" }] })],
    ["weeklyDeclined", say.weeklyDeclined()],
    ["weeklyHeld", say.weeklyHeld({ weekly: [each, few] })],
    ["weeklyNotHeld", say.weeklyNotHeld({ weekdays: [3] })],
    ["weeklyEnded", say.weeklyEnded({ weekly: [each] })],
  ];
}
