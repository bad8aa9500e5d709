import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { v7 as newId } from "uuid";
import { inject } from "vitest";
import { migrate } from "../../db/migrate.ts";

const databases: string[] = [];
const roles: string[] = [];

/** Drops the databases and roles that were made here. */
export async function dropAll(): Promise<void> {
  for (const name of databases) await onServer(`drop database if exists ${name} with (force)`);
  for (const name of roles) await onServer(`drop role if exists ${name}`);
}

/** Asks a database one thing, over a link of its own. */
export async function ask<T extends postgres.Row>(url: string, statement: string): Promise<T[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await sql.unsafe<T[]>(statement);
  } finally {
    await sql.end();
  }
}
/** Asks the server that the tests share. */
const onServer = (statement: string) => ask(inject("postgresUrl"), statement);

/** An empty database, of a role of its own where one is named. */
export async function emptyDatabase(owner?: string): Promise<string> {
  const name = `backup_${randomBytes(8).toString("hex")}`;
  databases.push(name);
  await onServer(`create database ${name}${owner === undefined ? "" : ` owner ${owner}`}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  if (owner !== undefined) [url.username, url.password] = [owner, "plain"];
  return url.href;
}

/** A role that may do nothing but log in, and is bound by the policies. */
export async function plainOwner(): Promise<string> {
  const name = `plain_${randomBytes(8).toString("hex")}`;
  roles.push(name);
  await onServer(`create role ${name} login password 'plain' nosuperuser nobypassrls`);
  return name;
}

/** Two counties with a few rows each, among them everything that text formats stumble over. */
export async function fill(url: string, migrations?: string): Promise<void> {
  await migrate(url, { folder: migrations });
  for (const code of ["east", "west"]) {
    const [county, station] = [newId(), newId()];
    await ask(
      url,
      `begin; select set_config('liaison.jurisdiction', '${county}', true);
       insert into jurisdictions values ('${county}', '${code}', E'县\\t"\\\\N"\\n\\r''', '{"a": [1, null, "\\\\n"]}', now());
       insert into stations (id, jurisdiction_id, code, name, township, phone, longitude)
         values ('${station}', '${county}', 'S', '\\N', '', '\\x00ff0a09', 0.1::float8 + 0.2);
       insert into deputies (id, jurisdiction_id, code, name, level, groups)
         values ('${newId()}', '${county}', 'D', '甲', 'county', array['a,b', '{"', null, '']);
       commit`,
    );
  }
}

/** All rows, looked at as one who sees everything. */
export async function rowsOf(url: string): Promise<unknown> {
  const whole = new URL(inject("postgresUrl"));
  whole.pathname = new URL(url).pathname;
  const found: Record<string, unknown> = {};
  for (const table of ["jurisdictions", "stations", "deputies"]) {
    found[table] = await ask(whole.href, `select t::text as row from ${table} t order by 1`);
  }
  return found;
}
