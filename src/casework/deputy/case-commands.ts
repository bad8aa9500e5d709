import { eq } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { quote } from "../../domain/text/quote.ts";
import { meantIn } from "../../domain/understanding/meant-words.ts";
import { assign } from "../actions/assign.ts";
import { tellWhoHasIt } from "../actions/hand-over.ts";
import { splitCase } from "../actions/split-case.ts";
import { lastDecision } from "../cases/decisions.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { ledBy } from "../cases/led.ts";
import { record } from "../cases/record.ts";
import { addToThread, RETURN_REASON, threadOf } from "../cases/thread.ts";
import { deputiesCalledIn } from "../county/deputy-names.ts";
import { takeBackFromUnits } from "../handovers/hand-over-to.ts";
import { noteMeant } from "../inbox/understandings.ts";
import { tellResident } from "../outbox/tell.ts";
import { matterOf } from "../routing/ask-rules.ts";
import { findResponsible } from "../routing/responsible.ts";
import { NOWHERE, whereaboutsBefore } from "../routing/whereabouts.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";

/** Sends a deputy's words to the resident of the case; the deputy is told that they are on their way. */
export async function replyAsDeputy(turn: Turn, subject: CaseRecord, text: string): Promise<void> {
  const me = await deputyOf(turn);
  const holder = await holderOf(turn, subject);
  for (const one of [subject, ...(await ledBy(turn, subject))]) {
    record(turn, one, "replied", me.by, {});
    await tellResident(turn, one, (wording) => ({
      kind: "reply",
      words: wording.reply({ number: one.number, deputy: me.name, text: quote(text) }),
      threadText: text,
      party: "deputy",
      isAnswer: true,
      notice: noticeOf(one, holder),
    }));
  }
  answerDeputy(turn, wordingFor(turn).replyTaken({ number: subject.number }));
}

/**
 * Returns a case that is not this deputy's: it goes to the next one who answers there, or to the office, and the
 * resident is told.
 */
export async function returnAsDeputy(turn: Turn, subject: CaseRecord, reason: string): Promise<void> {
  const me = await deputyOf(turn);
  const before = await lastDecision(turn, subject);
  await takeBackFromUnits(turn, subject, me.by);
  record(turn, subject, "returned", me.by, {}, { deputyId: null });
  addToThread(turn, subject, { direction: "in", party: "deputy", kind: RETURN_REASON, text: reason });
  const was = meantIn(reason);
  if (was !== null && !(await isAboutMe(turn, subject))) {
    await noteMeant(turn, subject.id, was, { source: "deputy", by: me.by });
  }
  const returned = (before?.passedOver ?? []).filter((passed) => passed.why === "returned");
  const where = before === null ? NOWHERE : whereaboutsBefore(before.facts);
  const responsible = await findResponsible(turn, where, {
    barred: [...returned, { deputy: me.code, why: "returned" }],
    filed: subject,
    matter: matterOf(turn, subject),
  });
  const words = (await threadOf(turn, subject)).filter((line) => line.party === "resident");
  await assign(turn, subject, responsible, { text: words.map((line) => line.text).join("\n") });
  await tellWhoHasIt(turn, [subject, ...(await ledBy(turn, subject))], responsible.holder);
  answerDeputy(turn, wordingFor(turn).returnTaken({ number: subject.number, holder: responsible.holder }));
}

/** Takes another matter out of a case: it gets a number of its own, and whoever is responsible for it. */
export async function splitAsDeputy(turn: Turn, subject: CaseRecord, words: string): Promise<void> {
  const { by } = await deputyOf(turn);
  const told = words.replace(/^(?:第?[一二两三]件(?:事|是)*|另(?:外)?一件(?:事|是)*)[\s:：,，]*/u, "");
  const { subject: another, responsible } = await splitCase(turn, subject, {
    words: told || words,
    by,
    party: "deputy",
  });
  const holder = responsible.holder?.deputy ?? null;
  answerDeputy(turn, wordingFor(turn).splitTaken({ number: another.number, from: subject.number, holder }));
}

/** Whether a resident's words name the deputy whose chat this is: what they say of such words does not count. */
async function isAboutMe(turn: Turn, subject: CaseRecord): Promise<boolean> {
  const said = (await threadOf(turn, subject)).filter((line) => line.party === "resident");
  const called = await deputiesCalledIn(turn.tx, said.map((line) => line.text).join("\n"));
  return called.some((id) => id === turn.conversation.deputyId);
}

/** The deputy whose chat this is, with the name that events give them. */
export async function deputyOf(turn: Turn): Promise<{ name: string; code: string; by: string }> {
  const { deputyId } = turn.conversation;
  if (deputyId === null) throw new Error("only a bound deputy can do this");
  const [row] = await turn.tx
    .select({ name: deputies.name, code: deputies.code })
    .from(deputies)
    .where(eq(deputies.id, deputyId));
  if (row === undefined) throw new Error("the bound deputy is gone");
  return { ...row, by: `deputy:${row.code}` };
}
