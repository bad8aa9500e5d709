import { sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { JOIN_WORDS, joinedWords } from "../../../db/case-words.ts";
import type { Transaction } from "../../../db/database.ts";
import {
  caseClocks,
  caseEvents,
  caseFollowers,
  caseMessages,
  cases,
  clockRules,
  decisions,
} from "../../../db/schema/cases.ts";
import { answerUses } from "../../../db/schema/categories.ts";
import { caseNotes, casePeople, caseWords } from "../../../db/schema/console.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { type CountySettings, jurisdictions } from "../../../db/schema/county.ts";
import { acts, handovers } from "../../../db/schema/ledger.ts";
import { media } from "../../../db/schema/media.ts";
import { outbox, partnerMessages } from "../../../db/schema/outbox.ts";
import { textSketches, troubleMarks } from "../../../db/schema/topics.ts";
import { understandingCorrections, understandings } from "../../../db/schema/understandings.ts";
import { dutyTellings } from "../../../db/schema/users.ts";
import { gatherWrites, type Joining, type Writes } from "../../../db/writes.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import type { RuleInForce } from "../../domain/clocks/rule.ts";
import type { Reader } from "../../domain/understanding/reader.ts";
import { readerOfCounty } from "../runtime/county-reader.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type Lookups, openLookups } from "./lookups.ts";

/** The part of a unit of work with which a change of a case is written: a turn has it, and so has a transaction in which staff decide. */
export type CaseWriting = Pick<UnitOfWork, "writes" | "jurisdictionId" | "now" | "staff" | "station">;

/** What casework writes, each table behind those that it refers to. */
const WRITTEN = [
  cases,
  caseEvents,
  answerUses,
  handovers,
  acts,
  partnerMessages,
  caseClocks,
  decisions,
  caseFollowers,
  caseMessages,
  caseWords,
  caseNotes,
  casePeople,
  outbox,
  dutyTellings,
  media,
  conversations,
  understandings,
  understandingCorrections,
  troubleMarks,
  textSketches,
];

/** New words of a case join those that are there. */
const WORDS: Joining = {
  key: "caseId",
  merge: (first, another) => ({ words: joinedWords(String(first.words), String(another.words)) }),
  onConflict: JOIN_WORDS,
};

/** A case is marked anew where it was moved. */
const MARK: Joining = {
  key: "caseId",
  merge: (_first, another) => another,
  onConflict: sql`on conflict (case_id) do update
    set sign = excluded.sign, grid_id = excluded.grid_id, spots = excluded.spots, pasted_from = excluded.pasted_from`,
};

/** The hashes of a text stay as they are. */
const SKETCH: Joining = {
  key: "hash",
  merge: (first) => first,
  onConflict: sql`on conflict (case_id, hash) do nothing`,
};

const JOINED = new Map<PgTable, Joining>([
  [caseWords, WORDS],
  [troubleMarks, MARK],
  [textSketches, SKETCH],
]);

/** Opens the gathered writes of a transaction, in the order of casework's tables. */
export function openWrites(tx: Transaction): Writes {
  return gatherWrites(tx, WRITTEN, JOINED);
}

/** Sends a write without waiting for it; all of them are waited for before the commit. */
export function writeLater(turn: Pick<UnitOfWork, "writes">, write: { execute(): Promise<unknown> }): void {
  turn.writes.later(write);
}

/** A unit of work (Fowler): what the turns of one transaction share; it gathers their writes and sends them before the commit. */
export type UnitOfWork = {
  readonly runtime: Runtime;
  /** The transaction; whoever takes it to say something sends first what was written until then. */
  readonly tx: Transaction;
  readonly writes: Writes;
  readonly lookups: Lookups;
  /** Reads residents' words as this county has it. */
  readonly reader: Reader;
  readonly jurisdictionId: string;
  readonly county: {
    readonly code: string;
    readonly name: string;
    readonly settings: CountySettings;
    /** The county's own rules of deadlines, also those that were or will be in force. */
    readonly clockRules: readonly RuleInForce[];
  };
  readonly now: Date;
  /** Calendar day in the county's time zone. */
  readonly today: string;
  /** Whether the turns of several people share it: what must see or lock the matters of others is not done in such a one. */
  readonly isShared: boolean;
  /** The name of whoever of the staff causes all that happens in it, as the events of cases say; left out where nobody does. */
  readonly staff?: string;
  /** The code of the station for which somebody causes it in chat; left out elsewhere. */
  readonly station?: string;
};

/** The row of a county, as far as its units of work need it. */
type CountyRow = UnitOfWork["county"] & { readonly understandingLayer: string | null };

/** The columns of {@link jurisdictions} that a unit of work is opened with. */
export const COUNTY_COLUMNS = {
  code: jurisdictions.code,
  name: jurisdictions.name,
  settings: jurisdictions.settings,
  understandingLayer: jurisdictions.understandingLayer,
  clockRules: sql<RuleInForce[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'category', r.category, 'priority', r.priority, 'kind', r.kind,
      'amount', r.amount, 'unit', r.unit, 'source', r.source, 'fromOn', r.from_on)), '[]') from ${clockRules} r)`,
};

/** Opens the unit of work of a county's transaction. */
export async function openWork(
  runtime: Runtime,
  tx: Transaction,
  jurisdictionId: string,
  { understandingLayer, ...county }: CountyRow,
  isShared = false,
): Promise<UnitOfWork> {
  const writes = openWrites(tx);
  const now = runtime.now();
  const today = dayIn(now, runtime.timeZone);
  const lookups = openLookups({
    ...{ tx, writes, jurisdictionId, atlases: runtime.atlases, now, today },
    timeZone: runtime.timeZone,
  });
  const reader = await readerOfCounty(runtime, tx, jurisdictionId, understandingLayer);
  return { runtime, tx, jurisdictionId, county, now, today, isShared, writes, lookups, reader };
}
