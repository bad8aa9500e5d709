import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { type CaseRecord, caseMessages } from "../../../../db/schema/cases.ts";
import { media } from "../../../../db/schema/media.ts";
import { outbox } from "../../../../db/schema/outbox.ts";
import { questionsOf } from "../../../domain/dialog/open-questions.ts";
import { record } from "../../cases/record.ts";
import { dropFiles } from "../../inbox/drop-files.ts";
import { endQuestion } from "../../outbox/questions.ts";
import { tell, tellDeputy } from "../../outbox/tell.ts";
import type { Said } from "../../turn/said.ts";
import { type Turn, wordingFor } from "../../turn/turn.ts";
import { askWhere } from "../ask-where.ts";

/**
 * Marks a case as written by a child (个人信息保护法 art. 28, 31): what was shown is not kept, nobody is asked for a verdict, and its deputy
 * learns that it is a child and nothing more.
 *
 * @param why by the words themselves, or by the office
 */
export async function markMinor(turn: Turn, subject: CaseRecord, why: "words" | "office"): Promise<void> {
  const by = why === "words" ? "resident" : "office";
  record(turn, subject, "marked_minor", by, { minor: true, ...(why === "words" && { why }) }, MARKED);
  await dropShown(turn, subject);
  for (const question of questionsOf(turn.conversation.dialog)) {
    if (question.kind === "rating" && question.case === subject.number) endQuestion(turn, question);
  }
  if (subject.deputyId === null || subject.sealed || subject.closedAt !== null) return;
  const { deputyId, number } = subject;
  await tellDeputy(turn, deputyId, (wording) => ({
    kind: "deputy-news",
    subject,
    words: wording.residentIsMinor({ number }),
  }));
}

const MARKED = { minor: true, verdictUntil: null } as const;

/** Tells a child who had an ordinary answer before what to keep to themselves; where a place was asked for, only the school is. */
export function careForMinor(turn: Turn, subject: CaseRecord): void {
  const { number } = subject;
  const isAsked = questionsOf(turn.conversation.dialog).some((one) => one.kind === "where" && one.case === number);
  if (isAsked && subject.state === "clarifying") askWhere(turn, subject, NOTHING_KNOWN, { turn: 1 });
  else tell(turn, { kind: "courtesy", mustKnow: true, subject, words: wordingFor(turn).minorCare({ number }) });
}

const NOTHING_KNOWN = { kind: "ask", why: "nothing", choices: [] } as const;

/** Drops what a child shows now. @returns whether there was anything */
export async function refuseShown(turn: Turn, said: readonly Said[]): Promise<boolean> {
  const ids = said.flatMap(({ mediaId }) => mediaId ?? []);
  await dropFiles(turn, ids, "minor");
  return ids.length > 0;
}

/** Drops what was shown in a case before, also what waits to be shown to somebody. */
async function dropShown(turn: Turn, { id }: CaseRecord): Promise<void> {
  const { tx, now } = turn;
  const shown = await tx
    .select({ id: media.id })
    .from(caseMessages)
    .innerJoin(media, eq(caseMessages.mediaId, sql`${media.id}::text`))
    .where(and(eq(caseMessages.caseId, id), eq(caseMessages.party, "resident"), isNotNull(caseMessages.mediaId)));
  if (shown.length === 0) return;
  await dropFiles(
    turn,
    shown.map((one) => one.id),
    "minor",
  );
  await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(eq(outbox.caseId, id), eq(outbox.kind, "photo"), inArray(outbox.state, ["waiting", "held"])));
}
