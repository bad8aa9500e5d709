import { and, eq, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { answers } from "../../../db/schema/categories.ts";
import type { AnswerContent } from "../../domain/answers/answer.ts";
import { type AnswerFault, faultOfAnswer } from "../../domain/answers/check.ts";
import type { Caller } from "../access/caller.ts";
import { isSamePerson } from "../rules/author.ts";
import { catalogueOf } from "../rules/category-model.ts";
import { type AnswerRow, answerById, type ListedAnswer, lockLibrary, replaceInForce } from "./answer-library.ts";

/** The most drafts that wait at one time. */
const MOST_DRAFTS = 100;

/** The result of a change of the library: the answer as it is now, or why nothing changed. */
export type AnswerChanged =
  | { readonly ok: true; readonly answer: ListedAnswer }
  | { readonly ok: false; readonly why: "not-here" | "own-work" | "not-own" | "no-reason" | "too-many" | AnswerFault }
  | { readonly ok: false; readonly why: "faster" | "state"; readonly answer: AnswerRow };

type Decider = Pick<Caller, "id" | "name" | "jurisdictionId">;

/** The answer that is meant, at the revision that somebody has seen. */
type Seen = { readonly id: string; readonly revision: number; readonly now: Date; readonly today: string };

/** Whether somebody wrote an answer, and so may not review it. */
export function isOwnAnswer({ author, authorId }: AnswerRow, { id, name }: Decider): boolean {
  return authorId === id || isSamePerson(author, name);
}

/** Writes the draft of an answer, for another person to review; nobody is answered with it yet. */
export async function draftAnswer(
  tx: Transaction,
  caller: Decider,
  { content, now, today }: { readonly content: AnswerContent; readonly now: Date; readonly today: string },
): Promise<AnswerChanged> {
  await lockLibrary(tx, caller.jurisdictionId);
  const fault = await faultNow(tx, content, today);
  if (fault !== null) return { ok: false, why: fault };
  if ((await tx.$count(answers, eq(answers.state, "draft"))) >= MOST_DRAFTS) return { ok: false, why: "too-many" };
  const id = newId();
  await tx.insert(answers).values({
    ...{ id, jurisdictionId: caller.jurisdictionId, ...content, triggers: [...content.triggers] },
    ...{ state: "draft", author: caller.name, authorId: caller.id, writtenAt: now, revision: 1 },
  });
  return changed(tx, id);
}

/** Changes a draft; whoever wrote it does. */
export async function changeDraft(
  tx: Transaction,
  caller: Decider,
  { content, ...seen }: Seen & { readonly content: AnswerContent },
): Promise<AnswerChanged> {
  const found = await lockedAnswer(tx, caller, seen);
  if (!found.ok) return found;
  const { row } = found;
  if (row.state !== "draft") return { ok: false, why: "state", answer: row };
  if (!isOwnAnswer(row, caller)) return { ok: false, why: "not-own" };
  const fault = await faultNow(tx, content, seen.today);
  if (fault !== null) return { ok: false, why: fault };
  const { title, triggers, body, category, validFrom, validUntil, code } = content;
  const now = { code, title, triggers: [...triggers], body, category, validFrom, validUntil, writtenAt: seen.now };
  return write(tx, row, now);
}

/**
 * Puts a draft into force that somebody else wrote, in place of what is in force under its code; or, where residents refused an answer
 * too often, into service again, which whoever wrote it may not do either.
 */
export async function publishAnswer(tx: Transaction, caller: Decider, seen: Seen): Promise<AnswerChanged> {
  const found = await lockedAnswer(tx, caller, seen);
  if (!found.ok) return found;
  const { row } = found;
  const isOut = row.state === "in-force" && row.outSince !== null;
  if (row.state !== "draft" && !isOut) return { ok: false, why: "state", answer: row };
  if (isOwnAnswer(row, caller)) return { ok: false, why: "own-work" };
  const fault = await faultNow(tx, row, seen.today);
  if (fault !== null) return { ok: false, why: fault };
  if (row.state === "draft") await replaceInForce(tx, row.code, { by: caller.name, now: seen.now });
  return write(tx, row, { state: "in-force", reviewer: caller.name, reviewedAt: seen.now, outSince: null });
}

/** Ends an answer that is in force; of a draft, its author takes it back, and anybody else refuses it with a reason. */
export async function endAnswer(
  tx: Transaction,
  caller: Decider,
  { reason, ...seen }: Seen & { readonly reason: string | null },
): Promise<AnswerChanged> {
  const found = await lockedAnswer(tx, caller, seen);
  if (!found.ok) return found;
  const { row } = found;
  const ended = { endedBy: caller.name, endedAt: seen.now, reason };
  if (row.state === "in-force") return write(tx, row, { ...ended, state: "ended" });
  if (row.state !== "draft") return { ok: false, why: "state", answer: row };
  if (isOwnAnswer(row, caller)) return write(tx, row, { ...ended, state: "withdrawn" });
  return reason === null ? { ok: false, why: "no-reason" } : write(tx, row, { ...ended, state: "refused" });
}

type Locked = { readonly ok: true; readonly row: AnswerRow } | Extract<AnswerChanged, { readonly ok: false }>;

async function lockedAnswer(tx: Transaction, caller: Decider, { id, revision }: Seen): Promise<Locked> {
  await lockLibrary(tx, caller.jurisdictionId);
  const [row] = await tx.select().from(answers).where(eq(answers.id, id)).for("no key update");
  if (row === undefined) return { ok: false, why: "not-here" };
  return row.revision === revision ? { ok: true, row } : { ok: false, why: "faster", answer: row };
}

async function write(
  tx: Transaction,
  { id, revision }: AnswerRow,
  change: Partial<typeof answers.$inferInsert>,
): Promise<AnswerChanged> {
  await tx
    .update(answers)
    .set({ ...change, revision: sql`${answers.revision} + 1` })
    .where(and(eq(answers.id, id), eq(answers.revision, revision)));
  return changed(tx, id);
}

async function changed(tx: Transaction, id: string): Promise<AnswerChanged> {
  const answer = await answerById(tx, id);
  return answer === null ? { ok: false, why: "not-here" } : { ok: true, answer };
}

async function faultNow(tx: Transaction, content: AnswerContent, today: string): Promise<AnswerFault | null> {
  const { topics } = await catalogueOf(tx);
  return faultOfAnswer(content, { categories: topics.map(({ code }) => code), today });
}
