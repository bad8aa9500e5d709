import { and, asc, count, eq, isNull } from "drizzle-orm";
import { type CaseRecord, cases } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { grids } from "../../../db/schema/places.ts";
import { mask } from "../../domain/text/mask.ts";
import { quoteMasked } from "../../domain/text/quote.ts";
import type { GridMatter } from "../../domain/wording/bound/grid-sentences.ts";
import { gridWordingOf } from "../../domain/wording/bound.ts";
import { chatsOfGrid } from "../bindings/roles.ts";
import { deputyLines } from "../cases/describe.ts";
import { record } from "../cases/record.ts";
import { residentsWords, threadOf } from "../cases/thread.ts";
import { countsAsOrdinary } from "../cases/visible-to.ts";
import { tellConversation } from "../outbox/tell.ts";
import type { Turn } from "../turn/turn.ts";
import { whyStays } from "./may-leave.ts";

/** Words that speak of grid workers or their heads, by the field's own names for them. */
const OF_GRID_WORKERS = /网格[员長长]|格长|grid (?:worker|head)/iu;

/**
 * Whether the worker of its grid may see a case: the one guard of all ways to one, asked each time.
 *
 * They live next door to whoever wrote. So nothing that a case system of others may not have (sealed, of a child, a petition, violence), nothing
 * of who stays unnamed, and nothing that speaks of grid workers themselves.
 */
export async function mayShowToGrid(turn: Turn, subject: CaseRecord): Promise<boolean> {
  if (subject.gridId === null || subject.closedAt !== null || subject.unnamed) return false;
  if ((await whyStays(turn, subject)) !== null) return false;
  return !OF_GRID_WORKERS.test(residentsWords(await threadOf(turn, subject)));
}

/** The open cases of a grid, what is due first on top; of each {@link mayShowToGrid} is asked before anything of it is shown. */
export function openOfGrid({ tx }: Turn, gridId: string): Promise<CaseRecord[]> {
  return tx
    .select()
    .from(cases)
    .where(and(eq(cases.gridId, gridId), isNull(cases.closedAt), countsAsOrdinary))
    .orderBy(asc(cases.dueOn), asc(cases.number));
}

/** The count of the open cases of a grid that do not count as sealed. */
export async function countOpenOfGrid({ tx }: Turn, gridId: string): Promise<number> {
  const [row] = await tx
    .select({ open: count() })
    .from(cases)
    .where(and(eq(cases.gridId, gridId), isNull(cases.closedAt), countsAsOrdinary));
  return row?.open ?? 0;
}

/** The cases as the worker of their grid may see them: the working copy, never whose it is. */
export async function gridMatters(turn: Turn, subjects: readonly CaseRecord[]): Promise<readonly GridMatter[]> {
  const lines = await deputyLines(turn, subjects);
  const matters: GridMatter[] = [];
  for (const [index, { number, place, text }] of lines.entries()) {
    const deputyId = subjects[index]?.deputyId ?? null;
    const [holder] =
      deputyId === null
        ? []
        : await turn.tx.select({ name: deputies.name }).from(deputies).where(eq(deputies.id, deputyId));
    matters.push({ number, place, text, deputy: holder?.name ?? null });
  }
  return matters;
}

/** The result of asking a grid worker to look; nothing has changed where nobody was asked. */
export type SiteAsked =
  | { readonly ok: true; readonly grid: string }
  | { readonly ok: false; readonly why: "stays" }
  | { readonly ok: false; readonly why: "nobody"; readonly grid: string | null };

/**
 * Asks the workers of the grid of a case to look at it on the spot; its deputy keeps it, and no clock follows from it.
 *
 * @param text the deputy's words for them; empty for none
 */
export async function askGridWorkers(
  turn: Turn,
  subject: CaseRecord,
  { text, by }: { readonly text: string; readonly by: string },
): Promise<SiteAsked> {
  if (subject.gridId === null) return { ok: false, why: "nobody", grid: null };
  if (!(await mayShowToGrid(turn, subject))) return { ok: false, why: "stays" };
  const [grid] = await turn.tx
    .select({ code: grids.code, name: grids.name })
    .from(grids)
    .where(eq(grids.id, subject.gridId));
  const chats = grid === undefined ? [] : await chatsOfGrid(turn, grid.code);
  const [matter] = await gridMatters(turn, [subject]);
  if (grid === undefined || matter === undefined || chats.length === 0)
    return { ok: false, why: "nobody", grid: grid?.name ?? null };
  record(turn, subject, "site_asked", by, { grid: grid.code });
  const reason = text === "" ? null : quoteMasked(mask(text));
  for (const { id, locale } of chats) {
    const words = gridWordingOf(locale).asked({ ...matter, reason });
    tellConversation(turn, id, { kind: "handover", subject, words, isAnswer: true });
  }
  return { ok: true, grid: grid.name };
}
