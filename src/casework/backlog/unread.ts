import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { cases } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { understandingCorrections, understandings } from "../../../db/schema/understandings.ts";
import type { Vault } from "../../../db/vault.ts";
import { addDays } from "../../domain/calendar/days.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { mask } from "../../domain/text/mask.ts";
import { type CorrectionCount, countCorrections } from "../../domain/understanding/corrections.ts";
import { mondayOf, weeklySample } from "../../domain/understanding/sample.ts";
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
  const first = addDays(dayIn(now(), timeZone), 1 - days);
  const rows = await database.inCounty(jurisdictionId, (tx) => rowsSince(tx, mondayOf(first)));
  const dated = rows.map((row) => ({
    ...row,
    day: dayIn(row.understanding.at, timeZone),
    lot: vault.blindIndex(String(row.understanding.inboxSeq), `sample:${jurisdictionId}`),
  }));
  const sample = weeklySample(dated);
  const listed = dated.filter(({ day }) => day >= first);
  const kinds = Map.groupBy(listed, ({ understanding }) => understanding.kind);
  return {
    counts: Object.fromEntries([...kinds].map(([kind, those]) => [kind, those.length])),
    messages: listed.map((row): UnreadMessage => {
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
        inSample: sample.has(row),
        openedBy,
        openedAt: openedAt?.toISOString() ?? null,
        case: row.number,
      };
    }),
  };
}

/** A week is read whole: its sample is the same on each of its days, as far as it has come. */
async function rowsSince(tx: Transaction, monday: string) {
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
      ),
    )
    .orderBy(desc(understandings.at), desc(understandings.inboxSeq));
}

/** Counts the corrections of a county by what was decided and what it was. */
export async function findCorrections(
  { database }: Pick<Services, "database">,
  jurisdictionId: string,
): Promise<CorrectionCount[]> {
  const rows = await database.inCounty(jurisdictionId, (tx) =>
    tx
      .select({
        decided: understandingCorrections.decided,
        was: understandingCorrections.was,
        person: inbox.peer,
      })
      .from(understandingCorrections)
      .innerJoin(inbox, eq(inbox.seq, understandingCorrections.inboxSeq))
      .orderBy(asc(understandingCorrections.at)),
  );
  return countCorrections(rows);
}
