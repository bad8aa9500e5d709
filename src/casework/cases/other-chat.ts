import { eq, type SQL, sql } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { BARRED, mayGoOut } from "../../domain/case/outlet.ts";
import type { Turn } from "../turn/turn.ts";
import { countsAsOrdinary } from "./visible-to.ts";

/**
 * The condition that a row of `cases` may be shown and told in other chats of its resident than the one in which it was opened: nothing that
 * is sealed or part of an accusation, not of a child nor of one who stays unnamed.
 */
const mayCross: SQL = sql`(not (${sql.join(
  BARRED["other-chat"].map((property) => sql`${cases[property]}`),
  sql` or `,
)}) and ${countsAsOrdinary})`;

/** The condition that a row of `cases`, of one of the chats of a person, is shown in this one of them. */
export function isShownIn(conversationId: string): SQL {
  return sql`(${eq(cases.conversationId, conversationId)} or ${mayCross})`;
}

/** Whether a case may be told in other chats of its resident than the one in which it was opened; the twin of {@link isShownIn}. */
export async function mayBeToldElsewhere({ tx }: Pick<Turn, "tx">, subject: CaseRecord): Promise<boolean> {
  if (!mayGoOut(subject, "other-chat")) return false;
  const rows = await tx.select({ id: cases.id }).from(cases).where(sql`${cases.id} = ${subject.id} and ${mayCross}`);
  return rows.length > 0;
}
