import postgres from "postgres";
import { v7 as newId } from "uuid";
import { caseEvents, cases } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { type LinkedEvent, linkHash } from "../../../src/casework/audit/chain.ts";
import type { TestDatabase } from "../../database.ts";

/** The moment at which everything in such a ledger happened. */
export const AT = new Date("2026-11-23T08:00:00.123Z");

/** Gives a county some cases; each was opened, asked about by its resident, and withdrawn: three events. */
export async function fillLedger(db: TestDatabase, code: string, count: number): Promise<{ id: string }> {
  const jurisdictionId = await db.county(code);
  const accountId = newId();
  const conversationId = newId();
  const sealed = new Uint8Array();
  await db.database.inCounty(jurisdictionId, async (tx) => {
    const account = { id: accountId, channel: "c", name: newId(), settings: {}, secrets: sealed };
    await tx.insert(channelAccounts).values({ ...account, jurisdictionId, createdAt: AT });
    const person = { id: conversationId, accountId, peer: "p", peerSealed: sealed };
    await tx.insert(conversations).values({ ...person, jurisdictionId, createdAt: AT });
    for (let serial = 1; serial <= count; serial += 1) {
      const id = newId();
      const opening = {
        number: `2026-${String(serial).padStart(6, "0")}`,
        priority: false,
        sealed: false,
        category: null,
        dueOn: "2026-11-30",
      };
      const ending = { state: "closed", outcome: "withdrawn", closedAt: AT } as const;
      const rest = { conversationId, summary: "灯不亮", lastSpokenAt: AT, keyWrapped: sealed };
      await tx.insert(cases).values({ id, jurisdictionId, ...opening, ...ending, ...rest, receivedAt: AT });
      const event = { jurisdictionId, caseId: id, at: AT, by: "resident" };
      await tx.insert(caseEvents).values([
        { ...event, type: "opened", details: { ...opening, receivedAt: AT.toISOString() } },
        { ...event, type: "reminded" },
        { ...event, type: "closed", details: { outcome: "withdrawn" } },
      ]);
    }
  });
  return { id: jurisdictionId };
}

/** Somebody who may do everything to the database, and keeps its triggers and foreign keys from noticing. */
export async function tamper(url: string, work: (sql: postgres.TransactionSql) => Promise<unknown>): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await client.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await work(sql);
    });
  } finally {
    await client.end();
  }
}

/** Computes the chain of a county anew from some link on, as somebody does who owns the database and knows how it is made. */
export async function recomputeChain(
  sql: postgres.TransactionSql,
  jurisdictionId: string,
  from: number,
): Promise<void> {
  const [last] = await sql<{ hash: Buffer }[]>`
    select hash from event_links where jurisdiction_id = ${jurisdictionId} and position = ${from - 1}`;
  const events = await sql<(Omit<LinkedEvent, "seq"> & { position: string; seq: string })[]>`
    select l.position, e.seq, e.jurisdiction_id as "jurisdictionId", e.case_id as "caseId", e.type, e.by, e.details,
      to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from event_links l join case_events e on e.seq = l.event_seq
    where l.jurisdiction_id = ${jurisdictionId} and l.position >= ${from} order by l.position`;
  let hash = last?.hash ?? Buffer.alloc(32);
  for (const { position, ...event } of events) {
    hash = linkHash(hash, Number(position), { ...event, seq: Number(event.seq) });
    await sql`update event_links set hash = ${hash} where jurisdiction_id = ${jurisdictionId} and position = ${position}`;
  }
}
