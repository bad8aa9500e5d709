import postgres from "postgres";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../db/database.ts";
import { migrate } from "../../db/migrate.ts";
import { channelAccounts, jurisdictions } from "../../db/schema/county.ts";
import { deputies } from "../../db/schema/people.ts";
import { type TestDatabase, testDatabase } from "../database.ts";

let db: TestDatabase;
let owner: postgres.Sql;
let east: string;
let west: string;

beforeAll(async () => {
  db = await testDatabase();
  owner = postgres(db.url, { max: 2, onnotice: () => undefined });
  east = await db.county("east");
  west = await db.county("west");
});
afterAll(async () => {
  await owner.end();
  await db.close();
});

const deputy = (jurisdictionId: string, code: string) => ({
  id: newId(),
  jurisdictionId,
  code,
  name: "甲",
  level: "county" as const,
});

describe("counties stay apart", () => {
  test("every table has forced row-level security, and a policy that names the county both ways", async () => {
    const tables = await owner<{ name: string; enabled: boolean; forced: boolean; policies: number }[]>`
      select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        (select count(*)::int from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and p.cmd = 'ALL'
          and p.qual like '%liaison.jurisdiction%' and p.with_check like '%liaison.jurisdiction%') as policies
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables) expect(table).toMatchObject({ enabled: true, forced: true, policies: 1 });
  });

  test("no other policy lets anybody write, and only the directory may be read across counties", async () => {
    const others = await owner`
      select tablename, cmd from pg_policies where schemaname = 'public' and cmd <> 'ALL' order by tablename`;
    expect(others.map(({ tablename, cmd }) => [tablename, cmd])).toEqual([
      ["channel_accounts", "SELECT"],
      ["jurisdictions", "SELECT"],
      ["partners", "SELECT"],
    ]);
  });

  test("a row of one county is invisible, unchangeable and not to be written in another", async () => {
    await db.database.inCounty(east, (tx) => tx.insert(deputies).values(deputy(east, "D1")));
    const seen = (county: string) => db.database.inCounty(county, (tx) => tx.select().from(deputies));
    expect(await seen(east)).toHaveLength(1);
    expect(await seen(west)).toHaveLength(0);
    expect(await db.database.inDirectory((tx) => tx.select().from(deputies))).toHaveLength(0);
    const changed = await db.database.inCounty(west, (tx) => tx.update(deputies).set({ name: "乙" }).returning());
    expect(changed).toHaveLength(0);
    await expect(db.database.inCounty(west, (tx) => tx.insert(deputies).values(deputy(east, "D2")))).rejects.toThrow();
  });

  test("no table shows a row to a transaction that named no county", async () => {
    const tables = await owner`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
    await owner.begin(async (tx) => {
      await tx`set local role liaison_app`;
      for (const { name } of tables) expect(await tx`select from ${tx(name)}`).toHaveLength(0);
    });
  });

  test("the directory shows all counties and accounts, and changes none", async () => {
    const [counties, accounts] = await db.database.inDirectory(async (tx) => [
      await tx.select().from(jurisdictions),
      await tx.select().from(channelAccounts),
    ]);
    expect(counties.map((county) => county.code).sort()).toEqual(["east", "west"]);
    expect(accounts).toEqual([]);
    await expect(
      db.database.inDirectory((tx) =>
        tx.insert(jurisdictions).values({ jurisdictionId: newId(), code: "x", name: "x", createdAt: new Date() }),
      ),
    ).rejects.toThrow();
  });

  test("what one transaction may see does not stay with its connection", async () => {
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const county = index % 2 === 0 ? east : west;
        const rows = await db.database.inCounty(county, (tx) => tx.select().from(jurisdictions));
        expect(rows.map((row) => row.jurisdictionId)).toEqual([county]);
      }),
    );
  });

  test("events, their links, interventions, the story of rule sets, changes of settings and corrections can be added and read, never changed or removed", async () => {
    const tables = ["case_events", "event_links", "interventions", "ruleset_events", "settings_changes", "readings"];
    for (const table of [...tables, "understanding_corrections", "understanding_layer_events", "answer_templates"]) {
      const rights = await owner`
        select privilege_type as right from information_schema.role_table_grants
        where grantee = 'liaison_app' and table_name = ${table} order by 1`;
      expect([table, ...rights.map(({ right }) => right)]).toEqual([table, "INSERT", "SELECT"]);
      for (const statement of ["delete from", "truncate"]) {
        await expect(
          owner.unsafe(`${statement} ${table} ${statement === "truncate" ? "cascade" : ""}`),
        ).rejects.toThrow("are only ever added");
      }
      await expect(owner.unsafe(`update ${table} set jurisdiction_id = jurisdiction_id`)).rejects.toThrow(
        "are only ever added",
      );
    }
  });
});

describe("a database user", () => {
  const asUser = (name: string) => {
    const url = new URL(db.url);
    url.username = name;
    url.password = "secret";
    return url.href;
  };

  test("who is a plain owner without the role is bound by the forced policies", async () => {
    const name = `owner_${newId().replaceAll("-", "")}`;
    await owner.unsafe(`create role ${name} login password 'secret'`);
    await owner.unsafe(`grant select on all tables in schema public to ${name}`);
    await owner.unsafe(`alter table jurisdictions owner to ${name}`);
    const database = await openDatabase({ url: asUser(name) });
    try {
      const rows = await database.inCounty(east, (tx) => tx.select().from(jurisdictions));
      expect(rows.map((row) => row.jurisdictionId)).toEqual([east]);
    } finally {
      await database.close();
      await owner.unsafe("alter table jurisdictions owner to current_user");
      await owner.unsafe(`drop owned by ${name}; drop role ${name}`);
    }
  });

  test("who would bypass row-level security is refused with a plain sentence", async () => {
    const name = `bypass_${newId().replaceAll("-", "")}`;
    await owner.unsafe(`create role ${name} login password 'secret' bypassrls`);
    await expect(openDatabase({ url: asUser(name) })).rejects.toThrow(/would see every county's rows/);
    await owner.unsafe(`drop role ${name}`);
  });
});

describe("migrating", () => {
  test("again, and from several processes at once, changes nothing", async () => {
    const shape = () => owner`
      select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' order by 1, 2`;
    const before = await shape();
    await Promise.all([migrate(db.url), migrate(db.url), migrate(db.url)]);
    expect(await shape()).toEqual(before);
  });
});
