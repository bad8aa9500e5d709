import type { CaseRecord } from "../../../db/schema/cases.ts";
import { dueOf } from "../../domain/calendar/due.ts";
import { afterEvent } from "../../domain/case/case.ts";
import { setFollowers } from "../actions/followers.ts";
import { noteDecision, placeOf } from "../cases/decisions.ts";
import { deputyCase, placeName } from "../cases/describe.ts";
import { lockCase } from "../cases/load.ts";
import { record } from "../cases/record.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { tellDeputy, tellResident } from "../outbox/tell.ts";
import { responsibleByHand } from "../routing/by-hand.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";
import { deputyOf, replyAsDeputy } from "./case-commands.ts";
import { isAccepted } from "./lead/accepted.ts";

/**
 * Gives a danger on a border to the deputy of the other side, who answers before its holder has said anything: the
 * first to answer takes the lead (首接负责). The previous holder follows it from then on.
 *
 * @returns false when it is too late for that, or the deputy is away: nothing has changed then
 */
export async function takeOver(turn: Turn, followed: CaseRecord, text: string): Promise<boolean> {
  const subject = await lockCase(turn, followed.id);
  const { number, deputyId: former } = subject;
  const thread = await threadOf(turn, subject);
  const isUnanswered = !thread.some((line) => line.party === "deputy");
  const isTheirs = !isUnanswered || (await isAccepted(turn, subject));
  if (former === null || subject.sealed || isTheirs || afterEvent(subject.state, "taken") === null) return false;
  const me = await deputyOf(turn);
  const responsible = await responsibleByHand(turn, subject, { kind: "deputy", code: me.code }, me.by);
  if (typeof responsible === "string") return false;
  const { decision, deputyId, holder } = responsible;
  const place = placeOf(responsible);
  record(
    turn,
    subject,
    "taken",
    me.by,
    { ...place.codes, deputy: me.code },
    { ...place.changes, deputyId, unitId: null },
  );
  noteDecision(turn, subject, responsible);
  const line = deputyCase(subject, residentsWords(thread), placeName(decision.facts), turn.today);
  await setFollowers(turn, subject, responsible, { line, holder }, { isFirst: false, isWithAnother: true, former });
  await tellDeputy(turn, former, (wording) => ({
    kind: "courtesy",
    mustKnow: true,
    subject,
    words: wording.takenByOther({ number, holder }),
  }));
  await tellResident(turn, subject, (wording) => ({
    kind: "receipt",
    words: wording.reassigned({ number, holder, dueOn: dueOf(subject) }),
    isAnswer: true,
  }));
  answerDeputy(turn, wordingFor(turn).takeTaken({ number }));
  await replyAsDeputy(turn, subject, text);
  return true;
}
