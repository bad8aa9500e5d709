import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { casePeople, phoneTasks } from "../../../db/schema/console.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { type ContactWay, maskedPhone } from "../../domain/case/desk.ts";
import { stationWordingOf } from "../../domain/wording/stations.ts";
import { lockCase } from "../cases/load.ts";
import { isAtDesk, phoneWaiting } from "../cases/phone-tasks.ts";
import { record } from "../cases/record.ts";
import { keyPurpose } from "../cases/thread.ts";
import { conversationOf, deskAccount } from "../intake/desk.ts";
import { tell } from "../outbox/tell.ts";
import { answersOnly } from "../runtime/accounts.ts";
import type { Outcome } from "../turn/outcome.ts";
import type { Turn } from "../turn/turn.ts";
import { answer } from "./answer.ts";
import { sceneOf } from "./own-code.ts";

/** The case that this person took down last, locked, while its person is still without a chat; null for any other. */
async function takenDownLast(turn: Turn): Promise<CaseRecord | null> {
  const { takenDown } = turn.conversation.dialog;
  if (takenDown === undefined) return null;
  const [found] = await turn.tx.select({ id: cases.id }).from(cases).where(eq(cases.number, takenDown.number));
  const subject = found === undefined ? null : await lockCase(turn, found.id);
  return subject !== null && !subject.minor && (await isAtDesk(turn.tx, subject.conversationId)) ? subject : null;
}

/** Answers how the person is told whose matter was taken down last. */
export async function chooseContact(turn: Turn, way: ContactWay): Promise<Outcome> {
  const wording = stationWordingOf(turn.conversation.locale);
  const subject = await takenDownLast(turn);
  const number = subject?.number ?? turn.conversation.dialog.takenDown?.number ?? "";
  if (subject === null) return answer(turn, wording.tooLate({ number }));
  await noticeRead(turn, subject);
  if (way === "phone") return answer(turn, wording.askPhone({ number }), subject.id);
  if (way === "again") {
    record(turn, subject, "contact_set", "office", { way });
    asked(turn, false);
    return answer(turn, wording.comesAgain({ number }), subject.id);
  }
  // What only the office reads goes into nobody's chat by a picture that lies about at a station.
  if (subject.sealed || answersOnly(turn.account, turn.abilities))
    return answer(turn, wording.noCode({ number }), subject.id);
  const done = answer(turn, wording.codeComes({ number }), subject.id);
  tell(turn, { kind: "photo", subject: null, words: "", scene: sceneOf(turn, subject), aboutCase: subject.id });
  return done;
}

/** Keeps the telephone number of the person whose matter was taken down last, sealed under the key of its case; what waits for them is told by it. */
export async function keepPhone(turn: Turn, phone: string | null): Promise<Outcome> {
  const wording = stationWordingOf(turn.conversation.locale);
  if (phone === null) return answer(turn, wording.notAPhone());
  const { runtime, tx, jurisdictionId, now } = turn;
  const account = await deskAccount(runtime, jurisdictionId);
  // Conversations are locked before cases.
  const theirs = await conversationOf(runtime, tx, account, phone);
  const subject = await takenDownLast(turn);
  const number = subject?.number ?? turn.conversation.dialog.takenDown?.number ?? "";
  if (subject === null) return answer(turn, wording.tooLate({ number }));
  await noticeRead(turn, subject);
  const key = runtime.vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId));
  await tx
    .update(casePeople)
    .set({ phone: key.seal(phone), mayCall: true })
    .where(and(eq(casePeople.caseId, subject.id), eq(casePeople.isJoined, false)));
  await moveTo(tx, subject, theirs.id);
  record(turn, subject, "contact_set", "office", { way: "phone" });
  asked(turn, false);
  await phoneWaiting(turn.tx, theirs.id, now);
  return answer(turn, wording.phoneTaken({ number, maskedPhone: maskedPhone(phone) }), subject.id);
}

/** Moves a case, and what waits for its resident, to another conversation of theirs; @param subject locked, as are both conversations */
export async function moveTo(tx: Transaction, subject: CaseRecord, conversationId: string): Promise<void> {
  const before = subject.conversationId;
  if (before === conversationId) return;
  await tx.update(cases).set({ conversationId }).where(eq(cases.id, subject.id));
  await tx
    .update(outbox)
    .set({ conversationId, awaitsContact: false, reason: null })
    .where(and(eq(outbox.caseId, subject.id), eq(outbox.conversationId, before), eq(outbox.state, "waiting")));
  Object.assign(subject, { conversationId });
}

/** Ends the calls to the resident of a case that nobody needs to make any more: they have a chat. */
export async function endCalls(tx: Transaction, { id }: CaseRecord, now: Date): Promise<void> {
  await tx
    .update(phoneTasks)
    .set({ doneAt: now, doneBy: "service" })
    .where(
      and(
        eq(phoneTasks.caseId, id),
        eq(phoneTasks.why, "no-chat"),
        isNull(phoneTasks.personId),
        isNull(phoneTasks.doneAt),
      ),
    );
}

/** Whoever answers has read out what stands above the question. */
async function noticeRead({ tx, now }: Turn, { id }: CaseRecord): Promise<void> {
  await tx
    .update(casePeople)
    .set({ noticeReadAt: now })
    .where(and(eq(casePeople.caseId, id), isNull(casePeople.noticeReadAt)));
}

function asked(turn: Turn, isAsked: boolean): void {
  const { takenDown, ...rest } = turn.conversation.dialog;
  if (takenDown !== undefined) turn.conversation.dialog = { ...rest, takenDown: { ...takenDown, isAsked } };
}
