import { shortNumber, zhDay, zhDue } from "../days.ts";
import type { Question } from "../question.ts";
import type { Holder } from "../who-answers.ts";
import type { WriterWording } from "../writer.ts";

const OFFICE = "县人大代表工作机构";
const CARE = [
  "请别告诉我们名字、电话、家在哪里，也别发照片。",
  "让爸爸妈妈或者老师也知道这件事，好吗？有危险马上打110。",
];

function having(holder: Holder): string {
  return holder === null ? OFFICE : `${holder.deputy}代表`;
}

/** The Chinese sentences that depend on who writes. */
export const zhWriter: WriterWording<Question> = {
  minorReceipt: ({ number, priority }) =>
    [`你说的我们记下了，编号${number}，会有大人来看这件事。${priority ? "这件事很急，我们先办。" : ""}`, ...CARE].join(
      "\n",
    ),
  askSchool: ({ number }) => ({
    text: [`你说的我们记下了，编号${number}。这是哪个学校？`, ...CARE].join("\n"),
    labels: [],
    closing: "写学校的名字就行。",
  }),
  minorCare: ({ number }) => [`编号${number}：你说的都记下了，会有大人来看这件事。`, ...CARE].join("\n"),
  minorMedia: ({ number }) => `编号${number}：照片和录音我们没有收下，也不会留。写几个字告诉我们就行。`,
  residentIsMinor: ({ number }) =>
    `${shortNumber(number)}号是一名小学生或初中生说的。请不要打听是谁，不要要电话、照片，需要时找学校。`,

  petitionRoute: ({ office, noticeBy }) =>
    [
      office === null
        ? "您要走信访程序的话：请找县信访局，或者上网上国家信访局。"
        : `您要走信访程序的话：${office.name}（${[office.address, office.phone, office.hours].filter((one) => one !== "").join("，")}），网上国家信访局。`,
      `我们不受理信访，也不代办。您说的事我们登记了，该归哪个单位管，${zhDue(noticeBy)}书面告诉您。`,
      "已经受理的信访，请等期限：一般60天。",
    ].join("\n"),
  petitionNotice: ({ number, notice, organ, article, text, on }) =>
    [
      `${notice}（${zhDay(on)}）`,
      `您反映的编号${number}，按《信访工作条例》第${article === "22" ? "二十二" : "二十三"}条，归${organ}管。`,
      ...(text === null ? [] : [text]),
      `请向${organ}提出。我们不受理信访，也不代办。`,
    ].join("\n"),

  unnamedKept: ({ number, readBy, isMasked }) =>
    [
      `编号${number}：记下了，不让人知道是您说的。`,
      "这句话，还有看得出是您的话（您是谁、住哪、在哪上班、家里人），不转给代表、站里和单位。照片也不转。",
      ...(readBy.length === 0
        ? []
        : [
            `要跟您说实话：${readBy.join("、")}已经看过您先前的话，收不回来了${isMasked ? "（姓名、电话、门牌号当时就遮住了）" : ""}。从现在起不再转。`,
          ]),
      "出了什么事、在哪里，还是要告诉他们，不然办不了；这件事要是只有您知道，别人可能会猜到。",
      `您的原话只有${OFFICE}能查，查的人要写理由，每次都记下来。`,
    ].join("\n"),
  unnamedMedia: ({ number }) => `编号${number}：收到了。照片可能看得出是您，没有转给代表，只存在${OFFICE}。`,

  corrected: ({ number, text, holder, isMoved }) =>
    [
      `编号${number}改好了，按您更正的办：`,
      text,
      isMoved ? `更正以后归${having(holder)}负责，已经转过去了。` : `还是${having(holder)}负责，更正已经转过去了。`,
      "您先前的话也留着。",
    ].join("\n"),
  askRight: ({ number }) => `编号${number}：您说有地方不对，记下了，也转给了负责的人。对的是什么？请再写一句。`,
  correctedLate: ({ number, text, holder, isClosed }) => ({
    text: [
      `编号${number}：您的更正记下了：`,
      text,
      isClosed
        ? "这件事已经办结了，是按您先前的话办的。要不要重新打开，按更正的再办？"
        : `${having(holder)}已经答复过您，是按您先前的话答复的。更正已经转过去了。要不要请再看一次？`,
    ].join("\n"),
    labels: isClosed ? ["要，重新打开", "不用了"] : ["要，再看一次", "不用了"],
    closing: "回1要，回2不用。",
  }),
  correctedStays: ({ number }) => `好的，编号${number}就这样。您的更正留在里面。`,
  lookAgainTaken: ({ number, holder }) => `编号${number}：已经请${having(holder)}按您的更正再看一次。`,
  residentCorrected: ({ number, text }) => `${shortNumber(number)}号，居民更正：\n${text}`,
  movedByCorrection: ({ number, holder }) =>
    `${shortNumber(number)}号不用您办了：居民更正了，改由${having(holder)}负责。`,
  residentAsksAgain: ({ number }) => `${shortNumber(number)}号，居民更正后请您再看一次：先前的答复是按原来的话说的。`,
};
