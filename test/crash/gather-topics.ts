import type postgres from "postgres";
import type { Vault } from "../../db/vault.ts";
import { peerPurpose } from "../../src/casework/turn/conversation.ts";
import type { StoredTopic } from "./history.ts";

/** Reads the topics of all counties. */
export async function gatherTopics(sql: postgres.Sql, vault: Vault): Promise<StoredTopic[]> {
  const topics = await sql<{ id: string; jurisdiction: string; county: string; number: string }[]>`
    select t.id, t.jurisdiction_id as jurisdiction, j.code as county, t.number
    from topics t join jurisdictions j on j.jurisdiction_id = t.jurisdiction_id order by j.code, t.number`;
  const members = await sql<{ topic: string; peer: Buffer; number: string; since: Date; until: Date | null }[]>`
    select l.to_id as topic, v.peer_sealed as peer, c.number, l.at as since, l.ended_at as until
    from consequence_links l join cases c on c.id = l.from_id join conversations v on v.id = c.conversation_id
    where l.to_kind = 'topic' order by l.at, c.number`;
  const told = await sql<{ topic: string; kind: string; at: Date; done: boolean }[]>`
    select topic_id as topic, kind, at, done_at is not null as done from topic_tellings order by act_seq`;
  return topics.map(({ id, jurisdiction, county, number }) => ({
    ...{ county, number },
    members: members
      .filter(({ topic }) => topic === id)
      .map((one) => ({
        openid: vault.open(one.peer, peerPurpose(jurisdiction)),
        ...{ caseNumber: one.number, since: one.since.toISOString(), until: one.until?.toISOString() ?? null },
      })),
    told: told
      .filter(({ topic }) => topic === id)
      .map(({ kind, at, done }) => ({ kind, at: at.toISOString(), isDone: done })),
  }));
}
