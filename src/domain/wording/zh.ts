import type { CaseOutcome, CaseState } from "../case/case.ts";
import { zhDay, zhDue } from "./days.ts";
import type { CaseLine, Wording } from "./sentences.ts";
import type { Holder } from "./who-answers.ts";
import { zhAtOnce } from "./zh/at-once.ts";
import { zhToDeputies } from "./zh/deputy.ts";
import { zhEmergencies } from "./zh/emergencies.ts";
import { zhHandling } from "./zh/handling.ts";
import { zhMatters } from "./zh/matters.ts";
import { zhPress } from "./zh/press.ts";
import { zhReminders } from "./zh/reminders.ts";
import { zhOutOfScope } from "./zh/scope.ts";
import { zhServiceAnswer } from "./zh/service.ts";
import { zhVoice } from "./zh/voice.ts";
import { zhWhichAct } from "./zh/which-act.ts";
import { zhWhoRead } from "./zh/who-read.ts";
import { zhWhy } from "./zh/why.ts";
import { zhWriter } from "./zh/writer.ts";

const OFFICE = "县人大代表工作机构";

/** Who has a case, with name and station. */
function who(holder: Holder): string {
  if (holder === null) return OFFICE;
  return holder.station === null ? `${holder.deputy}代表` : `${holder.deputy}代表（${holder.station}）`;
}

/** A short sentence that says who has it now. */
function inCharge(holder: Holder): string {
  return holder === null ? `这件事由${OFFICE}分派，定下由谁负责会告诉您。` : `这件事由${who(holder)}负责。`;
}

const OUTCOMES: Readonly<Record<CaseOutcome, string>> = {
  solved: "说已解决",
  explained: "已作说明",
  not_in_scope: "不属于代表工作范围",
  duplicate: "与另一件是同一件事",
  withdrawn: "已撤回",
  no_contact: "没有联系上，先放下",
};

/** What is said of a closing beside the deputy's own words: of "solved" nothing, for these tell how far it was. */
const CLOSED_AS: Readonly<Record<CaseOutcome, string>> = {
  ...OUTCOMES,
  solved: "",
  explained: "，作了说明",
  not_in_scope: "：不属于代表工作范围",
  duplicate: "：和另一件是同一件事",
};

const STATES: Readonly<Record<CaseState, string>> = {
  clarifying: "还要问清地方",
  triage: "等待分派",
  assigned: "有代表负责，等答复",
  answered: "代表有答复了",
  referred: "代表请有关单位来办",
  closed: "办结",
};

const SHOWN = {
  photo: "照片收到了。",
  voice: "语音收到了，没能变成文字。",
  video: "视频收到了。",
  file: "文件收到了。",
} as const;

/** What is added to a place that nobody named in words. */
const PLACE_BY = { told: "", scene: "（您扫的码）", home: "（您以前的地方）" } as const;

const ALL_LINES = "报警110，火警119，急救120，车祸122。";

function caseLine(line: CaseLine): string {
  const state = line.outcome === null ? STATES[line.state] : `${STATES[line.state]}（${OUTCOMES[line.outcome]}）`;
  const holder = line.holder === null ? OFFICE : who(line.holder);
  if (line.state === "clarifying")
    return `编号${line.number}${line.summary}\n${state}，您告诉我们在哪里，就接着办；等您的这几天不算在答复的期限里`;
  const due = line.state === "closed" ? "" : `，${zhDue(line.dueOn)}答复`;
  return `编号${line.number}${line.summary}\n${state}，${holder}${due}`;
}

/** The Chinese wording: every sentence, short and plain, for people who read slowly. */
export const zh: Wording = {
  ...zhMatters,
  ...zhHandling,
  ...zhToDeputies,
  ...zhReminders,
  ...zhAtOnce,
  ...zhWriter,
  ...zhPress,
  ...zhVoice,

  receipt: ({ number, holder, dueOn, priority, place, matter, isSpoken = false }) =>
    [
      `收到了，编号${number}${matter === "" ? "。" : `：${matter}`}`,
      ...(place === null
        ? []
        : [`地点：${place.label}${isSpoken ? "" : PLACE_BY[place.by]}。${isSpoken ? "" : "不对就回“换地方”。"}`]),
      inCharge(holder),
      `${zhDue(dueOn)}给您回话。`,
      ...(priority ? ["这件事按急事办。"] : []),
      isSpoken ? "想问进展，来站里或者打电话，报编号就行。" : "想问进展，回“进度”。",
    ].join("\n"),

  sealedReceipt: ({ number, dueOn, priority, isSpoken = false }) =>
    [
      zh.receipt({ number, holder: null, dueOn, priority, place: null, matter: "", isSpoken }),
      "想直接向纪检监察机关反映，可以打12388。",
    ].join("\n"),

  outOfScope: zhOutOfScope,
  wagesRoute: ({ isAtHome }) =>
    `拖欠工资的事，现在也可以找劳动监察：打12333，或在微信里搜“根治欠薪”小程序留线索。欠条、考勤、聊天记录请留好。我们不会把您的名字告诉老板。${isAtHome ? "活是在哪里干的？请告诉我们乡镇和村或者小区，好让那边的代表也知道。" : ""}`,

  deskNotice: ({ county }) =>
    [
      `这里是${county}人大代表联络站。您说的话只用来找到负责的代表、办这件事和给您回话。`,
      "代表看得到事情和地方，看不到您的姓名和电话。电话只给要给您回话的人看，每看一次都记下来。",
      "姓名和电话可以不留。想查看、更正或删除您的信息，随时跟我们说。",
    ].join("\n"),

  privacyNotice: ({ county, platform }) =>
    [
      `这里是${county}人大代表联络站。您说的话只用来找到负责的代表、办这件事和给您回话。`,
      `代表看得到事情和地方，看不到您的${platform}；身份证号、电话、门牌号会遮住。原话只有${OFFICE}能看。`,
      "请别发身份证号、银行卡号。",
      "要看您的资料，回“我的数据”；要删，回“删除我的数据”。",
    ].join("\n"),

  notOpen: ({ county }) =>
    [
      `${county}人大代表联络站还在试运行，没有正式开通，现在还不能照常给您答复。`,
      `您说的话已经存下，${OFFICE}看得到。`,
      "要尽快办的事，请打12345；有危险，马上打110、120、119。",
    ].join("\n"),
  notOpenToDeputy: ({ county }) =>
    `${county}人大代表联络站还在试运行，您这部手机已绑定，但不在试用名单里，现在不会给您发案件和别的消息。您刚才的话已经存下。`,
  residentsUntold: () => "（试运行中：居民不在名单里的，先不发给他们。）",
  trialJoined: ({ county }) =>
    `这部手机加入了${county}人大代表联络站的试用：您可以像居民一样发消息，会收到服务的回话。这不是正式开通。`,

  askWhere: ({ number, turn, why, shown, labels, orElsewhere }) => {
    const [first = "", ...rest] = labels;
    const reason = {
      nothing: shown === null ? "请问在哪里？" : `${SHOWN[shown]}这是在哪里？出了什么事？`,
      border: "这个地方在两片的交界。离哪边更近？",
      "name-in-several": "这个名字有好几处。您说的是哪一处？",
      "township-only": "请问在这个乡镇的哪个村、哪个小区？",
      "several-places": "您说了好几个地方，是哪一处？",
      "part-of-estate": "请问是哪一片？",
      "near-name": `您说的是${labels.join("，还是")}吗？`,
      "same-as-last": `还是在${first}吗？`,
      "scanned-or-named": `${labels.join("，还是")}？`,
    }[why];
    return {
      text: `编号${number}：${turn === 2 ? "还差一点，再问您一次。" : ""}${reason}`,
      labels: orElsewhere ? (rest.length === 0 ? ["是", "不是"] : [...labels, "都不是"]) : labels,
      closing:
        labels.length === 0
          ? "请写村名、小区名，或者发个位置。"
          : "回数字就行。都不是，请写村名、小区名，或者发个位置。",
    };
  },

  askWhatIsWrongHere: ({ label }) => `位置${label}收到了。请问那里出了什么事？`,
  askWhatIsWrongThere: ({ place }) => `好的，${place}。请问那里出了什么事？`,
  askToGoOn: () => "您好，我在听。请说说是什么事，在哪里。",

  emergency: ({ topics }) => {
    const cards = topics.map((topic) => zhEmergencies[topic]);
    const head = topics.every((topic) => topic === "self-harm") ? [] : ["先保人，马上打电话！"];
    return [...head, ...cards, ALL_LINES, "我们不能替您报警。您说的事也记下了，按急事办。"].join("\n");
  },

  dangerLine: () => "如果有人有危险，先打110、120、119。",
  whichAct: ({ options, about }) => zhWhichAct(options, about),
  serviceAnswer: (facts) => zhServiceAnswer(facts),
  verdictStays: ({ number }) => `记下了，和编号${number}放在一起。办好了没有，您看过再说：回 1 满意，2 不满意。`,

  followUpNoted: ({ number, holder }) => `记下了，和编号${number}放在一起。${inCharge(holder)}`,
  reopened: ({ number, holder, dueOn }) =>
    `编号${number}重新打开了，对不住，让您费心。${inCharge(holder)}${zhDue(dueOn)}给您回话。`,
  reply: ({ number, deputy, text }) =>
    `${deputy}代表答复您（编号${number}）：\n${text}\n有话直接回，我们会记到这件事里。`,
  closure: ({ number, deputy, outcome, text }) =>
    `编号${number}，${deputy}代表办结了${CLOSED_AS[outcome]}。代表的话：\n${text}\n没办好您就直接说，可以重新打开。`,
  officeReply: ({ number, text }) => `${OFFICE}答复您（编号${number}）：\n${text}\n有话直接回，我们会记到这件事里。`,
  officeClosure: ({ number, outcome, text }) =>
    [
      `编号${number}，${OFFICE}办结了${CLOSED_AS[outcome]}。`,
      ...(text === null ? [] : [text]),
      "没办好您就直接说，可以重新打开。",
    ].join("\n"),
  closingPhoto: ({ comes, at }) =>
    comes
      ? `有一张照片，接着发给您；没收到的话，可到${at ?? OFFICE}看。`
      : `有一张照片，这里发不了图片，可到${at ?? OFFICE}看。`,
  dueMoved: ({ number, dueOn, text }) => `编号${number}改了日子：${zhDue(dueOn)}给您回话。原因：\n${text}`,
  correction: ({ number, deputy, text }) =>
    `更正：${deputy}代表先前给您的话（编号${number}）说得不对，以这次的为准：\n${text}\n有话直接回，我们会记到这件事里。`,
  reopenedByDeputy: ({ number, deputy, text, dueOn }) =>
    [
      `编号${number}先前告诉您办结了，${deputy}代表收回了：还没办完，重新打开接着办，您不用评价了。`,
      ...(text === null ? [] : [text]),
      `${zhDue(dueOn)}给您回话。`,
    ].join("\n"),
  askRating: ({ number }) => ({
    text: `编号${number}办得怎么样？您说了算。`,
    labels: ["满意", "不满意"],
    closing: "回1满意，回2不满意，也可以多说几句。",
  }),
  closedWithoutContact: ({ number }) => `编号${number}还不知道在哪里，先放下了。您回一句在哪里，就重新打开。`,
  ratingNoted: ({ number }) => `记下了，谢谢您。编号${number}以后再有问题，直接说就行。`,
  reassigned: ({ number, holder, dueOn }) => `编号${number}换人了。${inCharge(holder)}${zhDue(dueOn)}给您回话。`,
  referred: ({ number, deputy, unit, dueOn }) =>
    `编号${number}，${deputy}代表请${unit}来办，由${OFFICE}去联系。${deputy}代表接着跟，${zhDue(dueOn)}给您回话。`,
  status: ({ cases }) =>
    cases.length === 0
      ? zh.nothingOpen()
      : [
          ...cases.map(caseLine),
          ...(cases.some((line) => line.state !== "closed") ? ["要催，回“催办 编号”。"] : []),
        ].join("\n\n"),
  reminded: ({ number, holder, dueOn }) => `催办记下了，编号${number}。${inCharge(holder)}${zhDue(dueOn)}给您回话。`,
  withdrawn: ({ number }) => `编号${number}撤回了。以后有事，直接说就行。`,
  whichCase: ({ cases }) => ({
    text: "您说的是哪一件？",
    labels: cases.map((line) => `编号${line.number}${line.summary}`),
    closing: "回数字就行。",
  }),
  numberUnknown: ({ typed }) => `您没有编号${typed}这件事。回“进度”看您的事；有新的事，直接说。`,
  nothingOpen: () => "您现在没有在办的事。有事直接说，说清是什么事、在哪里。",
  why: ({ number, decision, holder }) => zhWhy(number, decision, holder),
  askAnotherPlace: ({ number }) => `好的，编号${number}换个地方。请写对的村名、小区名，或者发个位置。`,
  thanksNoted: () => "谢谢您这么说，您的话我们记下了。",
  myData: ({ cases, homeGrid, since, looks, platform }) =>
    [
      `我们从${zhDay(since)}起存着：您的${platform}账号标识（加密）、您说过的话和${cases}件事的办理记录${homeGrid === null ? "" : `、您常说的地方（网格${homeGrid}）`}。`,
      zhWhoRead(looks),
      "用来办事和给您回话。要删，回“删除我的数据”。",
    ].join("\n"),
  deletionNoted: ({ number, dueOn, erased, open }) =>
    [
      `收到，您要删自己的数据，编号${number}。`,
      erased === 0
        ? "您没有办完了的事。还没归到哪件事里的话，都删了。"
        : `办完的${erased}件，您说过的话和照片都删了，找不回来。`,
      ...(open.length === 0
        ? []
        : [`编号${open.join("、")}还在办，话先留着，好接着办。等办完了再回一次“删除我的数据”；不想办了，先回“撤回”。`]),
      `其余由${OFFICE}来办，${zhDue(dueOn)}给您回话。编号、日期、办理记录依法要留的，会说明留什么、为什么。`,
    ].join("\n"),
  residentHelp: () =>
    [
      "有事直接说：什么事、在哪里。可以发文字、语音、照片、位置。",
      "进度：看办到哪了",
      "催办：催一催",
      "撤回：不办了",
      "为什么：为什么找这位代表",
      "换地方：地方不对",
      "合并：两件其实是一件",
      "我的数据、删除我的数据",
      "关联：换个平台接着用",
      `有危险先打电话：${ALL_LINES}`,
    ].join("\n"),
  notUnderstoodWords: () => "对不住，这条消息没看懂，请换个说法再发一次。",
  notUnderstoodForm: () => "对不住，这种消息我们还看不了。请用文字、语音、照片或位置再发一次。",
  choiceOutOfRange: ({ choices }) => `没有这个数字，请回1到${choices}。都不是，就写出来。`,
  noSuchChoice: () => "这个数字现在用不上。有事直接说；问办到哪了，回“进度”。",
  welcome: ({ place }) =>
    `您好，这里是人大代表联络站${place === null ? "" : `，您扫的是“${place}”`}。有事直接说：什么事、在哪里。想看用法，回“帮助”。`,
  endedPlace: ({ place, untilOn, station }) =>
    `您好，这里是人大代表联络站。您扫的“${place}”这个网格到${zhDay(untilOn)}为止，现在没有了。${station === null ? "有事直接说：什么事，在哪里请写清楚。" : `有事直接说，会交给${station}；不在那一带的，请写清楚在哪里。`}`,
  identityRefused: () =>
    "您好，这里不凭一句话认身份，也不会把别人的姓名、电话、住址告诉任何人。您要是代表，请回“绑定”加上邀请码。有事要反映，直接说就行。",
  photoAgain: ({ number }) => `编号${number}的这张照片您可能已经收到过，怕没送到，再发一次：`,
  toldAgain: ({ text, sentOn }) =>
    `（${sentOn === null ? "" : `${zhDay(sentOn)}发过，`}这条您可能已经收到过，怕没送到，再发一次）\n${text}`,

  outcome: (outcome) => OUTCOMES[outcome],
  state: (state) => STATES[state],
};
