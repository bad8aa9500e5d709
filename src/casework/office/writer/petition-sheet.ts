import { eq } from "drizzle-orm";
import type { Transaction } from "../../../../db/database.ts";
import type { CaseRecord } from "../../../../db/schema/cases.ts";
import { jurisdictions } from "../../../../db/schema/county.ts";
import { petitionNotices } from "../../../../db/schema/ledger.ts";
import { dayIn } from "../../../domain/calendar/deadline.ts";
import { noticeNumber } from "../../../domain/case/notice.ts";
import { zhDay } from "../../../domain/wording/days.ts";
import { closePdf, openPdf } from "../../../print/document.ts";
import { keyPurpose } from "../../cases/thread.ts";
import type { Runtime } from "../../runtime/runtime.ts";

const MARGIN = 72;
const ARTICLES = { "22": "第二十二条", "23": "第二十三条" } as const;

/** The notice of a petition as a sheet to be printed, with its number; null where none was given. It names nobody but the office. */
export async function noticeSheet(
  { vault, timeZone }: Pick<Runtime, "vault" | "timeZone">,
  tx: Transaction,
  subject: CaseRecord,
): Promise<{ readonly name: string; readonly content: Uint8Array } | null> {
  const [row] = await tx.select().from(petitionNotices).where(eq(petitionNotices.caseId, subject.id));
  const [county] = await tx.select({ name: jurisdictions.name }).from(jurisdictions);
  if (row === undefined || county === undefined) return null;
  const number = noticeNumber(row.year, row.serial);
  const words = vault.unwrap(subject.keyWrapped, keyPurpose(subject.jurisdictionId)).open(row.words);
  const document = openPdf({ title: `${number} ${subject.number}`, made: row.at, margin: MARGIN });
  const width = document.page.width - 2 * MARGIN;
  const line = (text: string) => document.text(text, { width, lineGap: 6, indent: 24 });
  document.font("bold").fontSize(22).text("信访告知书", { width, align: "center" });
  document.moveDown(0.4).font("regular").fontSize(12).text(number, { width, align: "center" });
  document.moveDown(1.2).fontSize(13);
  line(`您向${county.name}人大代表联络站反映的事项（编号${subject.number}）收悉。`);
  line(`依照《信访工作条例》${ARTICLES[row.article]}，该事项归${row.organ}管，请向${row.organ}提出。`);
  for (const one of words.split("\n").filter((text) => text.trim() !== "")) line(one.trim());
  line("人大代表联络站不受理信访，也不代办。已经受理的信访，请等办理期限届满：一般六十日。");
  document.moveDown(1.5).text(`${county.name}人大代表工作机构`, { width, align: "right" });
  document.text(zhDay(dayIn(row.at, timeZone)), { width, align: "right" });
  document
    .moveDown(2)
    .fontSize(11)
    .text("收件人（签字）：____________________　　日期：____________________", { width });
  return { name: `${number}.pdf`, content: await closePdf(document) };
}
