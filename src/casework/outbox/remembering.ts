import { inArray } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { OutboxRow } from "../../../db/schema/outbox.ts";
import { withQuestion, withVerdictAsked } from "../../domain/dialog/open-questions.ts";
import type { DialogState } from "../../domain/dialog/state.ts";
import type { OutgoingKind } from "./content.ts";

const REMEMBERED_CASES = 5;

/** A case of which somebody was told; `isAsked` is whether its resident may be asked for a verdict: a child is not. */
type Told = {
  readonly number: string;
  readonly isOpen: boolean;
  readonly isSolved: boolean;
  readonly isAsked: boolean;
};
type Numbers = ReadonlyMap<string, Told>;

/** The numbers of no case at all, where a message is about none. */
export const NO_NUMBERS: Numbers = new Map();

/** What is answered with a digit: a closing, and a unit's word that something is done. */
const ASKING: readonly string[] = ["closure", "unit-word"] satisfies OutgoingKind[];

/** The cases that these messages are about, by their ids, as far as they are still as they were told. */
export async function numbersOf(tx: Transaction, rows: readonly OutboxRow[]): Promise<Numbers> {
  const ids = rows.flatMap((row) =>
    row.caseId !== null && (isCaseNews(row) || ASKING.includes(row.kind)) ? [row.caseId] : [],
  );
  if (ids.length === 0) return NO_NUMBERS;
  const found = await tx
    .select({
      id: cases.id,
      number: cases.number,
      closedAt: cases.closedAt,
      outcome: cases.outcome,
      minor: cases.minor,
    })
    .from(cases)
    .where(inArray(cases.id, ids));
  return new Map(
    found.map(({ id, number, closedAt, outcome, minor }) => [
      id,
      { number, isOpen: closedAt === null, isSolved: outcome === "solved", isAsked: !minor },
    ]),
  );
}

/**
 * The dialog state after these messages arrived, which a bare answer may refer to: a closure that asks for a verdict, a unit's word
 * that is to be checked, a case that a deputy just read.
 * @returns the dialog as it is then; null where nothing changes
 */
export function remembering(
  dialog: DialogState,
  rows: readonly OutboxRow[],
  numbers: Numbers,
  now: Date,
): DialogState | null {
  if (numbers.size === 0) return null;
  const at = now.toISOString();
  const toldIn = (row: OutboxRow | undefined) => numbers.get(row?.caseId ?? "");
  const read = rows.flatMap((row) => (isCaseNews(row) ? (toldIn(row)?.number ?? []) : []));
  const asked = withUnitDone(withVerdict(dialog, rows, toldIn, at), rows, toldIn, at);
  const focus = [...new Set([...read, ...(asked.focus ?? [])])];
  if (focus.length === 0) return asked === dialog ? null : asked;
  return { ...asked, focus: focus.slice(0, REMEMBERED_CASES) };
}

type ToldIn = (row: OutboxRow | undefined) => Told | undefined;

/** No verdict is asked on a case that was opened again while word of its closing was on the way, nor of a unit's word on one that was closed. */
function withVerdict(dialog: DialogState, rows: readonly OutboxRow[], toldIn: ToldIn, at: string): DialogState {
  const row = rows.find((one) => ASKING.includes(one.kind) && toldIn(one)?.isOpen === (one.kind === "unit-word"));
  const told = toldIn(row);
  if (row === undefined || told === undefined || !told.isAsked) return dialog;
  const of = row.kind === "unit-word" ? "unit-word" : told.isSolved ? "solved" : undefined;
  return withVerdictAsked(dialog, { kind: "rating", case: told.number, ...(of && { of }), at });
}

function withUnitDone(dialog: DialogState, rows: readonly OutboxRow[], toldIn: ToldIn, at: string): DialogState {
  const told = toldIn(rows.findLast((row) => row.kind === "unit-report"));
  if (told?.isOpen !== true) return dialog;
  return withQuestion(dialog, { kind: "unit-done", case: told.number, at });
}

const CASE_NEWS: readonly string[] = [
  "deputy-case",
  "deputy-news",
  "deputy-follow",
  "unit-report",
  "photo",
] satisfies OutgoingKind[];

function isCaseNews(row: OutboxRow): boolean {
  return row.deputyId !== null && CASE_NEWS.includes(row.kind);
}
