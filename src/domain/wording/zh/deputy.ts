import type { AbsenceSpan } from "../../dialog/absence.ts";
import type { DecidedReason } from "../../routing/followers.ts";
import { quotedExcerpt } from "../../text/quote.ts";
import { shortNumber, zhDay, zhDue } from "../days.ts";
import type { DeputyCase, FollowedCase, ToldLine, Wording } from "../sentences.ts";
import type { Holder } from "../who-answers.ts";
import { brief, zhDeputyQuestions } from "./deputy-questions.ts";

function deadline(line: DeputyCase): string {
  if (!line.overdue) return `${zhDue(line.dueOn)}答复`;
  return typeof line.dueOn === "string" ? `已过期（${zhDay(line.dueOn)}）` : `可能已过期（${zhDue(line.dueOn)}答复）`;
}

/** A case in the lines in which a deputy reads it. */
export function whole(line: DeputyCase): string[] {
  return [
    `编号${line.number}`,
    `地点：${line.place}`,
    `内容：${line.text}`,
    ...(line.isByMinor ? ["反映人：一名小学生或初中生。请不要打听是谁，不要要电话、照片。"] : []),
    deadline(line),
  ];
}

/** The one who has a case, as a deputy reads it. */
export function having(holder: Holder): string {
  return holder === null ? "县人大代表工作机构" : `${holder.deputy}代表`;
}

/** From when to when; one day is named once. */
function zhSpan({ from, until }: AbsenceSpan): string {
  return from === until ? zhDay(from) : `${zhDay(from)}到${zhDay(until)}`;
}

function covering(standIn: string | null): string {
  return standIn === null ? "" : `，由${standIn}代表代办`;
}

function noLonger(replaced: readonly AbsenceSpan[]): string[] {
  return replaced.length === 0 ? [] : [`原来说的${replaced.map(zhSpan).join("、")}请假不算了。`];
}

const FOLLOWED_FOR: Readonly<Record<DecidedReason, string>> = {
  "higher-level": "您网格里的急事，请您知道",
  "home-grid": "您网格的居民在别处干活没拿到钱，请您知道",
  "other-side": "两地交界处有危险，两边的代表都通知了",
};

function followedList(followed: readonly FollowedCase[], following: number): string[] {
  if (followed.length === 0) return [];
  const more = following - followed.length;
  return [
    followed.some(({ isAssisting }) => isAssisting === true)
      ? `别人在办的（${following}件，写着“您协办”的请您帮忙，别的您只看）：`
      : `关注（${following}件，别人在办，您只看）：`,
    ...followed.map(
      ({ line, holder, isAssisting }) =>
        `${brief(line)}（${having(holder)}负责${isAssisting === true ? "，您协办" : ""}）`,
    ),
    ...(more === 0 ? [] : [`还有${more}件更早的，回编号看。`]),
  ];
}

const MOST_NAMED = 6;

/** The first of several people who may be meant, each with a code. */
export function named(meant: readonly { readonly code: string; readonly name: string }[]): string {
  const shown = meant.slice(0, MOST_NAMED).map(({ code, name }) => `${name}（${code}）`);
  return `${shown.join("、")}${meant.length > MOST_NAMED ? "等" : ""}`;
}

const PARTIES: Readonly<Record<string, string>> = {
  resident: "居民",
  deputy: "代表",
  office: "工作机构",
  service: "系统",
};

/** The words of a case, line by line; nothing where nothing was. */
export function story(thread: readonly ToldLine[]): string[] {
  if (thread.length === 0) return [];
  return ["往来：", ...thread.map((one) => `${one.at} ${PARTIES[one.party] ?? one.party}：${one.text}`)];
}

/** The Chinese sentences to deputies; they never say who the resident is. */
export const zhToDeputies = {
  ...zhDeputyQuestions,

  newCase: ({ line, isReopened, mayBeSeveral = false }) => {
    const head = `${line.priority ? "【急】" : ""}${isReopened ? "居民说没办好，重新打开" : "新的一件"}`;
    const id = shortNumber(line.number);
    return [
      head,
      ...whole(line),
      `看到了：回“接收 ${id}”，居民就知道您看到了`,
      `答复：回“回复 ${id} 您的话”`,
      `不归您管：回“退回 ${id} 原因”`,
      ...(mayBeSeveral ? [`这里可能有两件事，有就回“拆分 ${id} 另一件是什么事”`] : []),
    ].join("\n");
  },
  residentAdded: ({ number, text }) => `${shortNumber(number)}号，居民又说：\n${text}`,
  anotherSaysSo: ({ number, text }) =>
    `${shortNumber(number)}号，又有一位居民反映同一件事，您的答复和办理结果，也会同时发给这位居民：\n${text}`,
  residentShows: ({ number, what }) => `${shortNumber(number)}号，居民发来${what === "photo" ? "照片" : "语音"}：`,
  residentReminds: ({ number, dueOn }) => `${shortNumber(number)}号，居民催办。${zhDue(dueOn)}答复。`,
  residentWithdrew: ({ number }) => `${shortNumber(number)}号，居民撤回了，不用再办。`,
  residentRated: ({ number, satisfied }) => `${shortNumber(number)}号，居民说${satisfied ? "满意。" : "不满意。"}`,
  residentThanks: ({ number, text }) =>
    `居民向您道谢${number === null ? "" : `（${shortNumber(number)}号）`}：\n${text}`,
  caseMovedAway: ({ number, holder }) =>
    `${shortNumber(number)}号不用您办了，已改由别人负责${holder === null ? "" : `：${holder.deputy}代表`}。`,

  officeAnswered: ({ number, text }) => `${shortNumber(number)}号，县办已答复居民：\n${text}`,
  officeClosed: ({ number }) => `${shortNumber(number)}号，县办办结了，您不用再办。`,
  officeMovedDue: ({ number, dueOn }) => `${shortNumber(number)}号，县办改了日子：${zhDue(dueOn)}答复居民。`,

  deputyList: ({ cases, followed, following }) =>
    [
      ...(cases.length === 0
        ? ["您手上现在没有在办的事。"]
        : [`您手上有${cases.length}件：`, ...cases.map((line) => `${brief(line)}（${deadline(line)}）`)]),
      ...followedList(followed, following),
      ...(cases.length + followed.length === 0 ? [] : ["回编号看详情。"]),
    ].join("\n"),
  deputyCase: ({ line, thread, assisting = [] }) =>
    [
      ...(line.priority ? ["【急】"] : []),
      ...whole(line),
      ...(assisting.length === 0 ? [] : [`协办：${assisting.map((name) => `${name}代表`).join("、")}`]),
      ...story(thread),
      `答复：回“回复 ${shortNumber(line.number)} 您的话”`,
      `办完：回“办结 ${shortNumber(line.number)} 结果”`,
    ].join("\n"),

  newToFollow: ({ line, holder, why }) => {
    const id = shortNumber(line.number);
    return [
      `【关注】${line.priority ? "【急】" : ""}${FOLLOWED_FOR[why]}`,
      ...whole(line),
      why === "other-side"
        ? `先由${having(holder)}负责。您能先去的，回“回复 ${id} 您的话”，就由您负责。`
        : `由${having(holder)}负责，您不用办。看进展，回“${id}”。`,
    ].join("\n");
  },
  followedCase: ({ line, holder, thread }) =>
    [`【关注】${line.priority ? "【急】" : ""}由${having(holder)}负责，您只看`, ...whole(line), ...story(thread)].join(
      "\n",
    ),
  onlyFollowed: ({ number, holder }) =>
    `${shortNumber(number)}号由${having(holder)}负责，您是关注，不用办。刚才的话没有转给居民，这件事也没有变。`,
  takeTaken: ({ number }) => `${shortNumber(number)}号您先答复了，现在由您负责。`,
  takenByOther: ({ number, holder }) =>
    `${shortNumber(number)}号${having(holder)}先答复了居民，现在由${having(holder)}负责，您不用办了。看进展，回“${shortNumber(number)}”。`,

  replyTaken: ({ number }) => `${shortNumber(number)}号的答复记下了，正在转给居民。`,
  closeTaken: ({ number }) => `${shortNumber(number)}号办结记下了，正在告诉居民，请居民评价。`,
  returnTaken: ({ number, holder }) =>
    `${shortNumber(number)}号退回了，${holder === null ? "由县人大代表工作机构决定给谁办" : `改由${holder.deputy}代表负责`}。原因县人大代表工作机构看得到，居民看不到；居民会知道换了谁。`,

  deputyShows: ({ number, deputy, photos }) => `${deputy}代表给您发来${photos}张照片（编号${number}）。有话直接回。`,
  referTaken: ({ number, unit }) =>
    `${shortNumber(number)}号转${unit}记下了，由县人大代表工作机构去联系。这件仍在您手上，有结果请回“办结 ${shortNumber(number)} 结果”。`,
  referUnclear: ({ number, typed, meant }) =>
    meant.length === 0
      ? `没找到${quotedExcerpt(typed, 20)}这个单位或代表，${shortNumber(number)}号还没转。请写编号或全名，比如“转办 ${shortNumber(number)} 县住建局，原因”。不知道该找谁，请回“退回 ${shortNumber(number)} 原因”。`
      : `${quotedExcerpt(typed, 20)}有${meant.length}个：${named(meant)}。${shortNumber(number)}号还没转，请写编号再发一次，比如“转办 ${shortNumber(number)} ${meant[0]?.code ?? ""}，原因”。`,
  referAway: ({ number, deputy }) =>
    `${deputy}代表正请假，${shortNumber(number)}号还没转。请换一位，或者回“退回 ${shortNumber(number)} 原因”。`,
  awayTaken: ({ from, until, standIn, moved, stayed, replaced }) =>
    [
      `记下了，请假${zhSpan({ from, until })}。这期间的新事不派给您${covering(standIn)}。`,
      ...(moved === 0 ? [] : [`手上的${moved}件已交给别的代表，也告诉居民了。`]),
      ...(stayed === 0 ? [] : [`还有${stayed}件没有别的代表能接，仍在您这里。`]),
      ...noLonger(replaced),
      "提前回来，回“销假”。",
    ].join(""),
  awayPlanned: ({ from, until, standIn, replaced }) =>
    [
      `记下了，您${zhSpan({ from, until })}请假${covering(standIn)}。`,
      "在那之前一切照旧，新事还会派给您；到了那天，手上的事再交给别的代表。",
      ...noLonger(replaced),
      "不请了，回“销假”。",
    ].join(""),
  awayBegins: ({ from, until, standIn, moved, stayed }) =>
    [
      `您${zhSpan({ from, until })}的请假开始了，这期间的新事不派给您${covering(standIn)}。`,
      ...(moved === 0 ? [] : ["手上的事已交给别的代表，也告诉居民了。"]),
      ...(stayed === 0 ? [] : [`还有${stayed}件没有别的代表能接，仍在您这里。`]),
      "提前回来，回“销假”。",
    ].join(""),
  leaves: ({ leaves }) =>
    leaves
      .map(({ from, until, standIn, isNow }) =>
        isNow
          ? `您在请假，到${zhDay(until)}${covering(standIn)}。回来了，回“销假”。`
          : `${zhSpan({ from, until })}请假${covering(standIn)}。不请了，回“销假”。`,
      )
      .join("\n"),
  standInUnclear: ({ typed, meant }) =>
    meant.length === 0
      ? `没找到${quotedExcerpt(typed, 20)}这位代表，请假还没记下。请写代表的姓名或编号，比如“请假 3天 由D002代”。`
      : `${quotedExcerpt(typed, 20)}有${meant.length}位：${meant.map(({ code, name }) => `${name}（${code}）`).join("、")}。请写编号再发一次，比如“请假 3天 由${meant[0]?.code ?? ""}代”。`,
  awayUnclear: () => "没看懂从哪天请到哪天，请假还没记下。请回“请假 3天”“请假 到周五”，或者“请假 12月10日到12日”。",
  backTaken: ({ open, cancelled, planned }) =>
    [
      cancelled.length === 0 ? "欢迎回来！" : `${cancelled.map(zhSpan).join("、")}的请假取消了。`,
      `您手上有${open}件在办，回“列表”看。`,
      ...(planned.length === 0 ? [] : [`${planned.map(zhSpan).join("、")}的请假还算数，不请了，再回“销假”。`]),
    ].join(""),
  stats: ({ open, closed, overdue }) => `您在办${open}件，其中过期${overdue}件；办结${closed}件。`,
  bound: ({ deputy, open }) => `绑定好了，${deputy}代表您好！您手上有${open}件。回“列表”看，回“帮助”看用法。`,
  boundElsewhere: ({ deputy, platform }) =>
    `${deputy}代表换到另一个${platform}账号了，这里不再收代表的事。不是您本人换的，请马上告诉县人大代表工作机构。`,
  bindPaused: () =>
    "邀请码已经错了好几次，接下来的一小时里不再核对，发对了也一样。请向县人大代表工作机构要一个新的，一小时后再发来。别的事您照常说，不受影响。",
  bindRefused: () => "这个邀请码不能用：写错了、用过了，或者过期了。请向县人大代表工作机构要一个新的。",
  alreadyBound: ({ deputy }) => `您已经绑定了，${deputy}代表。`,
  deputyHelp: () =>
    [
      "列表：看手上的事，和您关注的事",
      "12：看12号",
      "接收 12：告诉居民您看到了",
      "回复 12 您的话：答复居民",
      "办结 12 结果：办完了",
      "转办 12 单位或代表，原因：请别人办",
      "退回 12 原因：不归您管",
      "协办 12 代表，话：请人帮忙",
      "拆分 12 另一件是什么：一条消息里其实有两件事",
      "更正 12 对的话：答复或办结说错了",
      "重开 12 原因：办结错了，收回来接着办",
      "备注 12 话：只给您和工作机构看，居民看不到",
      "走访 12 看到的：记下您去看过",
      "网页 12：用网页答复",
      "反映 什么事、在哪里：您自己要反映的事",
      "请假 3天、请假 12月10日到12日、每周三不在、销假",
      "常用语：存好的话",
      "统计：看您的件数",
      "说语音也行。发照片会记到那一件，再问要不要转给居民",
    ].join("\n"),
} satisfies Partial<Wording>;
