import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { returnReasonIn } from "../../../domain/dialog/unit/understand-unit.ts";
import { meantIn } from "../../../domain/understanding/meant-words.ts";
import { assign } from "../../actions/assign.ts";
import { tellWhoHasIt } from "../../actions/hand-over.ts";
import { lastDecision, returnedBy } from "../../cases/decisions.ts";
import { ledBy } from "../../cases/led.ts";
import { record } from "../../cases/record.ts";
import { addToThread, RETURN_REASON, threadOf } from "../../cases/thread.ts";
import { deputiesCalledIn } from "../../county/deputy-names.ts";
import { takeBackFromUnits } from "../../handovers/hand-over-to.ts";
import { noteMeant } from "../../inbox/understandings.ts";
import { matterOf } from "../../routing/ask-rules.ts";
import { findResponsible } from "../../routing/responsible.ts";
import { NOWHERE, whereaboutsBefore } from "../../routing/whereabouts.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";

/**
 * Returns a case that is not this deputy's: it goes to the next one who answers there, or to the office, and the
 * resident is told.
 */
export async function returnAsDeputy(turn: Turn, subject: CaseRecord, reason: string): Promise<void> {
  const me = await deputyOf(turn);
  const before = await lastDecision(turn, subject);
  await takeBackFromUnits(turn, subject, me.by);
  record(turn, subject, "returned", me.by, { ground: returnReasonIn(reason) }, { deputyId: null });
  addToThread(turn, subject, { direction: "in", party: "deputy", kind: RETURN_REASON, text: reason });
  const was = meantIn(reason);
  if (was !== null && !(await isAboutMe(turn, subject))) {
    await noteMeant(turn, subject.id, was, { source: "deputy", by: me.by });
  }
  const returned = await returnedBy(turn.tx, subject.id);
  const where = before === null ? NOWHERE : whereaboutsBefore(before.facts);
  const responsible = await findResponsible(turn, where, {
    barred: [...returned.filter(({ deputy }) => deputy !== me.code), { deputy: me.code, why: "returned" }],
    filed: subject,
    matter: matterOf(turn, subject),
  });
  const words = (await threadOf(turn, subject)).filter((line) => line.party === "resident");
  await assign(turn, subject, responsible, { text: words.map((line) => line.text).join("\n") });
  await tellWhoHasIt(turn, [subject, ...(await ledBy(turn, subject))], responsible.holder);
  answerDeputy(turn, wordingFor(turn).returnTaken({ number: subject.number, holder: responsible.holder }));
}

/** Whether a resident's words name the deputy whose chat this is: what they say of such words does not count. */
async function isAboutMe(turn: Turn, subject: CaseRecord): Promise<boolean> {
  const said = (await threadOf(turn, subject)).filter((line) => line.party === "resident");
  const called = await deputiesCalledIn(turn.tx, said.map((line) => line.text).join("\n"));
  return called.some((id) => id === turn.conversation.deputyId);
}
