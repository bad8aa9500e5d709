import { enDue, shortNumber } from "../days.ts";
import type { MattersWording } from "../matters.ts";

/** The English sentences about several matters of one message. */
export const enMatters: MattersWording = {
  mattersApart: ({ numbers }) =>
    `Your message has ${numbers.length} matters, which are handled apart: no. ${numbers.map(shortNumber).join(", ")}. If they are one, reply "merge ${shortNumber(numbers.at(-1) ?? "")} into ${shortNumber(numbers[0] ?? "")}".`,
  putTogether: ({ number, into }) =>
    `Done: number ${number} is part of number ${into} now, where all your words are. They are handled together.`,
  cannotPutTogether: () =>
    'Nothing was put together: give the numbers of two open matters, such as "merge 22 into 21". To see your numbers, reply "status".',
  partOfAnother: ({ number, into }) =>
    into === null
      ? `No. ${shortNumber(number)}: part of a matter that somebody else has, says the resident. You need not handle it.`
      : `No. ${shortNumber(number)}: the same as no. ${shortNumber(into)}, says the resident. All words are there.`,
  splitTaken: ({ number, from, holder }) =>
    `Taken out of no. ${shortNumber(from)}: no. ${shortNumber(number)}, ${holder === null ? "which the office assigns" : `with Deputy ${holder}`}. The resident is being told.`,
  takenOut: ({ number, from, deputy, dueOn, matter }) =>
    [
      `In number ${from} you told of another matter too: ${matter}`,
      `It is handled apart, as number ${number}, by ${deputy === null ? "the office" : `Deputy ${deputy}`}. You will hear from us ${enDue(dueOn)}.`,
      `If they are one, reply "merge ${shortNumber(number)} into ${shortNumber(from)}".`,
    ].join("\n"),
};
