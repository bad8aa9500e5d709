import { shortNumber, zhDue } from "../days.ts";
import type { MattersWording } from "../matters.ts";

/** The Chinese sentences about several matters of one message. */
export const zhMatters: MattersWording = {
  mattersApart: ({ numbers }) =>
    `您这条消息里有${numbers.length}件事，已经分开办：${numbers.map(shortNumber).join("、")}号。其实是一件事的，回“合并 ${shortNumber(numbers.at(-1) ?? "")} 到 ${shortNumber(numbers[0] ?? "")}”。`,
  putTogether: ({ number, into }) => `合好了：编号${number}并到编号${into}，您的话都在编号${into}里，一起办。`,
  cannotPutTogether: () => "没有合并：要写两件还在办的事的编号，比如“合并 22 到 21”。想看编号，回“进度”。",
  partOfAnother: ({ number, into }) =>
    into === null
      ? `${shortNumber(number)}号，居民说和别人在办的另一件是一件事，您不用单独办了。`
      : `${shortNumber(number)}号，居民说和${shortNumber(into)}号是一件事，话都在${shortNumber(into)}号里，一起办。`,
  splitTaken: ({ number, from, holder }) =>
    `从${shortNumber(from)}号里分出来了：${shortNumber(number)}号，${holder === null ? "由县办安排" : `由${holder}代表负责`}。正在告诉居民。`,
  takenOut: ({ number, from, deputy, dueOn, matter }) =>
    [
      `您在编号${from}里还说了一件事：${matter}`,
      `这件单独办，编号${number}，${deputy === null ? "由县人大代表工作机构安排" : `由${deputy}代表负责`}，${zhDue(dueOn)}给您回话。`,
      `其实是一件事的，回“合并 ${shortNumber(number)} 到 ${shortNumber(from)}”。`,
    ].join("\n"),
};
