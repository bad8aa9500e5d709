import { getTableColumns, getTableName, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { pino } from "pino";
import postgres from "postgres";
import { caseClocks, caseEvents, caseFollowers, caseMessages, cases, decisions } from "../../../db/schema/cases.ts";
import { conversations } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import { openInstallation } from "../../../src/process/installation.ts";
import { openRuntime } from "../../../src/process/runtime.ts";
import type { BenchInstallation } from "../county.ts";
import { configOf } from "../installation.ts";
import { serveBenchmark, setup } from "./parent.ts";

/**
 * The limit of routing: the rows that another process made of its messages, written anew into a database of the same
 * beginning, by the statements that it writes them with, for as many people in one transaction and as many transactions at
 * once. Nothing is read, understood, weighed or sealed, and no queue is asked.
 */
const setUp = setup<BenchInstallation>();
const PEOPLE_TOGETHER = 32;
const AT_ONCE = 8;
const log = pino({ level: "silent" });
const config = configOf(setUp);
const installation = await openInstallation(config, {
  asService: false,
  maxConnections: AT_ONCE,
  say: () => undefined,
});
const { runtime, close } = await openRuntime(installation, config, log);

type Row = Readonly<Record<string, unknown>>;
/** The rows of one person, and how to find whose a row is. */
type Part = { readonly table: PgTable; readonly rows: ReadonlyMap<string, readonly Row[]> };
type Statement = { readonly table: PgTable; readonly json: string };
/** The writes of one transaction, ready to be sent. */
type Bundle = {
  readonly people: number;
  readonly year: number;
  readonly inserts: readonly Statement[];
  readonly conversations: string;
  readonly heard: string;
};

let bundles: Bundle[] = [];
let count = 0;

serveBenchmark({
  on: { load, run },
  async close() {
    await close();
    await installation.close();
  },
});

/** Takes over what was made of messages after the first `heardBefore`, and stores the messages as they came. */
async function load({ from, heardBefore }: { readonly from: string; readonly heardBefore: number }): Promise<void> {
  const theirs = postgres(from, { max: 1, onnotice: () => undefined });
  const mine = postgres(setUp.databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const inbox = await theirs<{ row: Row; person: string; case_id: string }[]>`
      select to_jsonb(i) - 'seq' as row, v.id as person, i.case_id from inbox i
      join conversations v on v.account_id = i.account_id and v.peer = i.peer order by i.seq offset ${heardBefore}`;
    const people = inbox.map(({ person }) => person);
    const parts = await Promise.all([
      partOf(theirs, conversations, "t.id", people),
      partOf(theirs, cases, "t.conversation_id", people),
      ...[caseEvents, caseClocks, decisions, caseFollowers, caseMessages].map((table) =>
        partOf(theirs, table, "(select c.conversation_id from cases c where c.id = t.case_id)", people),
      ),
      partOf(
        theirs,
        outbox,
        "coalesce((select c.conversation_id from cases c where c.id = t.case_id), t.conversation_id)",
        people,
      ),
    ]);
    const came = inbox.map(({ row }) => ({ ...row, processed_at: null, outcome: null, case_id: null }));
    const names = Object.keys(came[0] ?? {}).map((name) => `"${name}"`);
    const stored = await mine.unsafe<{ seq: string }[]>(
      `insert into inbox (${names}) select ${names} from jsonb_populate_recordset(null::inbox, $1::text::jsonb) returning seq`,
      [JSON.stringify(came)],
    );
    bundles = Array.from({ length: Math.ceil(people.length / PEOPLE_TOGETHER) }, (_, index) => {
      const [begin, end] = [index * PEOPLE_TOGETHER, (index + 1) * PEOPLE_TOGETHER];
      return bundleOf(people.slice(begin, end), parts, {
        heard: inbox.slice(begin, end).map(({ row, case_id }, at) => ({
          seq: Number(stored[begin + at]?.seq),
          outcome: row.outcome,
          case_id,
        })),
      });
    });
    count = people.length;
  } finally {
    await Promise.all([theirs.end(), mine.end()]);
  }
}

async function partOf(from: postgres.Sql, table: PgTable, owner: string, people: readonly string[]): Promise<Part> {
  const found = await from.unsafe<{ person: string; row: Row }[]>(
    `select ${owner} as person, to_jsonb(t) as row from ${getTableName(table)} t where ${owner} = any($1::uuid[])`,
    [[...people]],
  );
  const byPerson = Map.groupBy(found, ({ person }) => person);
  return { table, rows: new Map([...byPerson].map(([person, rows]) => [person, rows.map(({ row }) => row)])) };
}

function bundleOf(people: readonly string[], parts: readonly Part[], { heard }: { readonly heard: unknown }): Bundle {
  const inserts = parts.flatMap(({ table, rows }) => {
    const theirs = people.flatMap((person) => rows.get(person) ?? []);
    return theirs.length === 0 ? [] : [{ table, json: JSON.stringify(theirs) }];
  });
  const conversationsJson = inserts.find(({ table }) => table === conversations)?.json ?? "[]";
  const year = runtime.now().getFullYear();
  return { people: people.length, year, inserts, conversations: conversationsJson, heard: JSON.stringify(heard) };
}

/** Writes what was loaded. */
async function run(): Promise<{ perSecond: number }> {
  const waiting = [...bundles];
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await write(next);
    }),
  );
  return { perSecond: (count / (performance.now() - begin)) * 1000 };
}

async function write({ people, year, inserts, conversations: states, heard }: Bundle): Promise<void> {
  await runtime.database.inCounty(setUp.jurisdictionId, async (tx) => {
    await Promise.all([
      tx
        .execute(sql`
          insert into case_numbers (jurisdiction_id, year, last) values (${setUp.jurisdictionId}, ${year}, ${people})
          on conflict (jurisdiction_id, year) do update set last = case_numbers.last + excluded.last`)
        .execute(),
      ...inserts.map(({ table, json }) => tx.execute(insertion(table, json)).execute()),
      tx
        .execute(sql`
          update conversations t set dialog = r.dialog, notice_version = r.notice_version, window_left = r.window_left,
            window_until = r.window_until, following = r.following, following_as_of = r.following_as_of
          from jsonb_populate_recordset(null::conversations, ${states}::jsonb) r where t.id = r.id`)
        .execute(),
      tx
        .execute(sql`
          update inbox i set processed_at = now(), outcome = r.outcome, case_id = r.case_id
          from jsonb_populate_recordset(null::inbox, ${heard}::jsonb) r where i.seq = r.seq`)
        .execute(),
    ]);
  });
}

function insertion(table: PgTable, json: string) {
  const names = sql.raw(
    Object.values(getTableColumns(table))
      .flatMap(({ name, generatedIdentity }) => (generatedIdentity === undefined ? [`"${name}"`] : []))
      .join(", "),
  );
  const into = sql.raw(`"${getTableName(table)}"`);
  return sql`insert into ${into} (${names}) select ${names} from jsonb_populate_recordset(null::${into}, ${json}::jsonb)`;
}
