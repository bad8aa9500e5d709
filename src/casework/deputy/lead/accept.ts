import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { dueOf } from "../../../domain/calendar/due.ts";
import { afterEvent } from "../../../domain/case/case.ts";
import { ledBy } from "../../cases/led.ts";
import { record } from "../../cases/record.ts";
import { tellResident } from "../../outbox/tell.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";
import { askPassOn } from "../pass-on.ts";
import { isAccepted } from "./accepted.ts";

/**
 * Writes down that the deputy of a case has seen it, and tells its resident so, once. Words behind the command are none of that: the
 * deputy is asked whether the resident shall get them.
 */
export async function acceptAsDeputy(
  turn: Turn,
  subject: CaseRecord,
  said: { readonly text: string; readonly seq: number },
): Promise<void> {
  const me = await deputyOf(turn);
  const { number } = subject;
  const wording = wordingFor(turn);
  const dueOn = dueOf(subject);
  const isLate = subject.dueWithin === null && subject.dueOn < turn.today;
  if (afterEvent(subject.state, "accepted") === null) answerDeputy(turn, wording.acceptNeedless({ number }));
  else if (await isAccepted(turn, subject)) answerDeputy(turn, wording.acceptedBefore({ number, dueOn, isLate }));
  else {
    for (const one of [subject, ...(await ledBy(turn, subject))]) {
      if (afterEvent(one.state, "accepted") === null) continue;
      record(turn, one, "accepted", me.by, {});
      const due = { dueOn: dueOf(one), isLate: one.dueWithin === null && one.dueOn < turn.today };
      await tellResident(turn, one, (theirs) => ({
        kind: "receipt",
        words: theirs.seenByDeputy({ number: one.number, deputy: me.name, ...due }),
      }));
    }
    answerDeputy(turn, wording.acceptTaken({ number, dueOn, isLate }));
  }
  if (said.text.trim() !== "") await askPassOn(turn, subject, [], { ...said, isWhole: false });
}
