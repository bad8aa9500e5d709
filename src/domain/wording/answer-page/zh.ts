import { shortNumber, zhDue } from "../days.ts";
import type { AnswerPageWording } from "./sentences.ts";

const AGAIN = "还要用，请在聊天里再发“网页”和编号。";

/** The Chinese words of a deputy's one-time page. */
export const answerPageZh: AnswerPageWording = {
  lang: "zh-CN",
  title: ({ county }) => `${county}人大代表联络站 · 代表答复`,
  intro: () => "这是您在聊天里要的一次性网页，用来写答复、发照片。只能在一部手机上打开。",
  open: () => "打开",
  pasteHint: () => "没有看到“打开”按钮？把聊天里的链接整条复制，粘贴到下面：",
  pasteLink: () => "链接",
  larger: () => "大字",
  smaller: () => "小字",
  otherLanguage: () => "English",
  caseTitle: ({ number }) => `编号 ${number}`,
  private: () => "居民的话只给您看，请不要转发、截图外传。",
  due: ({ due, isLate }) => (isLate ? `本该${zhDue(due)}答复，已经过期。` : `请${zhDue(due)}答复居民。`),
  place: ({ place }) => `地点：${place}`,
  thread: () => "居民和您说过的话",
  resident: () => "居民",
  deputy: () => "您",
  photo: () => "居民发来的照片",
  recording: () => "居民的录音",
  file: () => "居民发来的文件",
  filesWithheld: () => "居民发过照片或录音，可能看得出是谁，不在这里显示。",
  act: () => "这一次是",
  reply: () => "答复（还没办完）",
  close: () => "办结（已经有结果）",
  how: () => "办结要选：您怎么知道的",
  hows: {
    visit: "我去看过",
    phone: "我打电话问过，或看过照片",
    unit_word: "单位说的",
    resident_word: "居民说的",
  },
  yourWords: () => "您要对居民说的话",
  wordsHint: ({ most }) => `最多${most}个字，居民会原样收到。`,
  addPhotos: ({ most }) => `加照片（最多${most}张）`,
  photosHint: () => "照片也会发给居民。",
  send: () => "发出",
  sending: () => "正在发出……",
  tryAgain: () => "再发一次",
  noNetwork: () => "没有网络，还没发出。写的字都在，有网了再点“发出”。",
  sentTitle: () => "您发出的答复",
  sentHint: ({ number, isClosing }) =>
    `${shortNumber(number)}号已收到，正在${isClosing ? "把结果告诉居民" : "转给居民"}。这个页面24小时后不再显示。`,
  refused: {
    notThere: () => "没有这个页面。",
    elsewhereFrom: () => "这条内容不是从我们的页面发来的，没有收下。请从聊天里的链接重新打开。",
    wrongLink: () => `这个链接不对，或者不能用了。请从聊天里重新点开，或把链接整条复制过来。${AGAIN}`,
    otherDevice: () => "这个链接已经在另一部手机上打开过。请在自己的手机上打开，或在聊天里重新要一个。",
    standing: ({ standing }) =>
      `${STANDING[standing]}${standing === "used" || standing === "replaced" ? "" : AFTER[standing]}`,
    empty: () => "还没写答复。请写几句话，或加照片；办结一定要写结果。",
    noAct: () => "请先选：这一次是答复，还是办结。",
    noHow: () => "办结请选一下：您怎么知道已经办好了。",
    tooLong: ({ most }) => `写得太长了，最多${most}个字。请写短一点再发。`,
    tooLarge: ({ megabytes }) => `有一张照片太大，一张最多${megabytes}兆。请换一张小的。`,
    tooManyPhotos: ({ most }) => `照片太多了，一次最多${most}张。`,
    noPhoto: () => "有一个文件不是照片，没有发出。请换一张照片。",
    notStored: () => "没有发出。写的字都在，请过一会儿再点“发出”。",
  },
  chat: {
    link: ({ number, address, hours }) =>
      `${shortNumber(number)}号的一次性答复网页，可以写字、发照片：\n${address}\n${hours}小时内有效，用一次就失效，只能在一部手机上打开。请不要转发。`,
    noLink: ({ number }) =>
      `现在发不出${shortNumber(number)}号的网页链接。请直接回“回复 ${shortNumber(number)} 您的话”；照片可以直接发来。`,
    answered: ({ number, isClosing, photos, kept }) =>
      [
        `已通过网页${isClosing ? "办结" : "答复"} ${shortNumber(number)}${photos > 0 ? `，附${photos}张照片` : ""}。`,
        kept > 0 ? `${kept}张照片已记到这一件里，居民的账号收不了照片。` : "",
        "不是您本人发的，请马上告诉县人大代表工作机构。",
      ].join(""),
    otherDevice: ({ number }) =>
      `有人想在另一部手机上打开${shortNumber(number)}号的答复网页，没有打开。如果是您自己，请在先打开的那部手机上用，或再发“网页 ${shortNumber(number)}”要一个新的。不是您，请不要转发链接。`,
  },
};

const STANDING = {
  used: "这个链接已经用过了。",
  over: "这个链接已经用过了。",
  expired: "这个链接过期了。",
  replaced: "这个链接不能用了，您后来又要了一个，请用新的那个。",
  unbound: "发出这个链接的聊天已经不再绑定代表，链接不能用了。",
  "term-over": "您的任期已经结束，这个链接不能用了。",
  away: "您请假了，这一件有人代您办，链接不能用了。",
  "not-yours": "这一件已经办结，或者已经不在您手上，链接不能用了。",
} as const;

const AFTER = {
  over: "",
  expired: AGAIN,
  unbound: "请在现在用的聊天里办。",
  "term-over": "",
  away: "回来了请在聊天里回“销假”。",
  "not-yours": "请在聊天里回“列表”看手上的事。",
} as const;
