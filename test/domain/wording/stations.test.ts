import { describe, expect, it } from "vitest";
import { quote, quoteMasked } from "../../../src/domain/text/quote.ts";
import type { Question } from "../../../src/domain/wording/question.ts";
import type { CallLine, CannotPass, StationWording } from "../../../src/domain/wording/stations/sentences.ts";
import { stationWordingOf } from "../../../src/domain/wording/stations.ts";

const number = "2026-000033";
const station = "柳河镇代表联络站";
const line = { number, place: "柳河镇柳东村三组", text: quoteMasked("桥栏杆断了") };
const call: CallLine = {
  ...{ ...line, nth: 1, to: "resident", deputy: null, maskedPhone: "138****5678" },
  ...{ tries: 0, againOn: null },
};
const CANNOT: readonly CannotPass[] = [
  ...(["not-here", "in-hand", "goes-with-another", "away", "term-ended", "returned", "has-it"] as const),
];
const whole = (asked: string | Question) =>
  typeof asked === "string" ? asked : [asked.text, ...asked.labels, asked.closing].join("\n");

/** Every sentence to the people of stations, by what it is. */
function sentences(say: StationWording): Record<string, string> {
  const holder = { deputy: "李秀兰", station };
  return {
    help: say.help({ station }),
    taken: say.taken({ number, holder }),
    takenByOffice: say.taken({ number, holder: null }),
    readThis: say.readThis(),
    howTold: whole(say.howTold({ number, canScan: true })),
    howToldWithoutCode: whole(say.howTold({ number, canScan: false })),
    howToldSealed: say.howToldSealed({ number }),
    howToldMinor: say.howToldMinor({ number }),
    missingWords: say.missingWords(),
    unclearPlace: say.unclearPlace({ offers: [] }),
    unclearPlaceOffers: say.unclearPlace({ offers: ["柳河镇柳东村三组"] }),
    placeOfOther: say.placeOfOther({ station }),
    codeComes: say.codeComes({ number }),
    noCode: say.noCode({ number }),
    askPhone: say.askPhone({ number }),
    phoneTaken: say.phoneTaken({ number, maskedPhone: "138****5678" }),
    notAPhone: say.notAPhone(),
    comesAgain: say.comesAgain({ number }),
    tooLate: say.tooLate({ number }),
    photoTaken: say.photoTaken({ number }),
    callsEmpty: say.calls({ station, calls: [], more: 0, visits: [] }),
    calls: say.calls({ station, calls: [call], more: 0, visits: [] }),
    callsMore: say.calls({ station, calls: [{ ...call, tries: 2, againOn: "2026-12-08" }], more: 3, visits: [line] }),
    callsDeputy: say.calls({
      ...{ station, more: 0, visits: [] },
      calls: [{ ...call, to: "deputy", deputy: "李秀兰", maskedPhone: null, tries: 1 }],
    }),
    callsJoined: say.calls({ station, calls: [{ ...call, to: "joined" }], more: 0, visits: [] }),
    visits: say.calls({ station, calls: [], more: 0, visits: [line] }),
    noCall: say.noCall({ typed: "9" }),
    whichCall: say.whichCall({ calls: [call, { ...call, nth: 2 }] }),
    shown: say.shown({ call, phones: ["13812345678"], words: "电工明天来" }),
    sayLate: say.sayToDeputy({ number, deputy: "李秀兰", isLate: true }),
    sayUnreached: say.sayToDeputy({ number, deputy: "李秀兰", isLate: false }),
    nothingToSay: say.nothingToSay(),
    noNumber: say.noNumber({ call }),
    told: say.told({ number, words: "电工明天来" }),
    toldNothing: say.told({ number, words: null }),
    changed: say.changed({ number, words: "电工明天来" }),
    toldAsWritten: say.toldAsWritten(),
    unreached: say.unreached({ number, againOn: "2026-12-08", days: 1 }),
    unreachedAgain: say.unreached({ number, againOn: "2026-12-08", days: 2 }),
    givenUp: say.givenUp({ number }),
    late: say.late({ ...line, deputy: "李秀兰", dueOn: "2026-12-08" }),
    lateWithin: say.late({ ...line, deputy: "李秀兰", dueOn: { within: 5 } }),
    passed: say.passed({ number, deputy: "王建国" }),
    ...Object.fromEntries(
      CANNOT.map((why) => [`cannot-${why}`, say.cannotPass({ typed: "33", why, deputy: "王建国" })]),
    ),
    whichDeputy: say.whichDeputy({ typed: "33", deputies: [{ code: "D002", name: "王建国" }] }),
    noDeputy: say.whichDeputy({ typed: "33", deputies: [] }),
    yours: say.yours({ number, summary: quote("桥栏杆断了"), holder }),
    yoursByOffice: say.yours({ number, summary: quote("桥栏杆断了"), holder: null }),
    codeOver: say.codeOver(),
  };
}

describe("the sentences to the people of stations", () => {
  const zh = sentences(stationWordingOf("zh-CN"));
  const en = sentences(stationWordingOf("en"));

  it("are there in both languages, short enough for a phone, without anything left open", () => {
    for (const said of [...Object.values(zh), ...Object.values(en)]) {
      expect(said).not.toMatch(/undefined|null|NaN|\[object/);
      expect(said.length).toBeGreaterThan(0);
      expect(said.length).toBeLessThan(520);
    }
    for (const [name, said] of Object.entries(en)) {
      const own = said.replace(/柳河镇代表联络站|柳河镇柳东村三组|桥栏杆断了|电工明天来|李秀兰|王建国|[「」]/gu, "");
      expect([name, /\p{Script=Han}/u.test(own)]).toEqual([name, false]);
    }
  });

  it("show so much of a number as tells two apart, but where it is asked for", () => {
    for (const [name, said] of Object.entries(zh)) {
      if (name !== "shown") expect(said).not.toContain("13812345678");
    }
  });

  it("never say that something was done of what was not taken", () => {
    for (const name of ["missingWords", "unclearPlace", "placeOfOther", "notAPhone", "tooLate", "changed"]) {
      expect([name, zh[name]]).toEqual([name, expect.stringMatching(/没有|不对/)]);
    }
  });
});
