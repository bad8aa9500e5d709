import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { understandingCorrections, understandings } from "../../../db/schema/understandings.ts";
import type { Vault } from "../../../db/vault.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { REHEARSAL_CHANNEL } from "../../domain/case/rehearsal.ts";
import { mask } from "../../domain/text/mask.ts";
import { type CorrectionCount, countCorrections } from "../../domain/understanding/corrections.ts";
import { mondayOf, weeklySample } from "../../domain/understanding/sample.ts";
import type { Caller } from "../access/caller.ts";
import { countsAsSealed, visibleTo } from "../cases/visible-to.ts";
import { readPayload } from "../inbox/payload.ts";
import { becauseOf } from "../inbox/understandings.ts";
import { wordsIn } from "../inbox/words.ts";

/** A message that was answered without a case: nobody of the office or among the deputies has read it, unless somebody looks. */
export type UnreadMessage = {
  /** Its number in the inbox. */
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly rule: string;
  readonly act: string | null;
  readonly probability: number;
  /** Its words, masked. */
  readonly text: string;
  /** The pieces of the words that spoke most for it, masked. */
  readonly because: readonly string[];
  /** Whether it is among those of its week that somebody should look at. */
  readonly inSample: boolean;
  /** Who made a case of it, and when. */
  readonly openedBy: string | null;
  readonly openedAt: string | null;
  readonly case: string | null;
};

/** The messages without a case of some days, newest first, counted by kind. */
export type Unread = {
  readonly counts: Readonly<Record<string, number>>;
  readonly messages: readonly UnreadMessage[];
};

type Services = { readonly database: Database; readonly vault: Vault; readonly now: () => Date };

/**
 * The condition for a message that became no case: what was dropped, refused or answered with a courtesy; what was asked about and
 * came to nothing; and what was taken for a command that nobody typed as one.
 */
export const becameNoCase = and(
  isNotNull(inbox.processedAt),
  isNull(inbox.caseId),
  sql`not exists (select from channel_accounts n where n.id = ${inbox.accountId} and n.channel = ${REHEARSAL_CHANNEL})`,
  or(
    inArray(inbox.outcome, ["spam", "refused", "courtesy"]),
    eq(understandings.kind, "unsure"),
    and(eq(understandings.kind, "command"), ne(understandings.rule, "grammar")),
  ),
);

/** Finds the messages of the last days that became no case, also those of which somebody made one since. */
export async function findUnread(
  { database, vault, now }: Services,
  jurisdictionId: string,
  { days, timeZone }: { readonly days: number; readonly timeZone: string },
): Promise<Unread> {
  const span = { first: addDays(dayIn(now(), timeZone), 1 - days), timeZone };
  const { listed, sample } = await database.inCounty(jurisdictionId, (tx) =>
    drawnSince(tx, vault, jurisdictionId, span, undefined),
  );
  return { counts: countKinds(listed), messages: listed.map((row) => messageOf(vault, row, sample.has(row))) };
}

/** A page of the messages that became no case, newest first, with the counts of all of them. */
export type UnreadPage = Unread & { readonly next: string | null };

/**
 * Lists the messages of the last days that became no case for somebody of the office. A message of which a case was made that does
 * not exist for them, or is sealed, is not in it.
 */
export async function listUnread(
  tx: Transaction,
  { vault, now }: Pick<Services, "vault" | "now">,
  caller: Caller,
  asked: {
    readonly days: number;
    readonly timeZone: string;
    readonly kind?: string | undefined;
    /** Those of the weeks' samples alone. */
    readonly sample?: boolean | undefined;
    /** The number of the last message of the page before. */
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<UnreadPage> {
  const today = dayIn(now(), asked.timeZone);
  const span = { first: addDays(today, 1 - asked.days), timeZone: asked.timeZone };
  const known = and(
    or(isNull(cases.id), sql`(${visibleTo(caller, today)} and not ${countsAsSealed})`),
    sql`${understandings.accusation} is distinct from 'sealed'`,
  );
  const { listed, sample } = await drawnSince(tx, vault, caller.jurisdictionId, span, known);
  const wanted = listed.filter(
    (row) =>
      (asked.kind === undefined || row.understanding.kind === asked.kind) && (asked.sample !== true || sample.has(row)),
  );
  const from = wanted.findIndex(({ understanding }) => String(understanding.inboxSeq) === asked.after) + 1;
  const page = wanted.slice(from, from + asked.limit);
  return {
    counts: countKinds(listed),
    messages: page.map((row) => messageOf(vault, row, sample.has(row))),
    next: wanted.length > from + asked.limit ? String(page.at(-1)?.understanding.inboxSeq) : null,
  };
}

type Drawn = Awaited<ReturnType<typeof rowsSince>>[number] & { readonly day: string; readonly lot: string };

/** The messages since a day, and the samples of their weeks, which are the same for everybody who looks. */
async function drawnSince(
  tx: Transaction,
  vault: Vault,
  jurisdictionId: string,
  { first, timeZone }: { readonly first: string; readonly timeZone: string },
  known: SQL | undefined,
): Promise<{ readonly listed: readonly Drawn[]; readonly sample: ReadonlySet<Drawn> }> {
  const rows = await rowsSince(tx, mondayOf(first), known);
  const drawn = rows.map((row) => ({
    ...row,
    day: dayIn(row.understanding.at, timeZone),
    lot: vault.blindIndex(String(row.understanding.inboxSeq), `sample:${jurisdictionId}`),
  }));
  return { listed: drawn.filter(({ day }) => day >= first), sample: weeklySample(drawn) };
}

function countKinds(listed: readonly Drawn[]): Record<string, number> {
  const kinds = Map.groupBy(listed, ({ understanding }) => understanding.kind);
  return Object.fromEntries([...kinds].map(([kind, those]) => [kind, those.length]));
}

function messageOf(vault: Vault, row: Drawn, inSample: boolean): UnreadMessage {
  const { inboxSeq, at, kind, rule, act, probability, openedBy, openedAt } = row.understanding;
  return {
    id: String(inboxSeq),
    at: at.toISOString(),
    kind,
    rule,
    act,
    probability,
    text: mask(wordsIn(readPayload(vault, row).content)),
    because: becauseOf(vault, row.understanding).map(({ sign }) => mask(sign)),
    inSample,
    openedBy,
    openedAt: openedAt?.toISOString() ?? null,
    case: row.number,
  };
}

/** A week is read whole: its sample is the same on each of its days, as far as it has come. */
async function rowsSince(tx: Transaction, monday: string, known: SQL | undefined) {
  return tx
    .select({
      understanding: understandings,
      accountId: inbox.accountId,
      payload: inbox.payload,
      number: cases.number,
    })
    .from(understandings)
    .innerJoin(inbox, eq(inbox.seq, understandings.inboxSeq))
    .leftJoin(cases, eq(cases.id, inbox.caseId))
    .where(
      and(
        // Wherever the county is, its Monday begins within a day of that of the prime meridian.
        gte(understandings.at, new Date(`${addDays(monday, -1)}T00:00:00Z`)),
        or(becameNoCase, isNotNull(understandings.openedAt)),
        known,
      ),
    )
    .orderBy(desc(understandings.at), desc(understandings.inboxSeq));
}

/** Counts the corrections of a county by what was decided and what it was. */
export function findCorrections(
  { database }: Pick<Services, "database">,
  jurisdictionId: string,
): Promise<CorrectionCount[]> {
  return database.inCounty(jurisdictionId, correctionsIn);
}

/** Counts the corrections of the county of a transaction; see {@link findCorrections}. */
export async function correctionsIn(tx: Transaction): Promise<CorrectionCount[]> {
  const rows = await tx
    .select({
      decided: understandingCorrections.decided,
      was: understandingCorrections.was,
      person: inbox.peer,
    })
    .from(understandingCorrections)
    .innerJoin(inbox, eq(inbox.seq, understandingCorrections.inboxSeq))
    .orderBy(asc(understandingCorrections.at));
  return countCorrections(rows);
}
