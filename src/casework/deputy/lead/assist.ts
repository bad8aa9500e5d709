import { and, eq, ne, sql } from "drizzle-orm";
import { notEnded } from "../../../../db/in-force.ts";
import { type CaseRecord, cases } from "../../../../db/schema/cases.ts";
import { deputies } from "../../../../db/schema/people.ts";
import { assistingIn } from "../../../domain/dialog/deputy/assisting.ts";
import type { ReferralTarget } from "../../../domain/dialog/referral.ts";
import { quote } from "../../../domain/text/quote.ts";
import { isPartOfAccusation } from "../../actions/followers.ts";
import { deputyLines, holderOf, noticeOf } from "../../cases/describe.ts";
import { ASSIST_WORDS, addToThread } from "../../cases/thread.ts";
import { isAccused } from "../../cases/visible-to.ts";
import { deputiesBy } from "../../county/deputies.ts";
import {
  type Assistant,
  assistantsOf,
  beginAssisting,
  endAssisting,
  tellAssistingIsOver,
} from "../../handovers/assistants.ts";
import { tellDeputy } from "../../outbox/tell.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { answerDeputy } from "../answer.ts";
import { deputyOf } from "../case-commands.ts";

/** More people than these do not help each other. */
const MOST_ASSISTANTS = 3;

/**
 * Asks another deputy to help with a case, or ends that they do; whoever has it keeps it, and answers its resident. Words behind the name
 * are for the assistant.
 */
export async function assistAsDeputy(turn: Turn, subject: CaseRecord, words: string): Promise<void> {
  const wording = wordingFor(turn);
  const { number } = subject;
  const { meant, typed, reason, isEnd } = assistingIn(words, await others(turn));
  const assisting = await assistantsOf(turn, subject);
  if (isEnd && (meant.length > 0 || typed === "")) return end(turn, subject, assisting, meant);
  const [one, second] = meant;
  if (one === undefined || second !== undefined) {
    answerDeputy(turn, wording.assistUnclear({ number, typed: quote(typed), meant }));
    return;
  }
  const [row] = await deputiesBy(turn, sql`d.code = ${one.code}`);
  if (row === undefined) throw new Error("the deputy who was meant is gone");
  const assistant: Assistant = { id: row.id, code: one.code, name: one.name };
  const isAgain = assisting.some(({ id }) => id === row.id);
  const why = isAgain ? null : await whyNot(turn, subject, assistant, assisting.length, row.facts.awayUntil !== null);
  if (why !== null) {
    answerDeputy(turn, wording.assistRefused({ number, deputy: one.name, why }));
    return;
  }
  const me = await deputyOf(turn);
  if (!isAgain) await beginAssisting(turn, subject, assistant, me.by);
  if (reason !== "") addToThread(turn, subject, { direction: "in", party: "deputy", kind: ASSIST_WORDS, text: reason });
  if (!isAgain || reason !== "") await tellAssistant(turn, subject, assistant, { lead: me.name, reason, isAgain });
  const isBound = (await turn.lookups.chatOf(row.id)) !== undefined;
  answerDeputy(turn, wording.assistTaken({ number, deputy: one.name, isBound, isAgain, hasWords: reason !== "" }));
}

async function tellAssistant(
  turn: Turn,
  subject: CaseRecord,
  { id }: Assistant,
  said: { readonly lead: string; readonly reason: string; readonly isAgain: boolean },
): Promise<void> {
  const { number } = subject;
  const text = said.reason === "" ? null : quote(said.reason);
  const [line] = await deputyLines(turn, [subject]);
  if (line === undefined) throw new Error("a case could not be described");
  const notice = noticeOf(subject, await holderOf(turn, subject));
  await tellDeputy(turn, id, (wording) => ({
    kind: "deputy-follow",
    subject,
    words:
      said.isAgain && text !== null
        ? wording.leadSays({ number, lead: said.lead, text })
        : wording.askedToAssist({ line, lead: said.lead, text }),
    isAnswer: true,
    notice,
  }));
}

/** Why a deputy cannot help with a case; null where they can. Why somebody may not see it is told to nobody. */
async function whyNot(
  turn: Turn,
  subject: CaseRecord,
  { id }: Assistant,
  assisting: number,
  isAway: boolean,
): Promise<"away" | "full" | "not-them" | null> {
  const [kept] = await turn.tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(eq(cases.id, subject.id), isAccused(id, turn.today)));
  if (kept !== undefined || (await isPartOfAccusation(turn, subject))) return "not-them";
  if (isAway) return "away";
  return assisting >= MOST_ASSISTANTS ? "full" : null;
}

async function end(
  turn: Turn,
  subject: CaseRecord,
  assisting: readonly Assistant[],
  meant: readonly ReferralTarget[],
): Promise<void> {
  const leaving =
    meant.length === 0 ? assisting : assisting.filter(({ code }) => meant.some((one) => one.code === code));
  const { by } = await deputyOf(turn);
  await endAssisting(turn, subject, leaving, by);
  await tellAssistingIsOver(turn, subject, leaving, "taken-back");
  const { number } = subject;
  answerDeputy(turn, wordingFor(turn).assistTakenBack({ number, deputies: leaving.map(({ name }) => name) }));
}

/** The other deputies in office, as a referral names them. */
async function others(turn: Turn): Promise<ReferralTarget[]> {
  const rows = await turn.tx
    .select({ code: deputies.code, name: deputies.name })
    .from(deputies)
    .where(and(ne(deputies.id, turn.conversation.deputyId ?? ""), notEnded(deputies.untilOn, turn.today)))
    .orderBy(deputies.code);
  return rows.map((row): ReferralTarget => ({ kind: "deputy", ...row }));
}
