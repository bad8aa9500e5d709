import { isNumberOf } from "../../case/case.ts";
import { quotedExcerpt } from "../../text/quote.ts";
import { shortNumber, zhDue } from "../days.ts";
import type { DeputyCase, Wording } from "../sentences.ts";

const SUMMARY_LENGTH = 24;

/** A case in one line, which begins with its number. */
export function brief(line: DeputyCase): string {
  return `${shortNumber(line.number)}号 ${line.priority ? "【急】" : ""}${line.place}：${quotedExcerpt(line.text, SUMMARY_LENGTH)}`;
}

/** Digits that answer a question and are numbers of the deputy's own cases as well: how these are said. */
export function alsoCases(also: readonly string[]): string {
  const ids = also.map((number) => `${shortNumber(number)}号`);
  return ids.length === 0 ? "" : `说的是${ids.join("、")}这件事，请带上“号”字。`;
}

/** What was shown, with its measure word: of one kind that kind, else all of it. */
const SHOWN: Readonly<Record<string, readonly [name: string, one: string]>> = {
  image: ["照片", "张"],
  video: ["视频", "段"],
  file: ["文件", "个"],
  location: ["位置", "个"],
  link: ["链接", "个"],
};

function shownName(what: readonly string[]): string {
  return [...new Set(what.map((kind) => SHOWN[kind]?.[0] ?? "内容"))].join("、");
}

function shownThis(what: readonly string[]): string {
  const [kind, another] = what;
  return another === undefined ? `这${SHOWN[kind ?? ""]?.[1] ?? "些"}${shownName(what)}` : `这些${shownName(what)}`;
}

/** The Chinese questions to deputies about whose their words are, and what is said of words that went nowhere. */
export const zhDeputyQuestions = {
  whichOfMine: ({ cases, typed }) =>
    [
      [
        typed === null || cases.some((line) => isNumberOf(typed, line.number))
          ? ""
          : `没有找到${typed}号，或者不归您办。`,
        cases.length > 0 ? "您说的是哪一件？" : typed === null ? "您手上现在没有在办的事。" : "",
      ].join(""),
      ...cases.map(brief),
      cases.length === 0
        ? "回“列表”看全部。"
        : `请回编号，比如“${shortNumber(cases[0]?.number ?? "")}”。没选以前，居民什么也没收到。`,
    ].join("\n"),
  whichOfTwo: ({ named, shown }) =>
    `是${shortNumber(named)}号那件，还是刚才看的${shortNumber(shown)}号？请回编号：“${shortNumber(named)}”或者“${shortNumber(shown)}”。没选以前，哪一件都没有动。`,
  confirmReply: ({ number, text, also }) => ({
    text: `这句话要作为${shortNumber(number)}号的答复转给居民吗？\n${quotedExcerpt(text, 60)}`,
    labels: ["是，答复居民", "不是", "是我自己要反映的事"],
    closing: `回1答复居民，回2不是，回3自己要反映。${alsoCases(also)}`,
  }),
  isItYourOwn: ({ text, cases, also }) => ({
    text: [
      `这句话没有转给居民：${cases.length === 0 ? "您手上没有在办的事" : "您手上有好几件"}。这是您自己要反映的事吗？`,
      quotedExcerpt(text, 60),
      cases.length === 0 ? "要补充办结的事，回“更正 编号 您的话”。" : "要答复居民，请回那一件的编号：",
      ...cases.map(brief),
    ].join("\n"),
    labels: ["是，我自己要反映", "不是"],
    closing: `回1自己要反映，回2不是。${alsoCases(also)}`,
  }),
  askPassOn: ({ number, what, text, also }) => {
    const id = shortNumber(number);
    const words = text === null ? "" : `\n${quotedExcerpt(text, 60)}`;
    const asked =
      text === null
        ? `${shownThis(what)}记在${id}号里了，居民还没有收到。要转给居民吗？`
        : what.length === 0
          ? `这句话要作为${id}号的答复转给居民吗？`
          : `这句话和${shownName(what)}要一起作为${id}号的答复转给居民吗？`;
    return {
      text: `${asked}${words}`,
      labels: ["是，转给居民", "不是", ...(text === null ? [] : ["是我自己要反映的事"])],
      closing: `回1转给居民，回2不转${text === null ? "" : "，回3自己要反映"}。${alsoCases(also)}`,
    };
  },
  keptOnly: ({ number, what }) =>
    `${shownThis(what)}记在${shortNumber(number)}号里了。居民那边收不到，请用文字告诉居民：回“回复 ${shortNumber(number)} 您的话”。`,
  whoseIsShown: ({ what, cases, own }) =>
    [
      `${shownThis(what)}是哪一件的？`,
      ...cases.map(brief),
      ...own.map((one) => `${shortNumber(one.number)}号 您自己反映的：${quotedExcerpt(one.summary, SUMMARY_LENGTH)}`),
      "请回编号。没选以前，哪一件里都没有，居民也收不到。",
    ].join("\n"),
  shownOfNoCase: ({ what }) =>
    `这里没有您在办的事，${shownThis(what)}没有记到哪一件，也没有转给别人。您自己要反映，请先用文字说是什么事、在哪里。`,
  shownNotPassedOn: ({ number, what }) =>
    `好的，${shownName(what)}没有转给居民，只记在${shortNumber(number)}号里。要答复，回“回复 ${shortNumber(number)} 您的话”。`,
  photosTaken: ({ number, photos }) => `${shortNumber(number)}号的${photos}张照片，正在转给居民。`,
  voiceUnread: () =>
    "这段语音没能变成文字，没有转给居民。请用文字再说一次，比如“回复 12 您的话”；或者慢一点再说一遍。回“帮助”看用法。",
  notPassedOn: ({ number }) =>
    `好的，这句话没有转给居民，回“列表”还看得到。要答复，回“回复 ${number === null ? "编号" : shortNumber(number)} 您的话”；自己要反映，回“反映 什么事、在哪里”。`,
  keptWords: ({ said }) =>
    said.length === 0
      ? ""
      : [
          "您说过、没有转给任何人的话：",
          ...said.map((words) => quotedExcerpt(words, SUMMARY_LENGTH * 2)),
          "要用，回“回复 编号 您的话”，或者“反映 什么事、在哪里”。",
        ].join("\n"),
  missingText: ({ command, number }) => {
    const id = number === null ? "编号" : shortNumber(number);
    return {
      reply: `还没写答复。请回“回复 ${id} 您的话”。`,
      close: `${number === null ? "" : `${id}号还没有办结：`}还没写结果。请回“办结 ${id} 结果”。`,
      refer: `还没写转给谁。请回“转办 ${id} 单位或代表，原因”。`,
      return: `还没写原因。请回“退回 ${id} 原因”。`,
      correct: `还没写怎么更正。请回“更正 ${id} 对的话”。`,
      split: `还没写另一件是什么事。请回“拆分 ${id} 另一件是什么事”。`,
      assist: `还没写请哪位代表协办。请回“协办 ${id} 姓名或编号”；不用再协办，回“协办 ${id} 取消”。`,
      note: `还没写备注。请回“备注 ${id} 您的话”。`,
      visit: `还没写走访看到什么。请回“走访 ${id} 看到的”。`,
      report: "还没写是什么事。请回“反映 什么事、在哪里”。",
      bind: "还没写邀请码。请回“绑定 邀请码”。",
      away: "还没写到哪天。请回“请假 3天”，或者“请假 12月10日到12日”。",
    }[command];
  },
  alreadyClosed: ({ number }) => {
    const id = shortNumber(number);
    return `${id}号已经办结，这句话没有转给居民。说错了，回“更正 ${id} 对的话”；没办完，回“重开 ${id} 原因”。`;
  },
  correctTaken: ({ number, isClosed }) => {
    const id = shortNumber(number);
    return `${id}号的更正记下了，正在转给居民。${isClosed ? `这件还是办结的；没办完，回“重开 ${id} 原因”。` : ""}`;
  },
  nothingToCorrect: ({ number }) =>
    `${shortNumber(number)}号您还没有答复过，没有可更正的，这句话没有转给居民。要答复，回“回复 ${shortNumber(number)} 您的话”。`,
  reopenTaken: ({ number, dueOn, isTold }) =>
    `${shortNumber(number)}号重新打开了，又在您手上，还是${zhDue(dueOn)}答复。${isTold ? "正在告诉居民，办结时请居民评价的话也收回了。" : "办结的话还没发给居民，已经收回。"}`,
  notClosed: ({ number }) => `${shortNumber(number)}号没有办结，还在您手上，不用重开。`,
  notYoursToReopen: ({ number }) =>
    `${shortNumber(number)}号不是您办结的，您不能重开。居民再说起，会重新打开；有疑问，请找县人大代表工作机构。`,
} satisfies Partial<Wording>;
