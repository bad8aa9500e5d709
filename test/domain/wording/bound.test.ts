import { describe, expect, it } from "vitest";
import { HANDOVER_STATES } from "../../../src/domain/acts/handover.ts";
import { HOWS } from "../../../src/domain/case/claims.ts";
import { quote, quoteMasked } from "../../../src/domain/text/quote.ts";
import type { GridWording } from "../../../src/domain/wording/bound/grid-sentences.ts";
import type { BoundWording } from "../../../src/domain/wording/bound/sentences.ts";
import { boundWordingOf, gridWordingOf } from "../../../src/domain/wording/bound.ts";
import type { Question } from "../../../src/domain/wording/question.ts";

const number = "2026-000012";
const unit = "住房和城乡建设局";
const text = quoteMasked("已更换6盏");
const matter = { number, place: "柳河镇 柳东村三组", text: quoteMasked("路灯坏了"), dueOn: "2026-12-08" };
const whole = (asked: string | Question) =>
  typeof asked === "string" ? asked : [asked.text, ...asked.labels, asked.closing].join("\n");

/** Every sentence that is said to or about units, stations and their words, by what it is. */
function sentences(say: BoundWording): Record<string, string> {
  return {
    boundUnit: say.boundAs({ role: "unit", name: unit, open: 2 }),
    boundByOffice: say.boundByOffice({ deputy: "王建国", platform: "企业微信", open: 2 }),
    bindingRefused: say.bindingRefused(),
    boundStation: say.boundAs({ role: "station", name: "柳河镇代表联络站", open: null }),
    whichRole: whole(
      say.whichRole({
        roles: [
          { role: "deputy", name: "" },
          { role: "unit", name: unit },
          { role: "grid-worker", name: "柳东村三组" },
        ],
      }),
    ),
    handover: say.handover({ ...matter, deputy: "李秀兰", returnBy: "2026-12-07" }),
    handoverByOffice: say.handover({ ...matter, deputy: null, returnBy: "2026-12-07" }),
    unitListEmpty: say.unitList({ unit, matters: [] }),
    ...Object.fromEntries(
      HANDOVER_STATES.map((state) => [`unitMatter-${state}`, say.unitMatter({ ...matter, state })]),
    ),
    unitList: say.unitList({ unit, matters: [{ ...matter, state: "sent" }] }),
    unitHelp: say.unitHelp({ unit }),
    notOfUnit: say.notOfUnit({ typed: "99" }),
    whichOfUnit: say.whichOfUnit({ matters: [matter] }),
    whosePhoto: say.whosePhoto({ matters: [matter] }),
    unitLacks: say.unitLacks({ number, command: "decline", lacks: "words" }),
    unitLacksDay: say.unitLacks({ number, command: "extend", lacks: "day" }),
    unitLacksLaterDay: say.unitLacks({ number, command: "extend", lacks: "later-day" }),
    unitCannot: say.unitCannot({ number, state: "returned" }),
    accepted: say.accepted({ number, dueOn: "2026-12-08" }),
    ...Object.fromEntries(
      [true, false].flatMap((isWithDeputy) => [
        [`returned-${isWithDeputy}`, say.returned({ number, isWithDeputy })],
        [`progressTaken-${isWithDeputy}`, say.progressTaken({ number, isWithDeputy })],
        [`reportedTaken-${isWithDeputy}`, say.reportedTaken({ number, isWithDeputy })],
        [`verdictReminder-${isWithDeputy}`, say.verdictReminder({ number })],
        [`photoTaken-${isWithDeputy}`, say.photoTaken({ number, isWithDeputy })],
        [`unitWord-${isWithDeputy}`, whole(say.unitWord({ number, unit, isWithDeputy, text: quote("已更换6盏") }))],
      ]),
    ),
    extensionAsked: say.extensionAsked({ number, until: "2027-01-20" }),
    extended: say.extended({ number, dueOn: "2027-01-20" }),
    notExtended: say.notExtended({ number, dueOn: "2027-01-20" }),
    takenBack: say.takenBack({ number }),
    corrected: say.unitChanged({ number, kind: "corrected", text: quoteMasked("不是路灯，是井盖") }),
    takenOut: say.unitChanged({ number, kind: "taken_out", text: quoteMasked("井盖丢了") }),
    unitShows: say.unitShows({ number, unit }),
    referTakenTold: say.referTakenTold({ number, unit }),
    referStays: say.referStays({ number, unit }),
    partnerTook: say.partnerTook({ number, unit, externalId: "1207" }),
    partnerTookUnnumbered: say.partnerTook({ number, unit, externalId: null }),
    partnerFailed: say.partnerFailed({ number, unit }),
    partnerSaidNothing: say.partnerSaidNothing(),
    unitAccepted: say.unitAccepted({ number, unit }),
    unitReturned: say.unitReturned({ number, unit, text }),
    unitProgress: say.unitProgress({ number, unit, text }),
    unitReported: whole(say.unitReported({ number, unit, text })),
    ...Object.fromEntries(
      (["partly", "planned", "refused"] as const).map((result) => [
        `unitAnswered-${result}`,
        say.unitAnswered({ number, unit, result, text }),
      ]),
    ),
    unitAsksForTime: say.unitAsksForTime({ number, unit, until: "2027-01-20", text }),
    timeGiven: say.timeGiven({ number, unit, until: "2027-01-20" }),
    noteTaken: say.noteTaken({ number }),
    visitTaken: say.visitTaken({ number }),
    howKnown: whole(say.howKnown({ number })),
    closingWords: say.closingWords({ number }),
    unitWordPassed: say.unitWordPassed({ number, unit }),
    givenBackToUnit: say.givenBackToUnit({ number, unit }),
    closedUnsaid: say.closedUnsaid({ number }),
    unitWordTold: say.unitWordTold({ number, unit }),
    residentDenied: say.residentDenied({ number, unit, text }),
    residentConfirmed: say.residentConfirmed({ number, isSatisfied: false, text: null }),
    unitAgain: say.unitAgain({ number, by: "resident", dueOn: "2026-12-08" }),
    unitAgainCorrected: say.unitAgain({ number, by: "correction", dueOn: "2026-12-08" }),
    unitConfirmed: say.unitConfirmed({ number, by: "deputy" }),
    deniedAgain: say.deniedAgain({ ...matter, deputy: "李秀兰", times: 2 }),
    referredTold: say.referredTold({ number, deputy: "李秀兰", unit, dueOn: "2026-12-08" }),
    unitTakesLonger: say.unitTakesLonger({ number, unit, until: "2027-01-20", text: quote("等配件") }),
    ...Object.fromEntries(
      HOWS.map((how) => [`solved-${how}`, say.solved({ number, deputy: "李秀兰", how, unit, text: quote("灯换了") })]),
    ),
    ...Object.fromEntries(
      (["unit", "deputy", "resident"] as const).map((claim) => [
        `officeSolved-${claim}`,
        say.officeSolved({ number, claim, text: quote("灯换了") }),
      ]),
    ),
    isItFixed: whole(say.isItFixed({ number })),
    notFixedNoted: say.notFixedNoted({ number, unit, dueOn: "2026-12-08" }),
  };
}

/** Every sentence that is said to grid workers and of what they say. */
function ofGrids(say: GridWording): Record<string, string> {
  const grid = "柳东村三组";
  const one = { number, place: "柳河镇 柳东村三组", text: quoteMasked("路灯坏了") };
  return {
    boundGrid: say.boundAs({ grid, open: 2 }),
    gridHelp: say.help({ grid }),
    gridListEmpty: say.list({ grid, matters: [], more: 0 }),
    gridList: say.list({ grid, matters: [{ ...one, deputy: null }], more: 3 }),
    gridMatter: say.matter({ ...one, deputy: "李秀兰" }),
    gridNotHere: say.notHere({ typed: "99" }),
    gridMissing: say.missingWords({ number }),
    ...Object.fromEntries(
      [true, false].flatMap((isWithDeputy) => [
        [`gridNoted-${isWithDeputy}`, say.noted({ number, isWithDeputy })],
        [`gridPhoto-${isWithDeputy}`, say.photoTaken({ number, isWithDeputy })],
      ]),
    ),
    gridAsked: say.asked({ ...one, deputy: "李秀兰", reason: quoteMasked("看看是哪一盏") }),
    gridAskedPlainly: say.asked({ ...one, deputy: null, reason: null }),
    gridSeen: say.seen({ number, grid, text }),
    gridShows: say.shows({ number, grid }),
    gridAskTaken: say.askTaken({ number, grid }),
    gridAskNobody: say.askNobody({ number, grid }),
    gridAskNowhere: say.askNobody({ number, grid: null }),
    gridAskStays: say.askStays({ number }),
  };
}

const zh = Object.entries({ ...sentences(boundWordingOf("zh-CN")), ...ofGrids(gridWordingOf("zh-CN")) });
const en = Object.entries({ ...sentences(boundWordingOf("en")), ...ofGrids(gridWordingOf("en")) });

describe("what is said to units and of what they say", () => {
  it.each([...zh, ...en])("%s is whole, and short enough for a phone", (_, said) => {
    expect(said).not.toMatch(/undefined|null|NaN|\[object/);
    expect(said.trim()).toBe(said);
    expect(said.length).toBeLessThan(700);
  });

  it.each(zh)("%s is Chinese throughout", (_, said) => {
    expect(said.replace(/【[^】]*】/g, "")).not.toMatch(/[A-Za-z]{2,}/);
  });

  it("never says that anything was done or solved where only a unit says so, nor that somebody looked who did not", () => {
    const said = Object.fromEntries(zh);
    for (const name of [
      "unitWord-true",
      "unitWord-false",
      "unitReported",
      "solved-unit_word",
      "officeSolved-unit",
      "gridSeen",
    ])
      expect([name, /还没(?:有人)?去看|还没人去看过|居民还不知道/.test(said[name] ?? "")]).toEqual([name, true]);
    for (const name of ["unitWord-true", "unitWord-false"]) expect(said[name]).not.toMatch(/解决|办结|修好了[^没]/);
    for (const name of ["solved-unsaid", "solved-resident_word"]) expect(said[name]).not.toMatch(/看过|去看/);
  });
});
