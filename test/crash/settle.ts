import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { peerPurpose } from "../../src/casework/turn/conversation.ts";
import type { Driver } from "./driver.ts";
import type { Environment } from "./environment.ts";
import { phoneKey, type Recovery } from "./history.ts";

/** Longer than a recovery may take, so that one that took too long still shows how long. */
const GIVEN_UP_MS = 75_000;
const LOOK_MS = 250;
const DATED_MS = 10 * 60_000;

type Waiting = { readonly what: string; readonly who: { readonly county: string; readonly openid: string } | null };

/**
 * Waits until everything that was accepted is heard and delivered. Whoever must speak first for that, because the
 * platform's window is closed or used up, or a message may not have arrived, says something.
 *
 * What the platform's quota holds until tomorrow waits with a date, and is not waited for. It takes from now, or from the last word
 * that people had planned to say: how long they speak is not the service's.
 * @param what names what it recovers from
 */
export async function untilSettled(environment: Environment, driver: Driver, what: string): Promise<Recovery> {
  const begin = performance.now();
  const took = () => performance.now() - Math.max(begin, driver.lastSaid());
  let waiting: Waiting[] = [];
  const sql = postgres(environment.cluster.url(), { max: 1, onnotice: () => undefined });
  try {
    for (; took() < GIVEN_UP_MS; await pause(LOOK_MS)) {
      await driver.idle();
      waiting = await whatWaits(sql, environment);
      if (waiting.length === 0) return { what, tookMs: Math.round(took()), waiting: [] };
      const people = new Map(
        waiting.flatMap(({ who }) => (who === null ? [] : [[phoneKey(who.county, who.openid), who]])),
      );
      for (const { county, openid } of people.values()) driver.contact(county, openid);
    }
    return { what, tookMs: null, waiting: [...(await whoBlocks(sql)), ...waiting.map((one) => one.what)] };
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Connections whose locks others wait for, with what they did last. */
async function whoBlocks(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select format('connection %s of %s blocks others: %s, waits for %s, in its transaction for %s, last said: %s',
      pid, application_name, state, coalesce(wait_event, 'nothing'), now() - xact_start, left(query, 120)) as line
    from pg_stat_activity
    where pid in (select unnest(pg_blocking_pids(pid)) from pg_stat_activity) and cardinality(pg_blocking_pids(pid)) = 0`;
  return rows.map(({ line }) => line);
}

/** Whether something waits for tomorrow. */
export async function waitsForTomorrow(environment: Environment): Promise<boolean> {
  const sql = postgres(environment.cluster.url(), { max: 1, onnotice: () => undefined });
  try {
    const rows = await sql`
      select from outbox where state = 'waiting' and not awaits_contact and not_before > ${dayAfter(environment)} limit 1`;
    return rows.length > 0;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** What waits longer than this waits for a date that the platform named. */
function dayAfter(environment: Environment): Date {
  return new Date(environment.serviceNow().getTime() + DATED_MS);
}

async function whatWaits(sql: postgres.Sql, environment: Environment): Promise<Waiting[]> {
  const { counties } = environment;
  const unprocessed = await sql<{ key: string; tries: number }[]>`
    select dedupe_key as key, attempts as tries from inbox
    where processed_at is null and dedupe_key not like 'poison%' limit 20`;
  const unsent = await sql<
    { seq: string; state: string; reason: string | null; mustWrite: boolean; county: string; peer: Buffer }[]
  >`
    select o.seq::text as seq, o.state, o.reason, j.code as county, c.peer_sealed as peer,
      o.awaits_contact and ${isHeard(sql)} as "mustWrite"
    from outbox o join conversations c on c.id = o.conversation_id
    join jurisdictions j on j.jurisdiction_id = o.jurisdiction_id
    where o.state in ('waiting', 'sending') and not exists (
      select from outbox held where held.conversation_id = o.conversation_id and held.state = 'waiting'
        and held.not_before > ${dayAfter(environment)} and not held.awaits_contact
    ) order by o.seq limit 400`;
  const untold = await sql<{ seq: string; mustWrite: boolean; county: string; peer: Buffer }[]>`
    select o.seq::text as seq, j.code as county, c.peer_sealed as peer, ${isHeard(sql)} as "mustWrite"
    from outbox o join conversations c on c.id = o.conversation_id
    join jurisdictions j on j.jurisdiction_id = o.jurisdiction_id
    where o.state = 'uncertain' and o.repeats_left > 0 order by o.seq limit 400`;
  const openid = (county: string, peer: Buffer) =>
    counties.vault.open(peer, peerPurpose(counties.ids.get(county) ?? ""));
  return [
    ...unprocessed.map(({ key, tries }) => ({ what: `inbox ${key} after ${tries} tries`, who: null })),
    ...unsent.map(({ seq, state, reason, mustWrite, county, peer }) => ({
      what: `outbox ${seq} is ${state}: ${reason}`,
      who: mustWrite ? { county, openid: openid(county, peer) } : null,
    })),
    ...untold.map(({ seq, mustWrite, county, peer }) => ({
      what: `outbox ${seq} may not have arrived`,
      who: mustWrite ? { county, openid: openid(county, peer) } : null,
    })),
  ];
}

/** Whether everything that the person of conversation `c` said is received: who still waits for that does not write again. */
function isHeard(sql: postgres.Sql): postgres.Fragment {
  return sql`not exists (
    select from inbox i where i.account_id = c.account_id and i.peer = c.peer and i.processed_at is null
  )`;
}
