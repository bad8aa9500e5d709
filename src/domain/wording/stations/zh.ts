import { shortNumber, zhDay, zhDue } from "../days.ts";
import type { CallLine, CannotPass, StationWording, VisitLine } from "./sentences.ts";

const OFFICE = "县人大代表工作机构";

function whom({ to, deputy }: CallLine): string {
  if (to === "deputy") return `打给${deputy ?? ""}代表`;
  return to === "joined" ? "打给一起反映的人" : "打给反映人";
}

function callLine(call: CallLine): string {
  const { nth, number, maskedPhone, place, text, tries, againOn } = call;
  const tried = tries === 0 ? "" : `，打过${tries}次没打通`;
  const again = againOn === null ? "" : `，${zhDay(againOn)}再打`;
  return `${nth} ${whom(call)} ${maskedPhone ?? "没有号码"}，${shortNumber(number)}号 ${place}：${text}${tried}${again}`;
}

function visitLine({ number, place, text }: VisitLine): string {
  return `${shortNumber(number)}号 ${place}：${text}`;
}

const CANNOT: Readonly<Record<CannotPass, (typed: string, deputy: string) => string>> = {
  "not-here": (typed) => `没有${typed}号，或者不归你们站。`,
  "in-hand": (typed, deputy) =>
    `${typed}号由${deputy}代表在办，还没过期，没有转派。代表有困难，请代表自己回“转办”，或者找${OFFICE}。`,
  "goes-with-another": (typed) => `${typed}号和别的件并在一起办，没有转派。请找${OFFICE}。`,
  away: (typed, deputy) => `${deputy}代表请假了，${typed}号没有转派。请换一位代表。`,
  "term-ended": (typed, deputy) => `${deputy}代表的任期到了，${typed}号没有转派。请换一位代表。`,
  returned: (typed, deputy) => `${deputy}代表退回过${typed}号，没有转派。请换一位代表，或者找${OFFICE}。`,
  "has-it": (typed, deputy) => `${typed}号就在${deputy}代表手上，没有转派。`,
};

/** The Chinese sentences to the people of stations. */
export const stationsZh: StationWording = {
  help: ({ station }) =>
    [
      `您在这里代表${station}：`,
      "代记 他说的话：替来站里的人记一件事，接着发照片就放进这一件",
      "电话：看要打的电话",
      "号码 1：看第1个的号码和要说的话，每看一次都记下来",
      "已告知 1：说过了",
      "打不通 1：没打通，过后再打",
      "转派 12 代表：12号没人办或者过期了，转给本站的一位代表",
      "您自己有事要反映，直接说就行。",
    ].join("\n"),
  taken: ({ number, holder }) =>
    `记下了，编号${number}，${holder === null ? `由${OFFICE}先看` : `由${holder.deputy}代表负责`}。`,
  readThis: () => "请念给他听：",
  howTold: ({ number, canScan }) => ({
    text: `${shortNumber(number)}号，怎么告诉他结果？`,
    labels: [canScan ? "用他的微信：请他扫码" : "微信（这里现在出不了码）", "打电话", "他再来站里"],
    closing: `回数字就行。打电话，也可以直接回“电话 号码”。`,
  }),
  howToldSealed: ({ number }) =>
    `${shortNumber(number)}号只有${OFFICE}看得到，请别跟别人说起。他要人打电话给他，回“电话 号码”，由${OFFICE}打；不留号码，请他过后找${OFFICE}问。`,
  howToldMinor: ({ number }) =>
    `${shortNumber(number)}号是孩子说的：不记电话，不扫码，也不收照片。结果请孩子的爸爸妈妈或者老师来站里问。`,
  missingWords: () => "还没写他说了什么，没有记下。请回“代记 他说的话”。",
  unclearPlace: ({ offers }) =>
    [
      "听不出是哪里的事，没有记下。请连地方一起再说一遍：代记 哪个村或者小区，什么事",
      ...(offers.length === 0 ? [] : [`是不是：${offers.join("、")}？`]),
    ].join("\n"),
  placeOfOther: ({ station }) => `那里归${station}，没有记下。请他找那个站，或者请他在微信里自己说。`,
  codeComes: ({ number }) =>
    `${shortNumber(number)}号的码正在做，做好就发到这里，请他用微信扫一扫。没收到，回“电话 号码”。这个码只能用一次，7天里有效。`,
  noCode: ({ number }) => `${shortNumber(number)}号在这里出不了码。请回“电话 号码”，或者请他再来站里。`,
  askPhone: ({ number }) => `${shortNumber(number)}号打哪个号码？请回“电话 号码”。他不留就回3。`,
  phoneTaken: ({ number, maskedPhone }) =>
    `${shortNumber(number)}号记下了，有答复就打${maskedPhone}告诉他。要打的时候，回“电话”看得到。`,
  notAPhone: () => "这个号码不对，没有记下。请回“电话 号码”，手机11位，座机带区号。",
  comesAgain: ({ number }) =>
    `记下了，他再来站里问。有答复以后，回“电话”看得到；告诉他了，回“已告知 ${shortNumber(number)}”。`,
  tooLate: ({ number }) => `${shortNumber(number)}号已经定了怎么告诉他，或者不能改了，这条没有记下。`,
  photoTaken: ({ number }) => `照片收到了，放进${shortNumber(number)}号。`,
  calls: ({ station, calls, more, visits }) =>
    calls.length + visits.length === 0
      ? `${station}现在没有要打的电话。`
      : [
          ...(calls.length === 0 ? [] : [`${station}有${calls.length + more}个电话要打：`, ...calls.map(callLine)]),
          ...(more === 0 ? [] : [`还有${more}个，打完这些再回“电话”。`]),
          ...(calls.length === 0 ? [] : ["看号码和要说的话，回“号码 1”；说过了，回“已告知 1”；没打通，回“打不通 1”。"]),
          ...(visits.length === 0
            ? []
            : ["这些人会再来站里，有话等着告诉他们：", ...visits.map(visitLine), "告诉了，回“已告知 编号”。"]),
        ].join("\n"),
  noCall: ({ typed }) => `没有${typed}号要打的电话，或者不归你们站。回“电话”看一看。`,
  whichCall: ({ calls }) =>
    [
      "是哪一个？回“电话”看清楚，再回整个编号，或者清单上的数：",
      ...calls.map((one) => `${one.number} ${whom(one)}`),
    ].join("\n"),
  shown: ({ call, phones, words }) =>
    [
      `${whom(call)}：${phones.join("、")}（${shortNumber(call.number)}号）`,
      "要说的话：",
      words,
      `说过了，回“已告知 ${call.nth}”；没打通，回“打不通 ${call.nth}”。看过这个号码，已经记下来了。`,
    ].join("\n"),
  sayToDeputy: ({ number, deputy, isLate }) =>
    isLate
      ? `${deputy}代表，您手上的${shortNumber(number)}号过了答复的日子，居民在等。请在微信里回“${shortNumber(number)}”看，有困难跟我们说。`
      : `${deputy}代表，您手上有事要办，微信里的消息您还没看到。请打开微信，回“列表”。`,
  nothingToSay: () => "（现在没有等着要说的话）",
  noNumber: ({ call }) => `${shortNumber(call.number)}号没有可以打的号码。`,
  told: ({ number, words }) =>
    words === null
      ? `${shortNumber(number)}号记下了，已经告知。`
      : `${shortNumber(number)}号记下了，算告知了的话：\n${words}`,
  changed: ({ number, words }) =>
    `${shortNumber(number)}号刚才又有新的话，还没有算告知。请把这些告诉他，再回“已告知”：\n${words}`,
  toldAsWritten: () => "（照原话告诉了）",
  unreached: ({ number, againOn, days }) =>
    `${shortNumber(number)}号记下了，没打通${days > 1 ? `（${days}天了）` : ""}。${zhDay(againOn)}再打。`,
  givenUp: ({ number }) => `${shortNumber(number)}号三天都没打通，记下了，交给${OFFICE}想办法。你们不用再打。`,
  late: ({ number, place, text, deputy, dueOn }) =>
    [
      `【过期】${shortNumber(number)}号 ${place}：${text}`,
      `${deputy}代表还没答复（${typeof dueOn === "string" ? `应答日${zhDay(dueOn)}` : zhDue(dueOn)}）。请提醒代表：回“电话”看得到。`,
      `代表有困难，回“转派 ${shortNumber(number)} 代表”。`,
    ].join("\n"),
  passed: ({ number, deputy }) => `${shortNumber(number)}号转派给${deputy}代表了，正在告诉代表和居民。`,
  cannotPass: ({ typed, why, deputy }) => CANNOT[why](typed, deputy ?? ""),
  whichDeputy: ({ typed, deputies }) =>
    deputies.length === 0
      ? `本站没有这位代表，${typed}号没有转派。请回“转派 ${typed} 代表的名字或者编号”。`
      : [
          `是哪一位代表？${typed}号还没有转派。请回“转派 ${typed} 编号”：`,
          ...deputies.map(({ code, name }) => `${code} ${name}`),
        ].join("\n"),
  yours: ({ number, summary, holder }) =>
    [
      `编号${number}：${summary}`,
      `${holder === null ? `由${OFFICE}先看` : `由${holder.deputy}代表负责`}。有答复就发到这里。想问进展，回“进度”。`,
    ].join("\n"),
  codeOver: () => "这个码用过了，或者过期了。请到站里再要一个，或者直接在这里说您的事。",
};
