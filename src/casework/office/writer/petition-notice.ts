import { max, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { petitionNotices } from "../../../../db/schema/ledger.ts";
import { type NoticeArticle, type NoticeWay, noticeNumber } from "../../../domain/case/notice.ts";
import { quote } from "../../../domain/text/quote.ts";
import { record } from "../../cases/record.ts";
import { addToThread, keyPurpose } from "../../cases/thread.ts";
import { tellResident } from "../../outbox/tell.ts";
import type { Turn } from "../../turn/turn.ts";

/** A notice as somebody of the office gives it: to whom the petition belongs, by which article, more words of theirs, and how it gets there. */
export type GivenNotice = {
  readonly organ: string;
  readonly article: NoticeArticle;
  readonly text: string | null;
  readonly way: NoticeWay;
};

/** The kind under which a notice stands in the thread of its case. */
const NOTICE = "petition-notice";

/** Whether a case waits for its notice. */
export async function owesNotice({ tx }: Pick<Turn, "tx">, { id, petition }: CaseRecord): Promise<boolean> {
  if (!petition) return false;
  const [given] = await tx.execute<{ one: number }>(
    sql`select 1 as one from petition_notices n where n.case_id = ${id}`,
  );
  return given === undefined;
}

/**
 * Gives the notice of a petition (信访工作条例 art. 22, 23): it gets a number, its clock is met, and it stands in the thread. By chat it is sent
 * to the resident; on paper somebody prints it and hands it over.
 *
 * @param by who does so, by name
 * @returns its number
 */
export async function giveNotice(turn: Turn, subject: CaseRecord, notice: GivenNotice, by: string): Promise<string> {
  const { tx, jurisdictionId, now, today } = turn;
  const year = Number(today.slice(0, 4));
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('petition-notice'), hashtext(${jurisdictionId}))`);
  const [last] = await tx
    .select({ serial: max(petitionNotices.serial) })
    .from(petitionNotices)
    .where(sql`${petitionNotices.year} = ${year}`);
  const serial = (last?.serial ?? 0) + 1;
  const number = noticeNumber(year, serial);
  const { organ, article, text, way } = notice;
  const key = turn.runtime.vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId));
  await tx.insert(petitionNotices).values({
    ...{ id: newId(), jurisdictionId, caseId: subject.id, year, serial, organ, article, way },
    ...{ words: key.seal(text ?? ""), by, at: now },
  });
  record(turn, subject, "notice_given", "office", { number, way });
  const threadText = `${number}：${organ}${text === null ? "" : `\n${text}`}`;
  if (way === "paper") {
    addToThread(turn, subject, { direction: "out", party: "office", kind: NOTICE, text: threadText });
    return number;
  }
  const quoted = text === null ? null : quote(text);
  await tellResident(turn, subject, (wording) => ({
    kind: "receipt",
    words: wording.petitionNotice({ number: subject.number, notice: number, organ, article, text: quoted, on: today }),
    threadText,
    party: "office",
    isAnswer: true,
  }));
  return number;
}
