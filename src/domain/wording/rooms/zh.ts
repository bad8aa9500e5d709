import { shortNumber, zhDay, zhDue } from "../days.ts";
import type { RoomLine, RoomWording } from "./sentences.ts";

const NOW = {
  answered: "已有答复，详细情况见私聊。",
  closed: "已办结，详细情况见私聊。",
  heard: "收到了，结果见私聊。",
} as const;

function lineOf({ number, dueOn, isLate }: RoomLine): string {
  return `【${shortNumber(number)}】${isLate ? "已过期，" : ""}最晚${zhDay(dueOn)}`;
}

/** The Chinese sentences into rooms of deputies. */
export const zhRooms: RoomWording = {
  roomCase: ({ line }) => {
    const { number, place, text, priority, dueOn } = line;
    const head = `${priority ? "【急】" : ""}【${shortNumber(number)}】新的群众意见`;
    return `${head}${place === "" ? "" : `（${place}）`}：${text}\n${zhDue(dueOn)}答复。经办的代表请引用这条消息直接写答复，或在私聊里办理。`;
  },
  roomMorning: ({ of, lines, more, late }) =>
    [
      `早上好。${of}有${lines.length + more}件群众意见在办${late === 0 ? "" : `，其中${late}件已过期`}：`,
      ...lines.map(lineOf),
      ...(more === 0 ? [] : [`还有${more}件。`]),
      "内容请各位在私聊里看。",
    ].join("\n"),
  roomUnbound: () => "大家好。这个群还没有登记，我在这里什么都不办。需要的话，请联系县人大代表工作室。",
  bindFirst: ({ number }) =>
    `${number === null ? "" : `【${shortNumber(number)}】`}还不知道您是哪位代表，这句话没有办。请先私聊我绑定，再在群里说。`,
  roomAnswer: ({ number, is }) => `【${shortNumber(number)}】${NOW[is]}`,
  notYours: ({ number }) => `【${shortNumber(number)}】不归您办，您的话没有转出去。`,
  toldAlone: () => "收到了，已私聊回您。",
  notDoneHere: () => "您在群里说的话没有办：那个群还没有登记。请在这里再说一遍。",
  roomBound: ({ of }) =>
    `登记好了，这个群是${of}的代表群。引用我发的意见就可以直接写答复；居民的姓名和电话不会出现在群里。`,
  codeNoted: () => "口令收到了。代表工作室确认以后，这个群就登记好。",
  codeRefused: () => "这个口令不对，或者已经用过、过期了。请向县人大代表工作室再要一个。",
};
