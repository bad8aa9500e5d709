import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database, Transaction } from "../../../db/database.ts";
import { findWaiting } from "../../../src/casework/backlog/waiting.ts";
import { tick } from "../../../src/casework/clock/tick.ts";
import { deliver } from "../../../src/casework/delivery/deliver.ts";
import { receiveNext } from "../../../src/casework/receive/receive.ts";
import { bareAccount } from "../../bare-account.ts";
import { startService, type TestService } from "../../service.ts";

const HISTORY = 20_000;
/** What a look may touch, however long the history is: what is open, and the pages that lead there. */
const FEW_ROWS = 300;
let service: TestService;
let county: string;

beforeAll(async () => {
  service = await startService();
  county = service.jurisdiction("qinghe");
  const phone = service.phone("before");
  await phone.say("柳东村一组路灯坏了");
  await service.settled();
  const { id: accountId } = await bareAccount(service.runtime.database, county, { name: "history" });
  const owner = postgres(service.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.begin(async (tx) => {
    await tx`select set_config('liaison.jurisdiction', ${county}, true)`;
    await tx`
      insert into inbox (jurisdiction_id, account_id, peer, dedupe_key, kind, payload, received_at, processed_at)
      select ${county}, ${accountId}, 'p' || n, 'k' || n, 'text', '', now() - interval '1 day', now() from generate_series(1, ${HISTORY}::int) n`;
    await tx`
      insert into conversations (id, jurisdiction_id, account_id, peer, peer_sealed, created_at)
      select gen_random_uuid(), ${county}, ${accountId}, 'p' || n, '', now() from generate_series(1, ${HISTORY}::int) n`;
    await tx`
      insert into cases (id, jurisdiction_id, number, conversation_id, state, outcome, summary, received_at, due_on, last_spoken_at, closed_at, key_wrapped)
      select gen_random_uuid(), ${county}, '1999-' || lpad(row_number() over ()::text, 6, '0'), id, 'closed', 'solved', '', now(), now()::date, now() - interval '9 days', now(), ''
      from conversations where account_id = ${accountId}`;
    await tx`
      insert into outbox (id, jurisdiction_id, conversation_id, kind, is_answer, content, state, not_before, created_at)
      select gen_random_uuid(), ${county}, id, 'receipt', false, '', 'delivered', now() - interval '1 day', now()
      from conversations where account_id = ${accountId}`;
    await tx`
      insert into media (id, jurisdiction_id, account_id, platform_id, form, state, created_at)
      select gen_random_uuid(), ${county}, ${accountId}, 'm' || n, 'image', 'kept', now() from generate_series(1, ${HISTORY}::int) n`;
  });
  await owner`analyze inbox, conversations, cases, outbox, media`;
  await owner.end();
}, 120_000);
afterAll(() => service.close());

/** The database, counting the statements and the rows that they look at. */
function counting(database: Database) {
  const seen = { statements: 0, rows: 0, byTable: new Map<string, number>() };
  const looked = async (tx: Transaction) => {
    const tables = await tx.execute<{ name: string; rows: string }>(sql`
      select relname as name, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables`);
    return new Map(tables.map(({ name, rows }) => [name, Number(rows)]));
  };
  const counted: Database = {
    ...database,
    inCounty: (id, work) =>
      database.inCounty(id, async (tx) => {
        const before = await looked(tx);
        const spied = new Proxy(tx, {
          get(target, name) {
            if (["select", "selectDistinct", "insert", "update", "delete", "execute"].includes(String(name)))
              seen.statements += 1;
            const value = Reflect.get(target, name);
            return typeof value === "function" ? value.bind(target) : value;
          },
        });
        const result = await work(spied);
        for (const [name, rows] of await looked(tx)) {
          const more = rows - (before.get(name) ?? 0);
          if (more <= 0) continue;
          seen.rows += more;
          seen.byTable.set(name, (seen.byTable.get(name) ?? 0) + more);
        }
        return result;
      }),
  };
  return { counted, seen };
}

describe(`after ${HISTORY} messages, cases and deliveries are done`, () => {
  test("a sweep looks at what is open alone", async () => {
    const { counted, seen } = counting(service.runtime.database);
    const now = service.runtime.now();
    expect(await findWaiting(counted, county, { now, unprocessedSince: now })).toEqual({ receive: null, deliver: [] });
    expect(seen.statements).toBe(2);
    expect([seen.rows < FEW_ROWS, [...seen.byTable]]).toEqual([true, expect.anything()]);
  });

  test("what time brings looks at what is open alone", async () => {
    const { counted, seen } = counting(service.runtime.database);
    await tick({ ...service.runtime, database: counted }, county);
    expect([seen.rows < FEW_ROWS, [...seen.byTable]]).toEqual([true, expect.anything()]);
  });
});

describe("an announcement too many", () => {
  test("costs one look when it is about what somebody said", async () => {
    const { counted, seen } = counting(service.runtime.database);
    const runtime = { ...service.runtime, database: counted };
    expect(await receiveNext(runtime, county, { limit: 32, order: "oldest" })).toMatchObject({ conversations: [] });
    expect(seen.statements).toBe(1);
    expect([seen.rows < FEW_ROWS, [...seen.byTable]]).toEqual([true, expect.anything()]);
  });

  test("costs two looks when it is about what is to be sent", async () => {
    const { counted, seen } = counting(service.runtime.database);
    const [row] = await service.runtime.database.inCounty(county, (tx) =>
      tx.execute<{ id: string }>(sql`select conversation_id as id from outbox order by seq limit 1`),
    );
    const key = { jurisdictionId: county, conversationId: row!.id };
    expect(await deliver({ ...service.runtime, database: counted }, key)).toEqual({ nextAt: null });
    expect(seen.statements).toBeLessThanOrEqual(2);
    expect([seen.rows < FEW_ROWS, [...seen.byTable]]).toEqual([true, expect.anything()]);
  });
});
