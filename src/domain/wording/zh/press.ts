import { shortNumber, zhDue } from "../days.ts";
import type { PressWording } from "../press.ts";

const DEEDS = { accept: "接单", reply: "答复", refer: "转办", close: "办结" } as const;
const NOW = {
  accepted: "已接单",
  closed: "已办结",
  gone: "不归您办了",
  reply: "请写答复",
  refer: "请写转给谁",
  close: "请写办理结果",
} as const;
const ASKED = {
  reply: "请直接写答复，您的下一条消息就发给居民。不发了，回“取消”。",
  refer: "请写转给哪个单位或哪位代表，再写原因。不转了，回“取消”。",
  close: "请直接写办理结果，您的下一条消息就告诉居民。先不办结，回“取消”。",
} as const;

/** The Chinese sentences to whoever pressed a button, or changed or took back what they had said. */
export const zhPress: PressWording = {
  pressPassed: () => "这个按钮现在用不上了，什么都没有变。有话请直接写。",
  pressOver: ({ number, isClosed }) => {
    const id = shortNumber(number);
    if (!isClosed) return `${id}号现在不归您办，什么都没有变。`;
    return `${id}号已经办结，什么都没有变。说错了，回“更正 ${id} 对的话”；没办完，回“重开 ${id} 原因”。`;
  },
  askWords: ({ number, deed }) => `${shortNumber(number)}号：${ASKED[deed]}`,
  wordsStillAsked: ({ number, deed }) => `${shortNumber(number)}号正等着您，还没有做。${ASKED[deed]}`,
  wordsNotAsked: ({ number }) => `好，${shortNumber(number)}号不往外发。`,
  caseCard: ({ line, isReopened, category }) => ({
    title: `${line.priority ? "【急】" : ""}${isReopened ? "居民说没办好" : "新的群众意见"} ${shortNumber(line.number)}`,
    facts: [
      ["编号", line.number],
      ...(line.place === "" ? [] : [["地点", line.place] as const]),
      ["期限", line.overdue ? `已过期（${zhDue(line.dueOn)}）` : zhDue(line.dueOn)],
      ...(category === null ? [] : [["类别", category] as const]),
      ...(line.isByMinor ? [["反映人", "中小学生，请不要打听是谁"] as const] : []),
    ],
  }),
  deed: ({ deed }) => DEEDS[deed],
  cardNow: ({ is }) => NOW[is],
  editNotSent: () => "您改之前的那句话已经收到了，改过的没有往外发。要更正，回“更正 编号 正确的话”。",
  recallNoted: ({ isResident }) =>
    isResident
      ? "您撤回的话我们已经收到了，还在。这件事不办了，回“撤回”；要删掉您的资料，回“删除我的数据”。"
      : "您撤回的话已经收到了，还在。要更正发给居民的话，回“更正 编号 正确的话”。",
};
