import type { Due } from "../../calendar/due.ts";
import { shortNumber, zhDay } from "../days.ts";
import type { DigestLine, ReminderWording } from "../reminders.ts";
import type { DeputyCase } from "../sentences.ts";
import { brief } from "./deputy-questions.ts";

const OFFICE = "县人大代表工作机构";

function promise(due: Due): string {
  return typeof due === "string" ? `最晚${zhDay(due)}给您回话` : `${due.within}个工作日内给您回话`;
}

function dueWords({ what, due }: DigestLine<DeputyCase>, today: string): string {
  const of = what === "reply" ? "答复" : "办结";
  if ("late" in due) return `${of}过期${due.late}个工作日`;
  if (due.on === null) return `快到${of}期限`;
  return due.on === today ? `今天该${of}` : `${zhDay(due.on)}前${of}`;
}

/** The Chinese sentences of reminders. */
export const zhReminders: ReminderWording<DeputyCase> = {
  digest: ({ lines, more, today }) =>
    [
      `今天有${lines.length + more}件要办：`,
      ...lines.map((one) => `${brief(one.line)}（${dueWords(one, today)}）`),
      ...(more === 0 ? [] : [`还有${more}件，回“列表”看。`]),
      `回数字看详情；办不了，回“退回 ${shortNumber(lines[0]?.line.number ?? "")} 原因”。`,
    ].join("\n"),
  lateForResident: ({ number, dueOn, station, promised }) => {
    const when = typeof dueOn === "string" ? `应在${zhDay(dueOn)}前答复您` : `应在${dueOn.within}个工作日内答复您`;
    return `编号${number}，${when}，还没有。对不住。已请${station ?? OFFICE}催办，${promise(promised)}。`;
  },
  stillLateForResident: ({ number, promised }) =>
    `编号${number}还没答复，对不住。现在由${OFFICE}接手催办，${promise(promised)}。`,
};
