import type { EachWeek } from "../../../domain/calendar/weekly.ts";
import type { Weekly } from "../../../domain/dialog/deputy/weekly.ts";
import { setQuestion } from "../../outbox/questions.ts";
import { supersede, tell } from "../../outbox/tell.ts";
import type { Outcome } from "../../turn/outcome.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";
import { endWeekdays, noteWeekly, weeklyOf } from "./weekly.ts";

/**
 * Asks a deputy whether they are away on the same days each week as it was understood, or ends that they are.
 *
 * @returns null where they may speak of something else: of what is not there
 */
export async function receiveWeekly(turn: Turn, deputyId: string, said: Weekly): Promise<Outcome | null> {
  const wording = wordingFor(turn);
  const held = await weeklyOf(turn, deputyId);
  if (said.isEnd) {
    const { by } = await deputyOf(turn);
    const ended = await endWeekdays(turn, deputyId, said.weekdays, by);
    if (ended.length === 0) {
      return said.isSure ? answerDeputy(turn, wording.weeklyNotHeld({ weekdays: said.weekdays })) : null;
    }
    const left = wording.weeklyHeld({ weekly: await weeklyOf(turn, deputyId) });
    const words = wording.weeklyEnded({ weekly: [{ weekdays: ended, from: said.from, until: null, part: null }] });
    return answerDeputy(turn, [words, left].filter((part) => part !== "").join("\n"));
  }
  const { weekdays, from, until, part, isHalf } = said;
  if (held.some((one) => covers(one, said))) return answerDeputy(turn, wording.weeklyHeld({ weekly: held }));
  supersede(turn, ["question"]);
  tell(turn, {
    kind: "question",
    subject: null,
    words: wording.confirmWeekly({ weekdays, from, until, part, isHalf }),
  });
  setQuestion(turn, { kind: "weekly", weekdays, from, until, part, at: turn.now.toISOString() });
  return { kind: "command" };
}

/** Writes down the days of each week that a deputy has confirmed. */
export async function takeWeekly(
  turn: Turn,
  deputyId: string,
  { weekdays, from, until, part = null }: Omit<EachWeek, "part"> & Partial<Pick<EachWeek, "part">>,
): Promise<Outcome> {
  const { by } = await deputyOf(turn);
  const week = { weekdays, from, until, part };
  await noteWeekly(turn, deputyId, week, by);
  return answerDeputy(turn, wordingFor(turn).weeklyTaken(week));
}

function covers(held: EachWeek, wanted: EachWeek): boolean {
  const isLongEnough = held.until === null || (wanted.until !== null && wanted.until <= held.until);
  const isWholeEnough = held.part === null || held.part === wanted.part;
  return (
    held.from <= wanted.from &&
    isLongEnough &&
    isWholeEnough &&
    wanted.weekdays.every((day) => held.weekdays.includes(day))
  );
}
