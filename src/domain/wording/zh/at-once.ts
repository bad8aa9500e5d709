import type { AtOnceWording, ToldReception } from "../at-once.ts";
import { zhDay } from "../days.ts";

const NOT_IT = "没答到，回“不是”，我们转给代表。";

function dayLine({ station, day, from, until, place, names, cancelled }: ToldReception): string {
  return [
    ...(cancelled.length === 0 ? [] : [`${station}${cancelled.map(zhDay).join("、")}的接待日取消，代表都不在。`]),
    `${station}下次接待日：${zhDay(day)}${from}-${until}，${place}。`,
    ...(names.length === 0 ? [] : [`接待代表：${names.join("、")}。`]),
  ].join("\n");
}

/** The Chinese sentences to residents whose question is answered at once. */
export const zhAtOnce: AtOnceWording = {
  answeredAtOnce: ({ number, body }) => `编号${number}\n${body}\n${NOT_IT}`,
  receptionDays: ({ number, days }) => [`编号${number}`, ...days.map(dayLine), NOT_IT].join("\n"),
  noReceptionKnown: ({ place }) => `${place}往后的接待日，我这里没有登记。您的话转给负责的人，由他回您。`,
  askTownship: ({ number, labels }) => ({
    text: `编号${number}：您在哪个乡镇、街道？`,
    labels,
    closing: labels.length === 0 ? "请写乡镇、街道，或者村名、小区名。" : "回数字就行，也可以写村名、小区名。",
  }),
};
