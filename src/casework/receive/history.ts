import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import type { CaseRecord } from "../../../db/schema/cases.ts";
import { cases } from "../../../db/schema/cases.ts";
import type { Conversation } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { OWN_CASES, rememberedSince } from "../cases/load.ts";
import { unseenIn } from "../delivery/tell-again.ts";

/** What was before with a person who speaks. */
type History = {
  /** Their own cases, locked; null of a deputy, and of who has several chats, whose cases are looked at only when they are needed. */
  readonly cases: CaseRecord[] | null;
  /** The kinds of what waits to be sent to them. */
  readonly unsent: Set<string>;
  /** Whether any of that waits for a sign of them, or for its next try. */
  readonly isHeldBack: boolean;
  /** Whether nobody saw how something ended that was sent to them, and that they must know. */
  readonly mayHaveMissed: boolean;
};

/** The history of a person who writes for the first time. */
export function noHistory(): History {
  return { cases: [], unsent: new Set(), isHeldBack: false, mayHaveMissed: false };
}

/**
 * Loads the history of people who write again; it does not change while their conversations are locked.
 *
 * @param options.linked the other chats of the only one of them, where they have several: what waits there waits for their contact, too
 * @returns by the id of the conversation
 */
export async function loadHistory(
  tx: Transaction,
  returning: readonly Conversation[],
  { linked, now }: { readonly linked: readonly Conversation[]; readonly now: Date },
): Promise<Map<string, History>> {
  if (returning.length === 0) return new Map();
  const residents = returning.filter(({ deputyId, personId }) => deputyId === null && personId === null);
  const whole = [...returning, ...linked];
  const [own, unsent, unseen] = await Promise.all([
    residents.length === 0
      ? []
      : tx
          .select()
          .from(cases)
          .where(ownedBy(residents, now))
          .orderBy(desc(cases.lastSpokenAt), desc(cases.number))
          .for("no key update")
          .execute(),
    tx
      .select({
        conversationId: outbox.conversationId,
        kind: outbox.kind,
        isHeldBack: sql<boolean>`bool_or(${outbox.awaitsContact} or ${outbox.tries} > 0)`,
      })
      .from(outbox)
      .where(and(isToOneOf(whole), eq(outbox.state, "waiting")))
      .groupBy(outbox.conversationId, outbox.kind)
      .execute(),
    unseenIn(tx, idsOf(returning)),
  ]);
  const casesOf = Map.groupBy(own, (one) => one.conversationId);
  const unsentTo = Map.groupBy(unsent, (one) => one.conversationId);
  return new Map(
    returning.map(({ id, deputyId, personId }) => {
      const kinds = unsentTo.get(id) ?? [];
      const elsewhere = deputyId === null && linked.length === 0 ? [] : unsent;
      return [
        id,
        {
          cases: deputyId === null && personId === null ? (casesOf.get(id) ?? []) : null,
          unsent: new Set(kinds.map(({ kind }) => kind)),
          isHeldBack: [...kinds, ...elsewhere].some((one) => one.isHeldBack),
          mayHaveMissed: unseen.has(id),
        },
      ];
    }),
  );
}

function ownedBy(residents: readonly Conversation[], now: Date): SQL {
  const since = rememberedSince(now).toISOString();
  return sql`${cases.id} in (
    select own.id from unnest(${idsOf(residents)}) as resident (id)
    cross join lateral (
      select c.id from ${cases} c
      where c.conversation_id = resident.id and (c.closed_at is null or c.closed_at > ${since}::timestamptz)
      order by c.last_spoken_at desc, c.number desc limit ${OWN_CASES}) own)`;
}

/** What is for a deputy waits in any of their chats; they are looked up once, by the index. */
function isToOneOf(some: readonly Conversation[]): SQL {
  const deputies = some.flatMap(({ deputyId }) => deputyId ?? []);
  if (deputies.length === 0) return sql`${outbox.conversationId} = any(${idsOf(some)})`;
  const theirs = sql`select k.id from conversations k where k.deputy_id = any(${sql.param(deputies)}::uuid[])`;
  return sql`${outbox.conversationId} = any(${idsOf(some)} || array(${theirs}))`;
}

function idsOf(some: readonly Conversation[]): SQL {
  return sql`${sql.param(some.map(({ id }) => id))}::uuid[]`;
}
