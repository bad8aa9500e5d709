import { type DayPart, daysEachWeek, type EachWeek } from "../../calendar/weekly.ts";
import { quotedExcerpt } from "../../text/quote.ts";
import { shortNumber, zhDay, zhDue } from "../days.ts";
import type { HandlingWording } from "../handling.ts";
import type { DeputyCase, ToldLine } from "../sentences.ts";
import { having, named, story, whole } from "./deputy.ts";
import { alsoCases, brief } from "./deputy-questions.ts";

type Handling = HandlingWording<DeputyCase, ToldLine>;
type WithDue = Parameters<Handling["acceptTaken"]>[0];

function stillToAnswer({ number, dueOn, isLate }: WithDue): string {
  const when = isLate && typeof dueOn === "string" ? `答复日${zhDay(dueOn)}已经过了` : `${zhDue(dueOn)}答复`;
  return `${when}：回“回复 ${shortNumber(number)} 您的话”。`;
}

function waysOfAssistant(number: string, lead: string): string[] {
  const id = shortNumber(number);
  return [
    `告诉${lead}：回“协办 ${id} 您的话”，居民看不到`,
    `只给工作机构记一笔：回“备注 ${id} 您的话”`,
    `帮不了：回“退回 ${id} 原因”`,
  ];
}

const PHRASE_SHOWN = 30;
const COUNTYS_SHOWN = 5;

function zhWeekdays(weekdays: readonly number[]): string {
  return `周${weekdays.map((day) => "一二三四五六日"[day - 1]).join("、周")}`;
}

/** So few days are named one by one. */
const FEW_DAYS = 5;

function zhPart(part: DayPart | null): string {
  return part === null ? "" : { morning: "上午", afternoon: "下午" }[part];
}

function zhWeekly(week: EachWeek): string {
  const { weekdays, from, until, part } = week;
  const days = until === null ? [] : daysEachWeek(week, from, until);
  if (days.length > 0 && days.length <= FEW_DAYS) return days.map((day) => `${zhDay(day)}${zhPart(part)}`).join("、");
  return `每${zhWeekdays(weekdays)}${zhPart(part)}（从${zhDay(from)}起${until === null ? "" : `，到${zhDay(until)}`}）`;
}

function zhBack({ weekdays }: EachWeek): string {
  return `销假 每${zhWeekdays(weekdays)}`;
}

const OVER = {
  closed: "办结了，您不用再协办。",
  "taken-back": "不用您协办了。",
  office: "改由县人大代表工作机构分派，您不用再协办。",
} as const;

const LACKS = { assist: "要告诉负责代表的话", note: "备注", return: "原因" } as const;
const COMMAND = { assist: "协办", note: "备注", return: "退回" } as const;

/** The Chinese sentences about how a deputy handles a case. */
export const zhHandling: Handling = {
  seenByDeputy: ({ number, deputy, dueOn, isLate }) =>
    isLate && typeof dueOn === "string"
      ? `编号${number}，${deputy}代表看到了。本来应在${zhDay(dueOn)}前给您回话，已经晚了，还没有答复。`
      : `编号${number}，${deputy}代表看到了，还没有答复。${zhDue(dueOn)}给您回话。`,
  acceptTaken: (one) => `${shortNumber(one.number)}号接收了，正在告诉居民您看到了。${stillToAnswer(one)}`,
  acceptedBefore: (one) => `${shortNumber(one.number)}号您接收过了，没有再告诉居民一次。${stillToAnswer(one)}`,
  acceptNeedless: ({ number }) =>
    `${shortNumber(number)}号您已经答复过，或者转给单位了，不用再接收。居民没有收到新的话。`,
  assistTaken: ({ number, deputy, isBound, isAgain, hasWords }) => {
    const id = shortNumber(number);
    if (isAgain) {
      return hasWords ? `${id}号，正在把您的话告诉协办的${deputy}代表。` : `${id}号${deputy}代表已经在协办了。`;
    }
    const way = isBound ? `正在告诉${deputy}代表` : `${deputy}代表还没有绑定聊天账号，绑定以后才看得到，请打个电话`;
    return `${id}号请${deputy}代表协办，记下了，${way}。这件仍由您负责，由您答复居民。不用协办了，回“协办 ${id} 取消”。`;
  },
  assistUnclear: ({ number, typed, meant }) =>
    meant.length === 0
      ? `没找到${quotedExcerpt(typed, 20)}这位代表，${shortNumber(number)}号还没有请人协办。请写姓名或编号，比如“协办 ${shortNumber(number)} D002，请一起去看看”。`
      : `${quotedExcerpt(typed, 20)}有${meant.length}位：${named(meant)}。还没有请人协办，请写编号再发一次。`,
  assistRefused: ({ number, deputy, why }) => {
    const because = {
      away: `${deputy}代表正请假`,
      full: "协办的人已经够多了",
      "not-them": `${deputy}代表不能协办这一件`,
    };
    return `${because[why]}，${shortNumber(number)}号没有请${deputy}代表协办。请换一位。`;
  },
  assistTakenBack: ({ number, deputies }) =>
    deputies.length === 0
      ? `${shortNumber(number)}号没有这位代表在协办。`
      : `${shortNumber(number)}号不用${deputies.map((name) => `${name}代表`).join("、")}协办了，正在告诉他们。`,
  assistantSays: ({ number, assistant, text, isLeaving }) => {
    const id = shortNumber(number);
    return isLeaving
      ? `${id}号，${assistant}代表不能协办了：\n${text}\n要请别人，回“协办 ${id} 姓名或编号”。`
      : `${id}号，协办的${assistant}代表说：\n${text}\n居民看不到。要回他，回“协办 ${id} ${assistant}，您的话”。`;
  },
  askedToAssist: ({ line, lead, text }) =>
    [
      `【协办】${line.priority ? "【急】" : ""}${lead}代表请您帮忙，居民由${lead}代表答复`,
      ...whole(line),
      ...(text === null ? [] : [`${lead}代表的话：${text}`]),
      ...waysOfAssistant(line.number, `${lead}代表`),
    ].join("\n"),
  leadSays: ({ number, lead, text }) => `${shortNumber(number)}号，${lead}代表说：\n${text}`,
  assistedCase: ({ line, holder, thread }) =>
    [
      `【协办】${line.priority ? "【急】" : ""}由${having(holder)}负责，您协办`,
      ...whole(line),
      ...story(thread),
      ...waysOfAssistant(line.number, having(holder)),
    ].join("\n"),
  onlyAssists: ({ number, holder }) =>
    `${shortNumber(number)}号由${having(holder)}负责，您是协办，刚才的话没有转给居民。要告诉${having(holder)}，回“协办 ${shortNumber(number)} 您的话”。`,
  assistantLacks: ({ number, command }) =>
    `还没写${LACKS[command]}。请回“${COMMAND[command]} ${shortNumber(number)} ${LACKS[command]}”。`,
  assistWordsTaken: ({ number, holder, isLeaving }) =>
    isLeaving
      ? `记下了，您不用再协办${shortNumber(number)}号，正在告诉${having(holder)}。`
      : `${shortNumber(number)}号，正在把您的话告诉${having(holder)}，居民看不到。`,
  assistOver: ({ number, why }) => `${shortNumber(number)}号${OVER[why]}`,
  assistLeadChanged: ({ number, holder }) => `${shortNumber(number)}号现在由${having(holder)}负责，您接着协办。`,
  phrases: ({ own, county }) =>
    [
      own.length === 0 ? "您还没有存常用语。" : "您的常用语：",
      ...own.map((text, at) => `${at + 1} ${quotedExcerpt(text, PHRASE_SHOWN)}`),
      ...(county.length === 0 ? [] : ["县里给的："]),
      ...county
        .slice(0, COUNTYS_SHOWN)
        .map(({ name, text }, at) => `县${at + 1} ${quotedExcerpt(name, 12)}${quotedExcerpt(text, PHRASE_SHOWN)}`),
      "用：回“用 2 12”，就是把第2句给12号，发出以前还会问您。",
      "存：回“存常用语 您的话”；删：回“删常用语 2”。",
    ].join("\n"),
  phraseKept: ({ place, text, isKnown }) =>
    isKnown
      ? `这句早就存了，是第${place}句：${quotedExcerpt(text, PHRASE_SHOWN)}`
      : `存好了，是第${place}句：${quotedExcerpt(text, PHRASE_SHOWN)}\n要用，回“用 ${place} 编号”。只有您用得到。`,
  phraseNotKept: ({ why, most }) =>
    why === "too-long"
      ? `没有存：一句最多${most}个字，请短一点再发。`
      : `没有存：最多存${most}句。先回“删常用语 1”删一句，再存。`,
  phraseLacks: () => "还没写要存哪句话。请回“存常用语 您的话”。",
  phraseDropped: ({ text }) => `删掉了：${quotedExcerpt(text, PHRASE_SHOWN)}\n后面的往前排，号变了，回“常用语”看。`,
  phraseUnknown: ({ isCountys }) =>
    isCountys ? "没有这一句，或者它是县里给的，这里删不了。回“常用语”看全部。" : "没有这一句。回“常用语”看全部。",
  phraseWhichCase: ({ phrase: { of, place }, cases, typed }) => {
    const which = `${of === "county" ? "县" : ""}${place}`;
    const example = shortNumber(cases[0]?.number ?? "0-12");
    return [
      `${typed === null ? "" : `没有找到${typed}号，或者不归您办。`}${cases.length === 0 ? "您手上现在没有在办的事，" : "用到哪一件？"}居民什么也没收到。`,
      ...cases.map(brief),
      ...(cases.length === 0 ? [] : [`请回“用 ${which} ${example}”。`]),
    ].join("\n");
  },
  confirmPhrase: ({ number, text, also }) => ({
    text: `这句话要作为${shortNumber(number)}号的答复转给居民吗？\n${text}`,
    labels: ["是，答复居民", "不是"],
    closing: `回1答复居民，回2不发。${alsoCases(also)}`,
  }),
  phraseDeclined: ({ number }) =>
    `好的，没有转给居民。要答复${shortNumber(number)}号，回“回复 ${shortNumber(number)} 您的话”。`,
  confirmWeekly: ({ isHalf, ...week }) => ({
    text: [
      `您${zhWeekly(week)}不在，对吗？`,
      ...(isHalf ? ["这里只能记上午、下午或者一整天，这样说会算一整天不在。"] : []),
      "那时新来的事先派给别的代表，也不提醒您。手上的事还是您的，期限不变，前一个工作日会提醒。",
    ].join("\n"),
    labels: ["对，记下", "不对"],
    closing: "回1记下，回2不记。",
  }),
  weeklyTaken: (week) => `记下了，您${zhWeekly(week)}不在。手上的事还是您的，期限不变。不用了，回“${zhBack(week)}”。`,
  weeklyDeclined: () => "好的，没有记下，一切照旧。要记，比如回“每周三不在”。",
  weeklyHeld: ({ weekly }) => weekly.map((week) => `您${zhWeekly(week)}不在。不用了，回“${zhBack(week)}”。`).join("\n"),
  weeklyNotHeld: ({ weekdays }) => `您没有记过每${zhWeekdays(weekdays)}不在，没有要取消的。`,
  weeklyEnded: ({ weekly }) =>
    `记下了，${weekly.map(({ weekdays, part }) => `每${zhWeekdays(weekdays)}${zhPart(part)}`).join("、")}不再算不在，新来的事照常派给您。`,
};
