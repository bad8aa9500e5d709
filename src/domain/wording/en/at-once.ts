import type { AtOnceWording, ToldReception } from "../at-once.ts";
import { enDay } from "../days.ts";

const NOT_IT = "Not what you asked? Reply “not that”, and a deputy gets it.";

function dayLine({ station, day, from, until, place, names, cancelled }: ToldReception): string {
  return [
    ...(cancelled.length === 0
      ? []
      : [`${station}: ${cancelled.map(enDay).join(", ")} is cancelled, the deputies are away.`]),
    `${station}, next reception day: ${enDay(day)}, ${from}-${until}, ${place}.`,
    ...(names.length === 0 ? [] : [`Deputies there: ${names.join(", ")}.`]),
  ].join("\n");
}

/** The English sentences to residents whose question is answered at once. */
export const enAtOnce: AtOnceWording = {
  answeredAtOnce: ({ number, body }) => `No. ${number}\n${body}\n${NOT_IT}`,
  receptionDays: ({ number, days }) => [`No. ${number}`, ...days.map(dayLine), NOT_IT].join("\n"),
  noReceptionKnown: ({ place }) =>
    `No reception day ahead is known for ${place}. Your question goes to whoever answers there.`,
  askTownship: ({ number, labels }) => ({
    text: `No. ${number}: which township or street are you in?`,
    labels,
    closing:
      labels.length === 0
        ? "Write the township, or the village or estate."
        : "Reply with the number, or write the village or estate.",
  }),
};
