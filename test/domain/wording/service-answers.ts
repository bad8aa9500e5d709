import type { ServiceQuestion } from "../../../src/domain/dialog/service-questions.ts";
import type { Wording } from "../../../src/domain/wording/sentences.ts";
import type { ServedPlace } from "../../../src/domain/wording/who-answers.ts";

const SERVED: ServedPlace = {
  label: "柳河镇柳西村一组",
  by: "told",
  holder: { deputy: "王建国", station: "柳河镇联络站" },
  others: ["李秀兰"],
  station: { name: "柳河镇联络站", address: "柳河镇文化广场东侧", phone: "0536-1000001" },
};

/** The questions that people ask of the service itself. */
const TOPICS: readonly ServiceQuestion[] = [
  ...(["anonymity", "who-reads", "cost", "official", "robot", "deputy-phone", "who-is-deputy", "meet"] as const),
  ...(["contact", "by-voice", "hours", "how-long", "several", "who-may", "not-content", "history", "scope"] as const),
  "general",
];

const NOWHERE_KNOWN: readonly ServedPlace[] = [
  { ...SERVED, by: "scene", label: "", holder: { deputy: "王建国", station: null }, others: [], station: null },
  { ...SERVED, by: "before", holder: null, station: { name: "柳河镇联络站", address: null, phone: null } },
];

/** What is answered to every question of the service, with a place, with two that lack something, with none, and with too many. */
export function serviceAnswers(say: Wording): [string, string][] {
  return TOPICS.flatMap((about) =>
    [
      { places: [SERVED], fitsMany: false },
      { places: NOWHERE_KNOWN, fitsMany: false },
      { places: [], fitsMany: false },
      { places: [], fitsMany: true },
    ].map((known, index): [string, string] => [
      `serviceAnswer.${about}.${index}`,
      say.serviceAnswer({ ...known, about, days: 5, platform: "微信" }),
    ]),
  );
}
