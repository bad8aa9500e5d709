import postgres from "postgres";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { derivedLogin, renewPassword } from "../../db/login.ts";
import { migrate } from "../../db/migrate.ts";
import { createVault } from "../../db/vault.ts";
import { SECRET, type TestDatabase, testDatabase } from "../database.ts";
import { ask, dropAll, emptyDatabase } from "./somebodys-postgres.ts";

const vault = createVault(SECRET);
let db: TestDatabase;
let service: postgres.Sql;
beforeAll(async () => {
  db = await testDatabase();
  service = postgres(db.database.login.url, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await service.end();
  await db.close();
  await dropAll();
});

describe("the service's login", () => {
  test("has no right over the server, and owns no table", async () => {
    const [self] = await service`select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
        (select count(*)::int from pg_class where relowner = r.oid) as owned,
        array(select m.rolname::text from pg_auth_members a join pg_roles m on m.oid = a.roleid where a.member = r.oid) as groups
      from pg_roles r where rolname = session_user`;
    expect(self).toEqual({
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolbypassrls: false,
      owned: 0,
      groups: ["liaison_app"],
    });
  });

  test.each(["set role none", "reset role", "reset all", "set session authorization default", "discard all"])(
    "gains nothing by %s",
    async (statement) => {
      const taken = postgres(db.database.login.url, {
        max: 1,
        onnotice: () => undefined,
        connection: { role: "liaison_app" },
      });
      try {
        await taken.unsafe(statement);
        for (const forbidden of [
          "copy (select 1) to program 'true'",
          "copy (select 1) to '/tmp/liaison-written'",
          "select pg_read_file('PG_VERSION')",
          "select lo_import('/etc/hostname')",
          "alter table public.cases disable row level security",
          "alter table public.case_events disable trigger all",
          "update public.case_events set by = 'x'",
          "create role x",
          "create table public.x ()",
          "create extension plpgsql",
          "alter system set log_statement = 'none'",
          "set session_replication_role = replica",
          `set role ${new URL(db.url).username}`,
          `set session authorization ${new URL(db.url).username}`,
        ]) {
          await expect(taken.unsafe(forbidden), forbidden).rejects.toThrow(
            /permission denied|must be|already exists|privilege/,
          );
        }
        expect(await taken`select from public.jurisdictions`).toHaveLength(0);
      } finally {
        await taken.end();
      }
    },
  );

  test("may use the queue's tables, which are its role's and nobody else's", async () => {
    const owners = await service`
      select distinct pg_get_userbyid(nspowner) as owner from pg_namespace where nspname = 'liaison_queue'`;
    expect(owners).toEqual([{ owner: "liaison_app" }]);
  });

  test("is the same for every process with the key, and another for another database or key", () => {
    const one = derivedLogin("postgres://owner:x@127.0.0.1:1/a", vault);
    expect(derivedLogin("postgres://else@127.0.0.1:2/a", vault)).toMatchObject({
      name: one.name,
      password: one.password,
    });
    expect(one.name).toBe("liaison_service_a");
    const other = derivedLogin("postgres://owner:x@127.0.0.1:1/b", vault);
    expect(other.password).not.toBe(one.password);
    expect(derivedLogin("postgres://owner:x@127.0.0.1:1/a", createVault(Buffer.alloc(32, 1))).password).not.toBe(
      one.password,
    );
    const odd = derivedLogin(`postgres://o@h/${encodeURIComponent(`县"${"x".repeat(70)}`)}`, vault);
    expect(odd.name).toMatch(/^liaison_service_[0-9a-f]{16}$/);
  });

  test("gets another password only while nobody is logged in with it", async () => {
    const url = await emptyDatabase();
    const wanted = derivedLogin(url, vault);
    const later = derivedLogin(url, createVault(Buffer.alloc(32, 1)));
    await migrate(url, { wanted });
    const holder = postgres(wanted.url, { max: 1 });
    await holder`select 1`;
    expect(await renewPassword(url, later)).toBe(false);
    await holder.end();
    await expect.poll(() => renewPassword(url, later)).toBe(true);
    expect(await ask(later.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await expect(ask(wanted.url, "select 1")).rejects.toThrow(/password/);
    await ask(url, `drop owned by ${wanted.name}; drop role ${wanted.name}`);
  });
});

describe("migrating", () => {
  test("makes no login for a user who may make none, and makes it when one who may comes", async () => {
    const owner = `plain_${newId().replaceAll("-", "")}`;
    await ask(db.url, `create role ${owner} login password 'plain' in role liaison_app`);
    const url = await emptyDatabase(owner);
    const wanted = derivedLogin(url, vault);
    expect(await migrate(url, { wanted })).toEqual({ isNewer: false, login: null });
    await ask(db.url, `alter role ${owner} createrole`);
    await ask(db.url, `grant liaison_app to ${owner} with admin option`);
    const made = await migrate(url, { wanted });
    expect(made.login).toMatchObject({ url: wanted.url, role: "liaison_app" });
    expect(await ask(wanted.url, "select current_user as name")).toEqual([{ name: wanted.name }]);
    await dropAll();
    await ask(db.url, `drop role ${wanted.name}; drop owned by ${owner}; drop role ${owner}`);
  });

  test("gives the queue's tables of an older version to the service's role", async () => {
    const url = await emptyDatabase();
    const wanted = derivedLogin(url, vault);
    await migrate(url);
    await ask(
      url,
      `drop schema liaison_queue;
       create schema liaison_queue; set search_path = liaison_queue;
       create type state as enum ('a'); create sequence ids; create table job (id serial primary key, state state);
       create view seen as select * from job;
       create function f(state, int) returns int language sql as 'select 1'`,
    );
    const { login } = await migrate(url, { wanted });
    const owners = await ask(
      url,
      `select distinct pg_get_userbyid(owner) as owner from (
         select relowner as owner from pg_class where relnamespace = 'liaison_queue'::regnamespace
         union all select proowner from pg_proc where pronamespace = 'liaison_queue'::regnamespace
         union all select typowner from pg_type where typnamespace = 'liaison_queue'::regnamespace
         union all select nspowner from pg_namespace where nspname = 'liaison_queue') every`,
    );
    expect(owners).toEqual([{ owner: "liaison_app" }]);
    expect(await ask(login!.url, "insert into liaison_queue.job (state) values ('a') returning id")).toEqual([
      { id: 1 },
    ]);
    await dropAll();
    await ask(db.url, `drop role ${wanted.name}`);
  });

  test("with nothing left to do asks one question, of the service's own login too", async () => {
    expect(await migrate(db.database.login.url)).toEqual({ isNewer: false, login: db.database.login });
  });
});
