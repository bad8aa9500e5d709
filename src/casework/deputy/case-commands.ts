import { eq } from "drizzle-orm";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { quote } from "../../domain/text/quote.ts";
import { splitCase } from "../actions/split-case.ts";
import { holderOf, noticeOf } from "../cases/describe.ts";
import { ledBy } from "../cases/led.ts";
import { record } from "../cases/record.ts";
import { tellResident } from "../outbox/tell.ts";
import { type Turn, wordingFor } from "../turn/turn.ts";
import { answerDeputy } from "./answer.ts";

/**
 * Sends a deputy's words to the resident of the case; the deputy is told that they are on their way.
 *
 * @param answer what the deputy is told instead; null for nothing, where somebody else says it
 */
export async function replyAsDeputy(
  turn: Turn,
  subject: CaseRecord,
  text: string,
  answer?: string | null,
): Promise<void> {
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
  const told = answer === undefined ? wordingFor(turn).replyTaken({ number: subject.number }) : answer;
  if (told !== null) answerDeputy(turn, told);
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
