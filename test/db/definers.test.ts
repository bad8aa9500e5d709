import postgres from "postgres";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../database.ts";

let db: TestDatabase;
let owner: postgres.Sql;
let member: postgres.Sql;
const name = `member_${newId().replaceAll("-", "")}`;
beforeAll(async () => {
  db = await testDatabase();
  owner = postgres(db.url, { max: 1, onnotice: () => undefined });
  await owner.unsafe(`create role ${name} login password 'secret' in role liaison_app`);
  const url = new URL(db.url);
  [url.username, url.password] = [name, "secret"];
  member = postgres(url.href, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await member.end();
  await owner.unsafe(`drop owned by ${name}; drop role ${name}`);
  await owner.end();
  await db.close();
});

describe("a function that runs with its owner's rights", () => {
  test("searches nothing that others may write, names what it uses, and is nobody's to call", async () => {
    const functions = await owner<{ signature: string; settings: string[] | null; body: string; isOpen: boolean }[]>`
      select p.oid::regprocedure::text as signature, p.proconfig as settings, p.prosrc as body,
        has_function_privilege('public', p.oid, 'execute') as "isOpen"
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`;
    expect(functions.map(({ signature }) => signature)).toContain("await_link()");
    const tables = await owner<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace`;
    for (const { signature, settings, body, isOpen } of functions) {
      expect([signature, settings, isOpen]).toEqual([signature, ["search_path=pg_catalog, pg_temp"], false]);
      for (const { name: table } of tables) {
        expect([signature, body]).toEqual([
          signature,
          expect.not.stringMatching(new RegExp(`(?<!\\.)\\b(?<!\\.")${table}\\b`)),
        ]);
      }
    }
  });
});

/** Puts a table and a trigger before those that a function of the owner's means, and sees as whom it runs. */
const ATTACK = `
  create function pg_temp.note() returns trigger language plpgsql as $$
    begin
      insert into pg_temp.seen select current_user, count(*) from public.jurisdictions;
      return null;
    end $$;
  create temporary table seen (as_whom text, counties bigint);
  create temporary table events_to_link (event_seq bigint, jurisdiction_id uuid);
  create trigger note after insert on pg_temp.events_to_link for each row execute function pg_temp.note();
  grant all on pg_temp.events_to_link, pg_temp.seen to public`;

describe("somebody who is only a member of the service's role", () => {
  const addEvent = async (tx: postgres.TransactionSql) => {
    const county = await db.county("east");
    await tx`select set_config('liaison.jurisdiction', ${county}, true)`;
    await tx`insert into public.case_events (jurisdiction_id, case_id, type, at, by, details)
      values (${county}, ${newId()}, 'opened', now(), 'x', '{}')`;
  };

  test("may make nothing in our schema, nor a schema; and whoever is nobody, no temporary table", async () => {
    const [open] = await owner`select has_database_privilege('public', current_database(), 'temporary') as "isOpen"`;
    expect(open).toEqual({ isOpen: false });
    await expect(member`create table public.events_to_link (event_seq bigint)`).rejects.toThrow();
    await expect(member`create schema mine`).rejects.toThrow(/permission denied/);
  });

  test("gets no code of theirs run as the owner, though the queue needs temporary tables", async () => {
    // Without the case, which this is not about.
    await owner`alter table case_events drop constraint if exists case_events_case_id_cases_id_fk`;
    const seen = await member.begin(async (tx) => {
      await tx.unsafe(ATTACK);
      await addEvent(tx);
      return tx`select * from pg_temp.seen`;
    });
    expect(seen).toEqual([]);
    expect(await owner`select from events_to_link`).toHaveLength(1);
  });
});
