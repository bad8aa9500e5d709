import { and, asc, eq, ne } from "drizzle-orm";
import { type CaseRecord, caseMessages } from "../../../db/schema/cases.ts";
import { caseWords } from "../../../db/schema/console.ts";
import { forgetWords, searchWords } from "../cases/search-words.ts";
import { keyPurpose } from "../cases/thread.ts";
import type { Turn } from "../turn/turn.ts";

/**
 * Takes what a platform wrote down of the recordings of a case out of its working copy, for somebody has listened to them: nobody but the
 * office reads it from then on, as an original and for a reason.
 * @returns the first of the resident's other words; empty where there are none
 */
export async function dropMachineWords(turn: Turn, subject: CaseRecord): Promise<string> {
  const { tx, jurisdictionId } = turn;
  const rows = await tx
    .select()
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, subject.id), ne(caseMessages.party, "service")))
    .orderBy(asc(caseMessages.at), asc(caseMessages.id));
  const key = turn.runtime.vault.unwrap(subject.keyWrapped, keyPurpose(jurisdictionId));
  const isMachines = ({ party, kind }: (typeof rows)[number]) => party === "resident" && kind === "voice";
  for (const row of rows) {
    if (!isMachines(row) || row.text === "") continue;
    turn.writes.update(caseMessages, row.id, { text: "", original: row.original ?? key.seal(row.text) });
  }
  const others = rows.filter((row) => !isMachines(row) && row.text !== "");
  await forgetWords(turn.tx, subject.id);
  const { id: caseId, receivedAt } = subject;
  const words = searchWords(
    subject,
    others.map(({ text }) => text),
  );
  turn.writes.join(caseWords, { caseId, jurisdictionId, receivedAt, words });
  return others.find(({ party }) => party === "resident")?.text ?? "";
}
