import { and, eq, gt, inArray, isNull, notInArray, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { caseFollowers, cases } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import { type OutboxRow, type OutgoingContent, outbox } from "../../../db/schema/outbox.ts";
import { deputies } from "../../../db/schema/people.ts";
import { isDeputys, questionsOf } from "../../domain/dialog/open-questions.ts";
import type { OpenQuestion } from "../../domain/dialog/state.ts";
import type { OutgoingKind } from "../outbox/content.ts";
import type { Turn } from "../turn/turn.ts";

/** What a message's case is like now, as far as it decides who may and must read of it. */
type Matter = {
  readonly deputyId: string | null;
  readonly sealed: boolean;
  readonly isClosed: boolean;
  /** Closed by the deputy's own words, who may have said them without having read what is told. */
  readonly isClosedByDeputy: boolean;
  readonly isRated: boolean;
};

/** What later messages of the same case say instead of an earlier one. */
const OVERTAKING: Partial<Record<OutgoingKind, readonly OutgoingKind[]>> = {
  receipt: ["receipt", "closure"],
  closure: ["closure"],
  "deputy-case": ["deputy-case"],
};

/** Of these a deputy must not hear for the first time when the case is closed: they ask for something to be done. */
const ASKING: ReadonlySet<string> = new Set<OutgoingKind>(["deputy-case", "deputy-follow", "unit-report", "photo"]);

/** A deputy's question is answered by a number only for so long; told later, it would ask for an answer that means something else. */
const DEPUTYS_QUESTION_MS = 30 * 60_000;

/**
 * The reason for which a message whose end nobody saw is not told again: its reader may not read it any more, or need
 * not.
 *
 * @returns null where it is still to be known
 */
export async function whyNotAgain(turn: Turn, row: OutboxRow, content: OutgoingContent): Promise<string | null> {
  if (content.text === "" && content.mediaId === undefined && content.scene === undefined)
    return "its words were erased";
  if (content.mediaId !== undefined && (await isPhotoGone(turn.tx, content.mediaId))) return "its photo is gone";
  if (row.kind === "question") return questionOf(turn, row) === null ? "the question is not open any more" : null;
  if (row.deputyId !== null && (await hasLeftOffice(turn, row.deputyId))) return "the deputy's term is over";
  const matter = row.caseId === null ? null : await matterOf(turn.tx, row.caseId);
  if (matter === null) return row.deputyId === null ? null : "it is about no case";
  const stranger = row.deputyId === null ? null : await whyNotToDeputy(turn.tx, row, row.deputyId, matter);
  if (stranger !== null) return stranger;
  if (row.kind === "closure" && (!matter.isClosed || matter.isRated)) return "the closure does not hold any more";
  if (row.kind === "courtesy" && row.deputyId === null && !matter.isClosed) return "the case is open again";
  return (await isOvertaken(turn.tx, row)) ? "a later message says it" : null;
}

/** The open question that a message asked; null when it was answered, or a deputy could not answer it any more. */
export function questionOf(turn: Turn, row: Pick<OutboxRow, "createdAt">): OpenQuestion | null {
  const at = row.createdAt.toISOString();
  const asked = questionsOf(turn.conversation.dialog).find((one) => one.at === at);
  if (asked === undefined) return null;
  const isOld = turn.now.getTime() - row.createdAt.getTime() > DEPUTYS_QUESTION_MS;
  return isDeputys(asked) && isOld ? null : asked;
}

/**
 * Withdraws waiting repetitions whose deputy may not read of the case any more: they may have waited for days.
 *
 * @returns the rows that are left
 */
export async function withoutStrangers<T extends OutboxRow>(
  tx: Transaction,
  rows: readonly T[],
  now: Date,
): Promise<readonly T[]> {
  const again = rows.filter((row) => row.repeats !== null && row.deputyId !== null && row.caseId !== null);
  if (again.length === 0) return rows;
  const ids = again.map((row) => row.id);
  const mayRead = sql`exists (
    select from ${cases} c where c.id = ${outbox.caseId} and not c.sealed and (c.deputy_id = ${outbox.deputyId}
      or ${outbox.kind} = 'courtesy' or exists (
        select from ${caseFollowers} f where f.case_id = c.id and f.deputy_id = ${outbox.deputyId})))`;
  const gone = await tx
    .update(outbox)
    .set({ state: "superseded", settledAt: now })
    .where(and(inArray(outbox.id, ids), eq(outbox.state, "waiting"), sql`not ${mayRead}`))
    .returning({ id: outbox.id });
  return rows.filter((row) => !gone.some(({ id }) => id === row.id));
}

async function whyNotToDeputy(
  tx: Transaction,
  row: OutboxRow,
  deputyId: string,
  matter: Matter,
): Promise<string | null> {
  if (matter.sealed) return "the case is sealed";
  const mayBeUnread = row.kind === "deputy-case" && matter.isClosedByDeputy;
  if (ASKING.has(row.kind) && matter.isClosed && !mayBeUnread) return "the case is closed";
  if (row.kind === "courtesy") return matter.deputyId === deputyId ? "the case is the deputy's again" : null;
  if (row.kind !== "deputy-follow") return matter.deputyId === deputyId ? null : "the case is somebody else's";
  const following = and(eq(caseFollowers.caseId, row.caseId ?? ""), eq(caseFollowers.deputyId, deputyId));
  const [follows] = await tx.select({ since: caseFollowers.since }).from(caseFollowers).where(following).limit(1);
  return follows === undefined ? "the deputy does not follow the case any more" : null;
}

async function matterOf(tx: Transaction, caseId: string): Promise<Matter | null> {
  const [found] = await tx
    .select({
      deputyId: cases.deputyId,
      sealed: cases.sealed,
      isClosed: sql<boolean>`${cases.closedAt} is not null`,
      isClosedByDeputy: sql<boolean>`${cases.closedAt} is not null and ${cases.outcome} in ('solved', 'explained')`,
      isRated: sql<boolean>`${cases.rating} is not null`,
    })
    .from(cases)
    .where(eq(cases.id, caseId));
  return found ?? null;
}

async function isOvertaken(tx: Transaction, row: OutboxRow): Promise<boolean> {
  const kinds = OVERTAKING[row.kind as OutgoingKind];
  if (kinds === undefined || row.caseId === null) return false;
  const sameReader = row.deputyId === null ? isNull(outbox.deputyId) : eq(outbox.deputyId, row.deputyId);
  const [later] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.caseId, row.caseId),
        gt(outbox.seq, row.seq),
        inArray(outbox.kind, [...kinds]),
        sameReader,
        notInArray(outbox.state, ["superseded", "failed"]),
      ),
    )
    .limit(1);
  return later !== undefined;
}

async function hasLeftOffice(turn: Turn, deputyId: string): Promise<boolean> {
  const [row] = await turn.tx.select({ untilOn: deputies.untilOn }).from(deputies).where(eq(deputies.id, deputyId));
  return row === undefined || (row.untilOn !== null && row.untilOn < turn.today);
}

async function isPhotoGone(tx: Transaction, mediaId: string): Promise<boolean> {
  const [row] = await tx.select({ state: media.state }).from(media).where(eq(media.id, mediaId));
  return row === undefined || row.state === "failed";
}
