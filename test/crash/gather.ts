import postgres from "postgres";
import type { Vault } from "../../db/vault.ts";
import { keyPurpose } from "../../src/casework/cases/thread.ts";
import { readPayload } from "../../src/casework/inbox/payload.ts";
import { outboxPurpose } from "../../src/casework/outbox/content.ts";
import { peerPurpose } from "../../src/casework/turn/conversation.ts";
import { gatherHandovers } from "./gather-handovers.ts";
import { gatherReminders } from "./gather-reminders.ts";
import { gatherTopics } from "./gather-topics.ts";
import type { Attempt, History, Outgoing, StoredCase, StoredMessage, Word } from "./history.ts";

/** What a database of the service holds, read by its owner past every policy, unsealed. */
export type Held = Pick<History, "stored" | "cases" | "outgoing" | "reminders" | "promises" | "handedOver" | "topics">;

/** Reads everything that the checker wants to know. */
export async function gather(databaseUrl: string, vault: Vault): Promise<Held> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    return {
      stored: await storedMessages(sql, vault),
      cases: await storedCases(sql, vault),
      outgoing: await outgoingMessages(sql, vault),
      ...(await gatherReminders(sql, vault)),
      handedOver: await gatherHandovers(sql),
      topics: await gatherTopics(sql, vault),
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function storedMessages(sql: postgres.Sql, vault: Vault): Promise<StoredMessage[]> {
  type Row = {
    seq: string;
    county: string;
    account: string;
    key: string;
    payload: Buffer;
    processed: boolean;
    outcome: string | null;
    failure: string | null;
    number: string | null;
  };
  const rows = await sql<Row[]>`
    select i.seq, j.code as county, i.account_id as account, i.dedupe_key as key, i.payload,
      i.processed_at is not null as processed, i.outcome, i.failure, c.number
    from inbox i join jurisdictions j on j.jurisdiction_id = i.jurisdiction_id left join cases c on c.id = i.case_id
    order by i.seq`;
  return rows.map((row) => ({
    seq: Number(row.seq),
    county: row.county,
    openid: senderOf(vault, row),
    dedupeKey: row.key,
    outcome: row.outcome,
    isProcessed: row.processed,
    failure: row.failure,
    caseNumber: row.number,
  }));
}

function senderOf(vault: Vault, row: { account: string; payload: Buffer }): string | null {
  try {
    return readPayload(vault, { accountId: row.account, payload: row.payload }).sender;
  } catch {
    return null;
  }
}

async function storedCases(sql: postgres.Sql, vault: Vault): Promise<StoredCase[]> {
  type Row = {
    id: string;
    jurisdiction: string;
    county: string;
    number: string;
    peer: Buffer;
    deputy: string | null;
    state: string;
    closed: boolean;
    sealed: boolean;
    rating: number | null;
    reopenings: number;
    key: Buffer;
  };
  const rows = await sql<Row[]>`
    select c.id, c.jurisdiction_id as jurisdiction, j.code as county, c.number, v.peer_sealed as peer, d.code as deputy,
      c.state, c.closed_at is not null as closed, c.sealed, c.rating, c.reopenings, c.key_wrapped as key
    from cases c join jurisdictions j on j.jurisdiction_id = c.jurisdiction_id
    join conversations v on v.id = c.conversation_id left join deputies d on d.id = c.deputy_id order by c.number`;
  const events = await sql<{ id: string; type: string; by: string; details: Record<string, unknown> }[]>`
    select case_id as id, type, by, details from case_events order by seq`;
  type Message = Word & { id: string; original: Buffer | null };
  const words = await sql<Message[]>`
    select case_id as id, direction, party, kind, text, original from case_messages order by at, id`;
  const followers = await sql<{ id: string; code: string }[]>`
    select f.case_id as id, d.code from case_followers f join deputies d on d.id = f.deputy_id order by d.code`;
  const followersOf = Map.groupBy(followers, ({ id }) => id);
  const eventsOf = Map.groupBy(events, ({ id }) => id);
  const wordsOf = Map.groupBy(words, ({ id }) => id);
  return rows.map((row) => {
    const key = vault.unwrap(row.key, keyPurpose(row.jurisdiction));
    return {
      county: row.county,
      number: row.number,
      openid: vault.open(row.peer, peerPurpose(row.jurisdiction)),
      deputy: row.deputy,
      followers: (followersOf.get(row.id) ?? []).map(({ code }) => code),
      state: row.state,
      isClosed: row.closed,
      isSealed: row.sealed,
      rating: row.rating,
      reopenings: row.reopenings,
      events: eventsOf.get(row.id) ?? [],
      words: (wordsOf.get(row.id) ?? []).map(({ direction, party, kind, text, original }) => ({
        direction,
        party,
        kind,
        text: original === null ? text : key.open(original),
      })),
    };
  });
}

async function outgoingMessages(sql: postgres.Sql, vault: Vault): Promise<Outgoing[]> {
  type Row = {
    id: string;
    seq: string;
    jurisdiction: string;
    county: string;
    peer: Buffer | null;
    kind: string;
    number: string | null;
    state: string;
    reason: string | null;
    awaits: boolean;
    repeats: string | null;
    content: Buffer;
  };
  const rows = await sql<Row[]>`
    select o.id, o.seq, o.jurisdiction_id as jurisdiction, j.code as county, v.peer_sealed as peer, o.kind, c.number,
      o.state, o.reason, o.awaits_contact as awaits, first.seq as repeats, o.content
    from outbox o join jurisdictions j on j.jurisdiction_id = o.jurisdiction_id
    left join conversations v on v.id = o.conversation_id left join cases c on c.id = o.case_id
    left join outbox first on first.id = o.repeats order by o.seq`;
  const attempts = await sql<(Attempt & { id: string })[]>`
    select a.outbox_id as id, o.conversation_id || ' ' || a.started_at as call, a.rung, a.outcome, a.reason
    from attempts a join outbox o on o.id = a.outbox_id order by a.started_at, a.id`;
  const attemptsOf = Map.groupBy(attempts, ({ id }) => id);
  return rows.map((row) => {
    const content: { text: string } = JSON.parse(vault.open(row.content, outboxPurpose(row.jurisdiction)));
    return {
      seq: Number(row.seq),
      county: row.county,
      openid: row.peer === null ? null : vault.open(row.peer, peerPurpose(row.jurisdiction)),
      kind: row.kind,
      caseNumber: row.number,
      state: row.state,
      reason: row.reason,
      awaitsContact: row.awaits,
      repeats: row.repeats === null ? null : Number(row.repeats),
      text: content.text,
      attempts: (attemptsOf.get(row.id) ?? []).map(({ call, rung, outcome, reason }) => ({
        call,
        rung,
        outcome,
        reason,
      })),
    };
  });
}
