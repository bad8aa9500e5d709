import { saidNumber } from "../../acts/topic.ts";
import type { Due } from "../../calendar/due.ts";
import { enDay, shortNumber } from "../days.ts";
import type { DigestLine, ReminderWording } from "../reminders.ts";
import type { DeputyCase } from "../sentences.ts";
import { brief } from "./deputy-questions.ts";

function promise(due: Due): string {
  return typeof due === "string" ? `by ${enDay(due)}` : `within ${days(due.within)}`;
}

function days(count: number): string {
  return `${count} working day${count === 1 ? "" : "s"}`;
}

function dueWords({ what, due }: DigestLine<DeputyCase>, today: string): string {
  const of = what === "reply" ? "answer" : "result";
  if ("late" in due) return `${of} ${days(due.late)} late`;
  if (due.on === null) return `${of} due soon`;
  return due.on === today ? `${of} due today` : `${of} due by ${enDay(due.on)}`;
}

function howTo(lines: readonly DigestLine<DeputyCase>[]): string {
  const [first] = lines.flatMap((one) => ("line" in one ? [one.line.number] : []));
  const [topic] = lines.flatMap((one) => ("topic" in one ? [saidNumber(one.topic.number)] : []));
  return [
    ...(first === undefined
      ? []
      : [`Reply with a number to see one; if you cannot do it, reply "return ${shortNumber(first)} reason".`]),
    ...(topic === undefined ? [] : [`Reply "topic ${topic}" to see what many people told.`]),
  ].join(" ");
}

/** The English sentences of reminders. */
export const enReminders: ReminderWording<DeputyCase> = {
  digest: ({ lines, more, today }) =>
    [
      `To be done today: ${lines.length + more}`,
      ...lines.map((one) =>
        "topic" in one
          ? `Topic ${saidNumber(one.topic.number)}, ${one.topic.title} (${one.topic.people} people, ${dueWords(one, today)})`
          : `${brief(one.line)} (${dueWords(one, today)})`,
      ),
      ...(more === 0 ? [] : [`${more} more: reply "list" to see them.`]),
      howTo(lines),
    ].join("\n"),
  lateForResident: ({ number, dueOn, station, promised }) => {
    const when = typeof dueOn === "string" ? `by ${enDay(dueOn)}` : `within ${days(dueOn.within)}`;
    const who = station === null ? "The county office" : `The station ${station}`;
    return `No. ${number}: you should have had an answer ${when}, and you have not. We are sorry. ${who} was asked to see to it; you hear from us ${promise(promised)}.`;
  },
  urgentToDuty: ({ number, line, deputy, isAgain }) =>
    [
      isAgain
        ? "[URGENT] Nobody sees to this yet, please do so now:"
        : "[URGENT] You are on duty, please see to this now:",
      line === null
        ? `No. ${shortNumber(number)}: a sealed message tells of a danger; open it in the console.`
        : brief(line),
      ...(deputy === null ? [] : [`Deputy ${deputy} was told.`]),
      `If you see to it, reply "take ${shortNumber(number)}"; else you are reminded again in a while.`,
    ].join("\n"),
  dutyBound: ({ name }) =>
    `${name}, urgent cases come to this chat while you are on duty. Reply "take" and the number once you see to one.`,
  dutyRefused: () => "That code is wrong or too old: ask for another one at “My account” in the console.",
  dutyTaken: ({ number, isFirst }) =>
    isFirst
      ? `Thank you: you see to no. ${shortNumber(number)}, and nobody is reminded any more.`
      : `Somebody sees to no. ${shortNumber(number)} already.`,
  dutyWhich: ({ numbers }) =>
    numbers.length === 0
      ? "No urgent case waits for anybody now."
      : `Urgent cases that wait: ${numbers.map((one) => `no. ${shortNumber(one)}`).join(", ")}. Reply "take" and the number.`,
  stillLateForResident: ({ number, promised }) =>
    `No. ${number} is still not answered. We are sorry. The county office sees to it now; you hear from us ${promise(promised)}.`,
};
