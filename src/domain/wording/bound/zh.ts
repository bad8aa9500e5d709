import type { HandoverState } from "../../acts/handover.ts";
import { shortNumber, zhDay } from "../days.ts";
import type { BoundWording, UnitMatter } from "./sentences.ts";

const ROLES = { deputy: "代表", unit: "单位", station: "联络站" } as const;

const STATES: Readonly<Record<HandoverState, string>> = {
  waiting: "还没交办",
  sent: "还没接收",
  accepted: "在办",
  returned: "已退单",
  reported: "已报办结，等代表核实",
  confirmed: "已核实",
  taken_back: "已收回",
};

const WANTED = {
  accept: "接收",
  decline: "退单",
  progress: "进展",
  report: "办结",
  extend: "延期",
} as const;

const EXAMPLE = { accept: "", decline: " 理由", progress: " 办到哪一步", report: " 结果", extend: " 日期 理由" } as const;

function whole({ number, place, text, dueOn }: UnitMatter): string[] {
  return [`${shortNumber(number)}号`, `地点：${place}`, `内容：${text}`, `请在${zhDay(dueOn)}前办理并回复。`];
}

function line({ number, place, text, dueOn }: UnitMatter): string {
  return `${shortNumber(number)}号 ${place}：${text}（${zhDay(dueOn)}前）`;
}

/** The Chinese sentences to the people of units and stations, and to deputies about what a unit says. */
export const boundZh: BoundWording = {
  boundAs: ({ role, name, open }) =>
    role === "unit"
      ? `绑定好了，您在这里代表${name}。交给你们的有${open ?? 0}件。回“列表”看，回“帮助”看用法。`
      : `绑定好了，您在这里代表${name}。回“帮助”看用法。`,
  whichRole: ({ roles }) => ({
    text: "您现在以哪个身份说？",
    labels: roles.map(({ role, name }) => `${ROLES[role]}：${name}`),
    closing: "回数字就行。",
  }),
  handover: ({ deputy, returnBy, ...matter }) => {
    const id = shortNumber(matter.number);
    const [, ...rest] = whole(matter);
    return [
      `【交办】${id}号，${deputy}代表转来`,
      ...rest,
      `接收：回“接收 ${id}”`,
      `不归你们：${zhDay(returnBy)}前回“退单 ${id} 理由”`,
      `办完：回“办结 ${id} 结果”`,
    ].join("\n");
  },
  unitList: ({ unit, matters }) =>
    matters.length === 0
      ? `${unit}现在没有要办的。`
      : [`${unit}要办的有${matters.length}件：`, ...matters.map((one) => `${line(one)}，${STATES[one.state]}`)].join("\n"),
  unitMatter: (matter) => [...whole(matter), STATES[matter.state]].join("\n"),
  unitHelp: ({ unit }) =>
    [
      `您在这里代表${unit}：`,
      "列表：要办的",
      "12：看12号",
      "接收 12",
      "退单 12 理由：不归你们",
      "进展 12 办到哪一步",
      "办结 12 结果",
      "延期 12 日期 理由：要工作机构同意",
    ].join("\n"),
  notOfUnit: ({ typed }) => `没有${typed}号，或者不归你们。`,
  whichOfUnit: ({ matters }) =>
    matters.length === 0
      ? "现在没有要办的，这条没有记下。"
      : ["说的是哪一件？请把编号写上：", ...matters.map(line)].join("\n"),
  unitLacks: ({ number, command, lacks }) => {
    const id = shortNumber(number);
    if (lacks === "later-day") return `延期要晚于现在的期限，也不能是过去的日子。请回“延期 ${id} 日期 理由”。`;
    const what = lacks === "day" ? "还没写延到哪天和理由" : "还没写内容";
    return `${what}，没有记下。请回“${WANTED[command]} ${id}${EXAMPLE[command]}”。`;
  },
  unitCannot: ({ number, state }) => `${shortNumber(number)}号${STATES[state]}，这条没有记下。`,
  accepted: ({ number, dueOn }) => `${shortNumber(number)}号接收了，请在${zhDay(dueOn)}前回“办结 ${shortNumber(number)} 结果”。`,
  returned: ({ number }) => `${shortNumber(number)}号退回代表了，理由代表和县人大代表工作机构都看得到。`,
  progressTaken: ({ number }) => `${shortNumber(number)}号的进展记下了，代表看得到。`,
  reportedTaken: () => "记下了。由代表核实，核实后告诉居民。",
  extensionAsked: ({ number, until }) =>
    `${shortNumber(number)}号想延到${zhDay(until)}，记下了。县人大代表工作机构同意以后才算。`,
  takenBack: ({ number }) => `${shortNumber(number)}号收回了，你们不用再办。`,
  stationHelp: ({ station }) => `您在这里代表${station}。有要站里知道的事，会发到这里。您自己有事要反映，直接说就行。`,
  unitAccepted: ({ number, unit }) => `${unit}接收了${shortNumber(number)}号。`,
  unitReturned: ({ number, unit, text }) => {
    const id = shortNumber(number);
    return `${unit}退回${id}号：${text}\n请回“转办 ${id} 单位”或者“退回 ${id} 原因”。`;
  },
  unitProgress: ({ number, unit, text }) => `${unit}说${shortNumber(number)}号的进展：${text}`,
  unitReported: ({ number, unit, text }) => {
    const id = shortNumber(number);
    return `${unit}说${id}号办完了：${text}\n这是单位说的，居民还不知道。请您核实：办好了，回“办结 ${id} 结果”；没办好，回“转办 ${id} ${unit}”再交给他们。`;
  },
  unitAsksForTime: ({ number, unit, until, text }) =>
    `${unit}想把${shortNumber(number)}号延到${zhDay(until)}：${text}\n县人大代表工作机构同意以后才算。`,
};
