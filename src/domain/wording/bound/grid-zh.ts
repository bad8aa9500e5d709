import { shortNumber } from "../days.ts";
import type { GridMatter, GridWording } from "./grid-sentences.ts";

const OFFICE = "县人大代表工作机构";

function holder(isWithDeputy: boolean): string {
  return isWithDeputy ? "代表" : OFFICE;
}

function inHand(deputy: string | null): string {
  return deputy === null ? `${OFFICE}在办` : `${deputy}代表在办`;
}

function line({ number, place, text, deputy }: GridMatter): string {
  return `${shortNumber(number)}号 ${place}：${text}（${inHand(deputy)}）`;
}

function whole({ number, place, text }: GridMatter): string[] {
  return [`${shortNumber(number)}号`, `地点：${place}`, `内容：${text}`];
}

function howTo(number: string): string {
  return `看过以后，回“现场 ${shortNumber(number)} 看到的情况”，接着可以发照片。`;
}

/** The Chinese sentences to grid workers, and to deputies about what they say. */
export const gridZh: GridWording = {
  boundAs: ({ grid, open }) =>
    `绑定好了，您在这里是${grid}的网格员。这个网格在办的有${open}件。回“列表”看，回“帮助”看用法。`,
  help: ({ grid }) =>
    [
      `您在这里是${grid}的网格员：`,
      "列表：这个网格在办的事",
      "12：看12号",
      "现场 12 看到的情况：告诉办这件事的代表，居民看不到；接着发照片就放进这一件",
      "您自己有事要反映，直接说就行。",
    ].join("\n"),
  list: ({ grid, matters, more }) =>
    matters.length === 0
      ? `${grid}现在没有您能看的在办的事。`
      : [
          `${grid}在办的有${matters.length + more}件：`,
          ...matters.map(line),
          ...(more === 0 ? [] : [`还有${more}件没有列出来。`]),
        ].join("\n"),
  matter: (one) => [...whole(one), `${inHand(one.deputy)}。`, howTo(one.number)].join("\n"),
  notHere: ({ typed }) => `没有${typed}号，或者不归这个网格。`,
  missingWords: ({ number }) => `还没写看到了什么，没有记下。请回“现场 ${shortNumber(number)} 看到的情况”。`,
  noted: ({ number, isWithDeputy }) => `${shortNumber(number)}号记下了，${holder(isWithDeputy)}看得到，居民看不到。`,
  photoTaken: ({ number, isWithDeputy }) =>
    `${shortNumber(number)}号的照片收到了，${holder(isWithDeputy)}看得到，居民看不到。`,
  asked: ({ reason, ...matter }) => {
    const [, ...rest] = whole(matter);
    const by = matter.deputy === null ? OFFICE : `${matter.deputy}代表`;
    return [
      `【请去看看】${shortNumber(matter.number)}号，${by}请您到现场看一看`,
      ...rest,
      ...(reason === null ? [] : [`${by}的话：${reason}`]),
      howTo(matter.number),
    ].join("\n");
  },
  seen: ({ number, grid, text }) =>
    `${grid}的网格员看了${shortNumber(number)}号：${text}\n这是网格员说的，居民还不知道。要告诉居民，回“回复 ${shortNumber(number)} 您的话”。`,
  shows: ({ number, grid }) => `${grid}的网格员发来${shortNumber(number)}号的一张照片，居民还没看到。`,
  askTaken: ({ number, grid }) =>
    `${shortNumber(number)}号，正在请${grid}的网格员去看。这件仍在您手上，网格员怎么说会告诉您。`,
  askNobody: ({ number, grid }) =>
    grid === null
      ? `${shortNumber(number)}号不知道在哪个网格，没有请到网格员。请您自己去看，或者回“退回 ${shortNumber(number)} 原因”。`
      : `${grid}还没有网格员在这里，${shortNumber(number)}号没有请到人。请打电话联系，或者找${OFFICE}。`,
  askStays: ({ number }) => `${shortNumber(number)}号不适合请网格员去看，没有告诉他们。请您自己去看，或者找${OFFICE}。`,
};
