import type { HandoverState } from "../../acts/handover.ts";
import type { How } from "../../case/claims.ts";
import { shortNumber, zhDay, zhDue } from "../days.ts";
import type { BoundWording, UnitMatter } from "./sentences.ts";

const ROLES = { deputy: "代表", unit: "单位", station: "联络站", "grid-worker": "网格员" } as const;

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

const OFFICE = "县人大代表工作机构";

function holder(isWithDeputy: boolean): string {
  return isWithDeputy ? "代表" : OFFICE;
}

const ANSWERED = { partly: "办了一部分", planned: "列入计划，现在还没办", refused: "办不了" } as const;

const CLAIMED = {
  unit: "按单位说的，还没人去看过",
  deputy: "代表去看过",
  resident: "按您说的",
} as const;

/** How it is known, in brackets; nothing where nobody said. */
function knownBy(how: How, unit: string | null): string {
  const said: Readonly<Record<How, string>> = {
    visit: "（代表去看过）",
    photo: "（代表看过照片）",
    phone: "（代表打电话问过或看过照片）",
    unit_word: `（按${unit ?? "单位"}说的，代表还没去看）`,
    resident_word: "（按您说的）",
    unsaid: "",
  };
  return said[how];
}

const EXAMPLE = {
  accept: "",
  decline: " 理由",
  progress: " 办到哪一步",
  report: " 结果",
  extend: " 日期 理由",
} as const;

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
  boundByOffice: ({ deputy, platform, open }) =>
    `${deputy}代表您好！县人大代表工作机构把您的${platform}绑定好了，群众的意见会发到这里。您手上有${open}件。回“列表”看，回“帮助”看用法。您不是${deputy}代表，或者不想在这里收，回“不是我”。`,
  bindingRefused: () => "好，这里不再收代表的事。请也告诉县人大代表工作机构一声。",
  whichRole: ({ roles }) => ({
    text: "您现在以哪个身份说？",
    labels: roles.map(({ role, name }) => `${ROLES[role]}：${name}`),
    closing: "回数字就行。",
  }),
  handover: ({ deputy, returnBy, ...matter }) => {
    const id = shortNumber(matter.number);
    const [, ...rest] = whole(matter);
    return [
      `【交办】${id}号，${deputy === null ? OFFICE : `${deputy}代表`}转来`,
      ...rest,
      `接收：回“接收 ${id}”`,
      `不归你们：${zhDay(returnBy)}前回“退单 ${id} 理由”`,
      `办完：回“办结 ${id} 结果”`,
    ].join("\n");
  },
  unitList: ({ unit, matters }) =>
    matters.length === 0
      ? `${unit}现在没有要办的。`
      : [`${unit}要办的有${matters.length}件：`, ...matters.map((one) => `${line(one)}，${STATES[one.state]}`)].join(
          "\n",
        ),
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
  accepted: ({ number, dueOn }) =>
    `${shortNumber(number)}号接收了，请在${zhDay(dueOn)}前回“办结 ${shortNumber(number)} 结果”。`,
  returned: ({ number, isWithDeputy }) =>
    isWithDeputy
      ? `${shortNumber(number)}号退回代表了，理由代表和${OFFICE}都看得到。`
      : `${shortNumber(number)}号退回${OFFICE}了，理由看得到。`,
  progressTaken: ({ number, isWithDeputy }) => `${shortNumber(number)}号的进展记下了，${holder(isWithDeputy)}看得到。`,
  reportedTaken: ({ isWithDeputy }) => `记下了。由${holder(isWithDeputy)}核实，核实后告诉居民。`,
  extensionAsked: ({ number, until }) =>
    `${shortNumber(number)}号想延到${zhDay(until)}，记下了。县人大代表工作机构同意以后才算。`,
  takenBack: ({ number }) => `${shortNumber(number)}号收回了，你们不用再办。`,
  photoTaken: ({ number, isWithDeputy }) => `${shortNumber(number)}号的照片收到了，${holder(isWithDeputy)}看得到。`,
  whosePhoto: ({ matters }) =>
    ["这张照片是哪一件的？还没有记到哪件里。请先回“进展 编号 办到哪一步”，再发一次照片：", ...matters.map(line)].join(
      "\n",
    ),
  unitShows: ({ number, unit }) => `${unit}发来${shortNumber(number)}号的一张照片，居民还没看到。`,
  referTakenTold: ({ number, unit }) =>
    `${shortNumber(number)}号转${unit}记下了，正在发给他们。这件仍在您手上，他们怎么说会告诉您。`,
  referStays: ({ number, unit }) => {
    const id = shortNumber(number);
    return `${id}号不适合交给${unit}的系统，还没转。请回“退回 ${id} 原因”，由${OFFICE}来办。`;
  },
  partnerTook: ({ number, unit, externalId }) =>
    `${shortNumber(number)}号送到${unit}的系统了${externalId === null ? "" : `，他们的编号是${externalId}`}。他们还没说办得怎么样。`,
  partnerFailed: ({ number, unit }) =>
    `${shortNumber(number)}号还没送到${unit}的系统：试了很多次都连不上。${OFFICE}会去联系，这件仍在您手上。`,
  partnerSaidNothing: () => "（没有写说明）",
  unitAccepted: ({ number, unit }) => `${unit}接收了${shortNumber(number)}号。`,
  unitReturned: ({ number, unit, text }) => {
    const id = shortNumber(number);
    return `${unit}退回${id}号：${text}\n请回“转办 ${id} 单位”或者“退回 ${id} 原因”。`;
  },
  unitProgress: ({ number, unit, text }) => `${unit}说${shortNumber(number)}号的进展：${text}`,
  unitReported: ({ number, unit, text }) => {
    const id = shortNumber(number);
    return {
      text: `${unit}说${id}号办完了：${text}\n这是单位说的，居民还不知道。请您核实一下：`,
      labels: ["我去看过，好了", "我打电话或看照片，好了", "没有核实，就按单位说的告诉居民", "没好，退给单位"],
      closing: `回数字就行；过后也可以回“办结 ${id} 结果”。`,
    };
  },
  unitAnswered: ({ number, unit, result, text }) => {
    const id = shortNumber(number);
    return `${unit}说${id}号${ANSWERED[result]}：${text}\n居民还不知道。请您答复居民：回“回复 ${id} 内容”，或者“办结 ${id} 结果”。`;
  },
  timeGiven: ({ number, unit, until }) => `${OFFICE}同意${unit}把${shortNumber(number)}号延到${zhDay(until)}。`,
  unitAsksForTime: ({ number, unit, until, text }) =>
    `${unit}想把${shortNumber(number)}号延到${zhDay(until)}：${text}\n县人大代表工作机构同意以后才算。`,
  noteTaken: ({ number }) => `${shortNumber(number)}号的备注记下了，只有您和县人大代表工作机构看得到。`,
  visitTaken: ({ number }) =>
    `${shortNumber(number)}号记下您去看过了，这句话居民看不到。要告诉居民，回“回复 ${shortNumber(number)} 您的话”。`,
  howKnown: ({ number }) => ({
    text: `${shortNumber(number)}号，您怎么知道办好了？`,
    labels: ["我看过", "单位说的", "居民自己说的"],
    closing: "回数字就行。半小时没回，就照您的话办结，不说是谁看过。",
  }),
  closingWords: ({ number }) => `${shortNumber(number)}号记下了。要告诉居民什么？直接写，或者回“照转”，就用单位的话。`,
  unitWordPassed: ({ number, unit }) =>
    `${shortNumber(number)}号，正在告诉居民${unit}怎么说，也说明代表还没去看。您去看过以后，请回“办结 ${shortNumber(number)} 结果”。`,
  givenBackToUnit: ({ number, unit }) => `${shortNumber(number)}号退给${unit}再办了。`,
  closedUnsaid: ({ number }) => `${shortNumber(number)}号照您的话办结了，没有写是谁看过。正在告诉居民。`,
  unitWordTold: ({ number, unit }) =>
    `${shortNumber(number)}号两个工作日没有核实，正在把${unit}的话告诉居民，也说明代表还没去看。`,
  residentDenied: ({ number, unit, text }) =>
    [
      `居民说${shortNumber(number)}号没好${unit === null ? "。" : `，已经退给${unit}再办。`}`,
      ...(text === null ? [] : [text]),
    ].join("\n"),
  residentConfirmed: ({ number, isSatisfied, text }) =>
    [`居民说${shortNumber(number)}号好了${isSatisfied ? "。" : "，但不满意。"}`, ...(text === null ? [] : [text])].join(
      "\n",
    ),
  unitAgain: ({ number, by, dueOn }) => {
    const id = shortNumber(number);
    const why = by === "correction" ? "居民更正了原来说的，重新打开了" : `${by === "deputy" ? "代表" : "居民"}说还没好`;
    return `【再办】${id}号，${why}。请在${zhDay(dueOn)}前再办，办完回“办结 ${id} 结果”。`;
  },
  extended: ({ number, dueOn }) => `${shortNumber(number)}号延到${zhDay(dueOn)}，${OFFICE}同意了。`,
  notExtended: ({ number, dueOn }) => `${shortNumber(number)}号没有同意延期，还是${zhDay(dueOn)}前。`,
  unitConfirmed: ({ number, by }) => `${shortNumber(number)}号，${by === "deputy" ? "代表核实" : "居民说"}好了。`,
  unitChanged: ({ number, kind, text }) => {
    const id = shortNumber(number);
    return kind === "corrected"
      ? `【更正】${id}号，居民更正了原来说的：${text}\n请按更正后的办，期限不变。`
      : `【分开】${id}号里有一件事单独登记了，不用再按${id}号办：${text}\n${id}号的其他事照旧办，期限不变。`;
  },
  deniedAgain: ({ number, place, text, deputy, times }) =>
    `【居民说没好】${shortNumber(number)}号 ${place}：${text}\n办结以后居民第${times}次说没好。${deputy === null ? "" : `请和${deputy}代表一起去看看。`}`,
  referredTold: ({ number, deputy, unit, dueOn }) =>
    `编号${number}，${deputy}代表请${unit}来办，正在告诉他们。${deputy}代表接着跟，${zhDue(dueOn)}给您回话。`,
  unitTakesLonger: ({ number, unit, until, text }) =>
    [`编号${number}，${unit}要办到${zhDay(until)}。`, ...(text === null ? [] : [`单位说的原因：${text}`])].join("\n"),
  solved: ({ number, deputy, how, unit, text }) =>
    `编号${number}，${deputy}代表办结了${knownBy(how, unit)}。代表的话：\n${text}`,
  officeSolved: ({ number, claim, text }) =>
    [`编号${number}，${OFFICE}办结了（${CLAIMED[claim]}）。`, ...(text === null ? [] : [text])].join("\n"),
  isItFixed: ({ number }) => ({
    text: `编号${number}好了没有？您说了算。`,
    labels: ["好了", "没好", "好了，但不满意"],
    closing: "回1好了，回2没好，回3好了但不满意，也可以多说几句。没好就重新打开。",
  }),
  verdictReminder: ({ number }) =>
    `编号${number}说是办好了，您还没说好了没有。好了，回“好了”；没好，回“没好”。不说也行，不再提醒。`,
  unitWord: ({ number, unit, isWithDeputy, text }) => ({
    text: `编号${number}：${unit}说办完了，${isWithDeputy ? "代表还没去看" : "还没有人去看过"}。单位的话：\n${text}\n好了没有？`,
    labels: ["好了", "没好"],
    closing: "回1好了，回2没好，也可以多说几句。",
  }),
  notFixedNoted: ({ number, unit, dueOn }) => `记下了，还没好。编号${number}退给${unit}再办，${zhDue(dueOn)}给您回话。`,
};
