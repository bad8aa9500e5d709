import { saidNumber } from "../../acts/topic.ts";
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

function howTo(lines: readonly DigestLine<DeputyCase>[]): string {
  const [first] = lines.flatMap((one) => ("line" in one ? [one.line.number] : []));
  const [topic] = lines.flatMap((one) => ("topic" in one ? [saidNumber(one.topic.number)] : []));
  const ofCase = first === undefined ? "" : `回数字看详情；办不了，回“退回 ${shortNumber(first)} 原因”。`;
  return `${ofCase}${topic === undefined ? "" : `回“主题 ${topic}”看大家说的。`}`;
}

/** The Chinese sentences of reminders. */
export const zhReminders: ReminderWording<DeputyCase> = {
  digest: ({ lines, more, today }) =>
    [
      `今天有${lines.length + more}件要办：`,
      ...lines.map((one) =>
        "topic" in one
          ? `主题${saidNumber(one.topic.number)} ${one.topic.title}（${one.topic.people}人，${dueWords(one, today)}）`
          : `${brief(one.line)}（${dueWords(one, today)}）`,
      ),
      ...(more === 0 ? [] : [`还有${more}件，回“列表”看。`]),
      howTo(lines),
    ].join("\n"),
  lateForResident: ({ number, dueOn, station, promised }) => {
    const when = typeof dueOn === "string" ? `应在${zhDay(dueOn)}前答复您` : `应在${dueOn.within}个工作日内答复您`;
    return `编号${number}，${when}，还没有。对不住。已请${station ?? OFFICE}催办，${promise(promised)}。`;
  },
  urgentToDuty: ({ number, line, deputy, isAgain }) =>
    [
      isAgain ? "【急】还没有人接，请马上处理：" : "【急】您在值班，请马上处理：",
      line === null ? `${shortNumber(number)}号，一件封存的来信里说到危险，请到工作台打开。` : brief(line),
      ...(deputy === null ? [] : [`已告诉${deputy}代表。`]),
      `您来处理，回“接收 ${shortNumber(number)}”；没人接，过一会儿还会提醒。`,
    ].join("\n"),
  dutyBound: ({ name }) => `${name}，您值班的时候，急件会发到这个聊天。接了就回“接收”加编号。`,
  dutyRefused: () => "值班码不对或者过期了，请到工作台「我的账号」再要一个。",
  dutyTaken: ({ number, isFirst }) =>
    isFirst ? `好的，${shortNumber(number)}号记下由您处理，不再提醒。` : `${shortNumber(number)}号已经有人接了。`,
  dutyWhich: ({ numbers }) =>
    numbers.length === 0
      ? "现在没有等人接的急件。"
      : `有${numbers.length}件急件等人接：${numbers.map((one) => `${shortNumber(one)}号`).join("、")}。请回“接收”加编号。`,
  stillLateForResident: ({ number, promised }) =>
    `编号${number}还没答复，对不住。现在由${OFFICE}接手催办，${promise(promised)}。`,
};
