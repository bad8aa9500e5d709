import type { AskWhy } from "../../../src/domain/place/finding.ts";
import type { DeputyFacts } from "../../../src/domain/routing/nearness.ts";
import type { Decision } from "../../../src/domain/routing/route.ts";
import { quote, quoteMasked } from "../../../src/domain/text/quote.ts";
import type { CaseLine, DeputyCase, Leave, Understood, Wording } from "../../../src/domain/wording/sentences.ts";
import type { Holder } from "../../../src/domain/wording/who-answers.ts";
import { handling } from "./handling.ts";
import { ownData } from "./own-data.ts";
import { presses } from "./presses.ts";
import { reminders } from "./reminders.ts";
import { serviceAnswers } from "./service-answers.ts";

export const NUMBER = "2026-000012";
export const HOLDER: Holder = { deputy: "王建国", station: "柳河镇联络站" };
export const LINE: CaseLine = {
  number: NUMBER,
  summary: quote("柳东村路灯坏了"),
  state: "assigned",
  outcome: null,
  holder: HOLDER,
  receivedOn: "2026-11-24",
  dueOn: "2026-12-01",
};
export const CASE: DeputyCase = {
  number: NUMBER,
  text: quoteMasked("柳东村三组村口到小学那段路灯坏了6盏"),
  place: "柳河镇 柳东村三组",
  state: "assigned",
  priority: true,
  dueOn: "2026-12-01",
  overdue: false,
  isByMinor: false,
};

const PLATFORM = "微信";
const LEAVE: Leave = { from: "2026-12-01", until: "2026-12-03", standIn: null, isNow: false };
const FOLLOWED = { line: CASE, holder: HOLDER };

const deputy = (code: string, name: string): DeputyFacts => ({
  code,
  name,
  level: "township",
  role: "primary",
  openCases: 0,
  untilOn: null,
  awayUntil: null,
});
export const DECISION: Decision = {
  ruleset: "default",
  rule: "grid",
  facts: {
    grid: { code: "G1", name: "柳东三组", township: "柳河镇", community: "柳东村" },
    station: { code: "S1", name: "柳河镇联络站" },
    placeBy: "name",
    placeEvidence: "柳东村三组",
    scannedDeputy: null,
    gridDeputies: [deputy("D1", "王建国"), deputy("D2", "李秀英"), deputy("D3", "赵大山"), deputy("D4", "钱有福")],
    stationDeputies: [],
    on: "2026-11-24",
    sealed: false,
  },
  candidates: ["D2", "D3", "D4", "D1"],
  passedOver: [
    { deputy: "D2", why: "away" },
    { deputy: "D3", why: "term-ended" },
    { deputy: "D4", why: "accused" },
  ],
  chosen: { kind: "deputy", deputy: "D1" },
};

const ASK_WHYS: readonly AskWhy[] = [
  ...([
    "nothing",
    "border",
    "name-in-several",
    "several-places",
    "part-of-estate",
    "near-name",
    "same-as-last",
  ] as const),
  ...(["township-only", "scanned-or-named"] as const),
];

const UNDERSTOOD: readonly Understood[] = [
  { place: { label: "柳河镇柳东村三组（柳河大桥）", by: "told" }, matter: quote("桥头的路灯坏了") },
  { place: null, matter: "" },
  { place: { label: "柳河镇柳东村三组", by: "home" }, matter: quote("路灯坏了") },
];

/** Everything that is said, with arguments of every kind. */
export function everything(say: Wording): Record<string, string> {
  const { number, dueOn } = LINE;
  const question = (name: string, asked: ReturnType<Wording["askRating"]>) => [
    [name, [asked.text, ...asked.labels, asked.closing].join("\n")],
  ];
  const holders: readonly Holder[] = [HOLDER, null, { deputy: "王建国", station: null }];
  const outcomes = ["solved", "explained", "not_in_scope", "duplicate", "withdrawn", "no_contact"] as const;
  const states = ["clarifying", "triage", "assigned", "answered", "referred", "closed"] as const;
  return Object.fromEntries([
    ...holders.flatMap((holder, index) => [
      [`receipt${index}`, say.receipt({ number, holder, dueOn, priority: index === 1, ...UNDERSTOOD[index]! })],
      [`notOpen${index}`, say.notOpen({ county: "青禾县" }) + say.notOpenToDeputy({ county: "青禾县" })],
      [`trialJoined${index}`, say.trialJoined({ county: "青禾县" }) + say.residentsUntold()],
      [`followUpNoted${index}`, say.followUpNoted({ number, holder })],
      [`reopened${index}`, say.reopened({ number, holder, dueOn })],
      [`reassigned${index}`, say.reassigned({ number, holder, dueOn })],
      [`reminded${index}`, say.reminded({ number, holder, dueOn })],
      [`why${index}`, say.why({ number, decision: DECISION, holder })],
    ]),
    ["sealedReceipt", say.sealedReceipt({ number, dueOn, priority: true })],
    ["heard", say.heard({ words: quote("柳东三组路灯坏了六盏") }).text],
    ["sayAgain", say.sayAgain()],
    ["somebodyListens", say.somebodyListens()],
    ["listened", say.listened({ number, words: quote("柳东三组路灯坏了六盏") })],
    ["inaudible", say.inaudible({ number })],
    ["writtenByEar", say.writtenByEar({ number })],
    ["recordingAgain", say.recordingAgain({ number })],
    ...(["court", "enforcement", "elsewhere", "nature"] as const).map((why) => [
      `outOfScope-${why}`,
      say.outOfScope({ number, why, county: "青禾县" }),
    ]),
    ["wagesRoute", say.wagesRoute({ isAtHome: true })],
    ["privacyNotice", say.privacyNotice({ county: "青禾县", platform: PLATFORM })],
    ...ASK_WHYS.flatMap((why) =>
      question(
        `askWhere-${why}`,
        say.askWhere({
          number,
          turn: 2,
          why,
          shown: "photo",
          labels: ["柳东村", "柳西村"],
          orElsewhere: why === "near-name" || why === "same-as-last",
        }),
      ),
    ),
    ["askWhatIsWrongHere", say.askWhatIsWrongHere({ label: quote("柳河大桥") })],
    ["askWhatIsWrongThere", say.askWhatIsWrongThere({ place: quote("柳河大桥") })],
    ["askToGoOn", say.askToGoOn()],
    ["emergency", say.emergency({ topics: ["gas", "fire", "medical", "violence", "self-harm"] })],
    ["reply", say.reply({ number, deputy: "王建国", text: quote("明天来修") })],
    ...outcomes.map((outcome) => [
      `closure-${outcome}`,
      say.closure({ number, deputy: "王建国", outcome, text: quote("灯换了") }),
    ]),
    ...question("askRating", say.askRating({ number })),
    ["closedWithoutContact", say.closedWithoutContact({ number })],
    ["ratingNoted", say.ratingNoted({ number })],
    ["status", say.status({ cases: [LINE, { ...LINE, state: "closed", outcome: "solved", holder: null }] })],
    ["statusOfNothing", say.status({ cases: [] })],
    ["withdrawn", say.withdrawn({ number })],
    ...question("whichCase", say.whichCase({ cases: [LINE] })),
    ["numberUnknown", say.numberUnknown({ typed: "9" })],
    ["nothingOpen", say.nothingOpen()],
    ["askAnotherPlace", say.askAnotherPlace({ number })],
    ["thanksNoted", say.thanksNoted()],
    ...ownData(say),
    ...serviceAnswers(say),
    ["dangerLine", say.dangerLine()],
    ["verdictStays", say.verdictStays({ number })],
    ["notUnderstoodWords", say.notUnderstoodWords()],
    ["deletionNoted", say.deletionNoted({ number, dueOn, erased: 2, open: [number] })],
    ["residentHelp", say.residentHelp()],
    ["notUnderstoodForm", say.notUnderstoodForm()],
    ["choiceOutOfRange", say.choiceOutOfRange({ choices: 3 })],
    ["noSuchChoice", say.noSuchChoice()],
    ["pressPassed", say.pressPassed()],
    ...presses(say, CASE),
    ["editNotSent", say.editNotSent()],
    ["recallNoted", say.recallNoted({ isResident: true })],
    ["recallNotedDeputy", say.recallNoted({ isResident: false })],
    ["welcome", say.welcome({ place: "柳东村" })],
    ["endedPlace", say.endedPlace({ place: "柳河镇柳东村一组", untilOn: "2026-12-31", station: "柳河镇代表联络站" })],
    ["endedPlace", say.endedPlace({ place: "柳河镇柳东村一组", untilOn: "2026-12-31", station: null })],
    ["identityRefused", say.identityRefused()],
    ["toldAgain", say.toldAgain({ text: quote("明天来修"), sentOn: null })],
    ["toldAgainLater", say.toldAgain({ text: quote("明天来修"), sentOn: "2026-11-24" })],
    ["photoAgain", say.photoAgain({ number })],
    ["newCase", say.newCase({ line: CASE, isReopened: false })],
    ["newCaseAgain", say.newCase({ line: CASE, isReopened: true })],
    ["anotherSaysSo", say.anotherSaysSo({ number, text: quoteMasked("我家门口也不亮") })],
    ["residentAdded", say.residentAdded({ number, text: quoteMasked("还有一盏") })],
    ["residentReminds", say.residentReminds({ number, dueOn })],
    ["residentWithdrew", say.residentWithdrew({ number })],
    ["residentRated", say.residentRated({ number, satisfied: true })],
    ["residentThanks", say.residentThanks({ number, text: quoteMasked("谢谢") })],
    ["residentShows", say.residentShows({ number, what: "photo" })],
    ["residentSpeaks", say.residentShows({ number, what: "voice" })],
    ["caseMovedAway", say.caseMovedAway({ number, holder: HOLDER })],
    ["officeReply", say.officeReply({ number, text: quote("已请供电所去看") })],
    ["officeClosure", say.officeClosure({ number, outcome: "solved", text: quote("灯换了") })],
    ["officeClosureBare", say.officeClosure({ number, outcome: "duplicate", text: null })],
    ["dueMoved", say.dueMoved({ number, dueOn, text: quote("等配件") })],
    ["officeAnswered", say.officeAnswered({ number, text: quoteMasked("已请供电所去看") })],
    ["officeClosed", say.officeClosed({ number })],
    ["officeMovedDue", say.officeMovedDue({ number, dueOn })],
    ["deputyList", say.deputyList({ cases: [CASE, { ...CASE, overdue: true }], followed: [FOLLOWED], following: 3 })],
    ["deputyListEmpty", say.deputyList({ cases: [], followed: [], following: 0 })],
    [
      "deputyCase",
      say.deputyCase({ line: CASE, thread: [{ party: "resident", text: quoteMasked("灯坏了"), at: "2026-11-24" }] }),
    ],
    ["deputyListOfOthers", say.deputyList({ cases: [], followed: [{ ...FOLLOWED, holder: null }], following: 1 })],
    ...(["higher-level", "home-grid", "other-side"] as const).map((why) => [
      `newToFollow-${why}`,
      say.newToFollow({ ...FOLLOWED, why }),
    ]),
    [
      "followedCase",
      say.followedCase({ ...FOLLOWED, thread: [{ party: "deputy", text: quoteMasked("在修"), at: "2026-11-24" }] }),
    ],
    ["onlyFollowed", say.onlyFollowed({ number, holder: HOLDER })],
    ["takeTaken", say.takeTaken({ number })],
    ["takenByOther", say.takenByOther({ number, holder: HOLDER })],
    ["replyTaken", say.replyTaken({ number })],
    ["closeTaken", say.closeTaken({ number })],
    ["returnTaken", say.returnTaken({ number, holder: HOLDER })],
    ["returnTakenByOffice", say.returnTaken({ number, holder: null })],
    ["whichOfMine", say.whichOfMine({ cases: [CASE], typed: "99" })],
    ["whichOfMineOfNone", say.whichOfMine({ cases: [], typed: null })],
    ["whichOfTwo", say.whichOfTwo({ named: "2026-000012", shown: "2026-000013" })],
    ...question("confirmReply", say.confirmReply({ number, text: quote("明天来修"), also: ["2026-000002"] })),
    ...question("isItYourOwn", say.isItYourOwn({ text: quote("我家没水"), cases: [CASE], also: [] })),
    ...question("isItYourOwnOfNone", say.isItYourOwn({ text: quote("我家没水"), cases: [], also: [] })),
    ...(["reply", "close", "refer", "return", "correct", "report", "bind", "away"] as const).flatMap((command) => [
      [`missing-${command}`, say.missingText({ command, number: null })],
      [`missing-${command}-of-one`, say.missingText({ command, number })],
    ]),
    ["keptWords", say.keptWords({ said: [quote("我家没水")] })],
    ["correction", say.correction({ number, deputy: "王建国", text: quote("是后天来") })],
    ["correctTaken", say.correctTaken({ number, isClosed: true })],
    ["nothingToCorrect", say.nothingToCorrect({ number })],
    ["reopenedByDeputy", say.reopenedByDeputy({ number, deputy: "王建国", text: quote("灯又灭了"), dueOn })],
    ["reopenTaken", say.reopenTaken({ number, dueOn, isTold: true })],
    ["reopenTakenInTime", say.reopenTaken({ number, dueOn, isTold: false })],
    ["notClosed", say.notClosed({ number })],
    ["notYoursToReopen", say.notYoursToReopen({ number })],
    ...question("askPassOn", say.askPassOn({ number, what: ["image"], text: null, also: [] })),
    ...question("askPassOnMixed", say.askPassOn({ number, what: ["image", "link"], text: null, also: [] })),
    ...question("askPassOnWords", say.askPassOn({ number, what: ["image"], text: quote("换了新灯"), also: [] })),
    ...question("askPassOnWordsAlone", say.askPassOn({ number, what: [], text: quote("换了新灯"), also: [] })),
    ["keptOnly", say.keptOnly({ number, what: ["video"] })],
    ["whoseIsShown", say.whoseIsShown({ what: ["image"], cases: [CASE], own: [{ number, summary: quote("路灯") }] })],
    ["shownOfNoCase", say.shownOfNoCase({ what: ["location"] })],
    ["shownNotPassedOn", say.shownNotPassedOn({ number, what: ["image", "image"] })],
    ["photosTaken", say.photosTaken({ number, photos: 2 })],
    ["voiceUnread", say.voiceUnread()],
    ["deputyShows", say.deputyShows({ number, deputy: "王建国", photos: 1 })],
    ["notPassedOn", say.notPassedOn({ number })],
    ["notPassedOnOfNone", say.notPassedOn({ number: null })],
    ["alreadyClosed", say.alreadyClosed({ number })],
    ["referred", say.referred({ number, deputy: "王建国", unit: "县住建局", dueOn })],
    ["referTaken", say.referTaken({ number, unit: "县住建局" })],
    ["referUnclear", say.referUnclear({ number, typed: quote("管事的"), meant: [] })],
    [
      "referUnclearOfTwo",
      say.referUnclear({ number, typed: quote("王建国"), meant: [{ code: "D1", name: "王建国" }] }),
    ],
    ["referAway", say.referAway({ number, deputy: "王建国" })],
    ["awayTaken", say.awayTaken({ ...LEAVE, moved: 0, stayed: 0, replaced: [] })],
    ["awayTakenAgain", say.awayTaken({ ...LEAVE, standIn: "王建国", moved: 2, stayed: 1, replaced: [LEAVE] })],
    ["awayPlanned", say.awayPlanned({ ...LEAVE, replaced: [] })],
    ["awayPlannedAgain", say.awayPlanned({ ...LEAVE, standIn: "王建国", replaced: [LEAVE] })],
    ["awayBegins", say.awayBegins({ ...LEAVE, moved: 2, stayed: 1 })],
    ["leaves", say.leaves({ leaves: [LEAVE, { ...LEAVE, isNow: true }] })],
    ["awayUnclear", say.awayUnclear()],
    ["backTaken", say.backTaken({ open: 2, cancelled: [], planned: [LEAVE] })],
    ["backTakenBefore", say.backTaken({ open: 2, cancelled: [LEAVE], planned: [] })],
    ["stats", say.stats({ open: 2, closed: 5, overdue: 1 })],
    ...reminders(say, number, dueOn),
    ...handling(say, number, dueOn),
    ["bound", say.bound({ deputy: "王建国", open: 2 })],
    ["boundElsewhere", say.boundElsewhere({ deputy: "王建国", platform: PLATFORM })],
    ["bindRefused", say.bindRefused()],
    ["bindPaused", say.bindPaused()],
    ["alreadyBound", say.alreadyBound({ deputy: "王建国" })],
    ["deputyHelp", say.deputyHelp()],
    ...outcomes.map((outcome) => [`outcome-${outcome}`, say.outcome(outcome)]),
    ...states.map((state) => [`state-${state}`, say.state(state)]),
  ]);
}
