import { saidNumber, type TopicState } from "../../acts/topic.ts";
import { shortNumber, zhDue } from "../days.ts";
import type { TopicWording } from "./sentences.ts";
import type { TopicLine } from "./topic-line.ts";

const OFFICE = "县人大代表工作机构";

const STATES: Readonly<Record<TopicState, string>> = {
  offered: "等您说是不是一件事",
  open: "在办",
  answered: "已答复",
  closed: "已办结",
  declined: "分开办",
};

function named({ number, title }: Pick<TopicLine, "number" | "title">): string {
  return `主题${saidNumber(number)} ${title}`;
}

function short(numbers: readonly string[]): string {
  return numbers.map((number) => `${shortNumber(number)}号`).join("、");
}

/** The Chinese sentences about one matter that many people told. */
export const topicsZh: TopicWording = {
  title: ({ place, trouble }) => [place ?? "", trouble?.zh ?? "同一件事"].join(" ").trim(),
  offered: ({ cases, ...topic }) =>
    [
      `${named(topic)}：有${topic.people}人说的像是同一件事（${short(cases)}）。`,
      `一起办，回“主题 ${saidNumber(topic.number)} 合”；分开办，回“主题 ${saidNumber(topic.number)} 不合”。`,
    ].join("\n"),
  grown: ({ more, ...topic }) => {
    const digits = saidNumber(topic.number);
    const who = more === topic.people ? `有${more}人说` : `又有${more}人说（共${topic.people}人）`;
    return `${named(topic)}：${who}，在一起办。回“主题 ${digits}”看，回“回复 主题${digits} 您的话”一次答复所有人。`;
  },
  shown: ({ state, cases, others, verdicts, ...topic }) => {
    const digits = saidNumber(topic.number);
    const said = verdicts.confirmed + verdicts.denied + verdicts.silent;
    return [
      `${named(topic)}（${topic.people}人，${STATES[state]}）`,
      ...cases.map(({ number, text, isClosed }) => `${shortNumber(number)}号 ${text}${isClosed ? "（已办结）" : ""}`),
      ...(others === 0 ? [] : [`还有${others}件。`]),
      ...(said === 0 ? [] : [`居民说：好了${verdicts.confirmed}，没好${verdicts.denied}，没回音${verdicts.silent}。`]),
      ...(state === "offered"
        ? [`一起办，回“主题 ${digits} 合”；分开办，回“主题 ${digits} 不合”。`]
        : state === "open" || state === "answered"
          ? [`答复所有人：回“回复 主题${digits} 您的话”。办完：回“办结 主题${digits} 结果”。`]
          : []),
    ].join("\n");
  },
  list: ({ topics }) =>
    topics.length === 0
      ? "现在没有很多人说的同一件事。"
      : topics.map((topic) => `${named(topic)}（${topic.people}人，${STATES[topic.state]}）`).join("\n"),
  noTopic: ({ typed }) => `没有主题${typed}，或者不归您。回“主题”看有哪些。`,
  allOrOne: ({ number, people }) => ({
    text: `${shortNumber(number)}号和另外${people - 1}人说的是同一件事。`,
    labels: [`答复${people}个人`, "只答复这一位"],
    closing: "回数字就行。",
  }),
  answerTaken: (topic) => `${named(topic)}：您的话正在发给${topic.people}个人，每人看到自己的编号。`,
  closeTaken: (topic) => `${named(topic)}：正在告诉${topic.people}个人办结了，并问每人好了没有。`,
  missingWords: ({ number, command }) => {
    const digits = saidNumber(number);
    return command === "answer"
      ? `要对大家说什么？请这样回：回复 主题${digits} 您的话`
      : `办得怎么样？请这样回：办结 主题${digits} 结果`;
  },
  putTogether: (topic) =>
    `${named(topic)}：${topic.people}人的事合在一起办了。回“回复 主题${saidNumber(topic.number)} 您的话”一次答复所有人。`,
  keptApart: ({ number }) => `好，主题${saidNumber(number)}的几件分开办。`,
  cannot: ({ number, state }) => `主题${saidNumber(number)}${STATES[state]}，现在不能这样做。`,
  reopened: ({ denied, ...topic }) =>
    `${named(topic)}：${topic.people}人里有${denied}人说没好，这件事重新办。回“主题 ${saidNumber(topic.number)}”看。`,
  byOffice: ({ did, ...topic }) =>
    `${named(topic)}：${OFFICE}${did === "closed" ? "办结了" : "答复了"}，${topic.people}人的都是。回“主题 ${saidNumber(topic.number)}”看。`,
  reply: ({ number, people, deputy, text }) =>
    `编号${number}${people === null ? "" : `（${people}人反映同一件事）`}，${deputy === null ? OFFICE : `${deputy}代表`}答复：${text}`,
  again: ({ number }) =>
    `编号${number}：和您说的是同一件事的人里，有人说还没好，正在重新办。您那里也没好的话，回“没好”。\n不想再收到这件事的消息，回“不用告诉我”。`,
  seconded: ({ number, holder, dueOn }) =>
    `收到了，您和别人说的是同一件事。您自己的编号是${number}，${holder === null ? OFFICE : `${holder}代表`}${zhDue(dueOn)}给您回话。\n您那里有不一样的地方，直接说。`,
  scanned: ({ number }) =>
    `这件事已经有人反映了。您也遇到的话，回“附议 主题${saidNumber(number)}”，给您一个自己的编号；有不一样的地方，直接说。`,
  cannotSecond: ({ typed }) => `编号${typed}现在不能附议。您遇到什么事，在哪里，直接说就行。`,
  stopped: () => "好，这件事后面的消息不再发给您。您自己的编号有了答复，还是会告诉您。",
  nothingToStop: () => "现在没有要另外告诉您的消息。您自己的编号有了答复，会告诉您。",
};
