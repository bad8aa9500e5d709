import type pg from "pg";
import { onOneLink } from "../db/connections.ts";
import { meet } from "../db/login.ts";
import { QUEUE_SCHEMA } from "../db/rights.ts";
import { postgresConnection } from "./connections.ts";

/** What BullMQ's migrations need of a link. */
type MigratingLink = Pick<pg.ClientBase, "query">;

/** BullMQ's own migrations, which are run here with the rights of the service. */
type QueueMigrations = {
  /** The version that this BullMQ brings the tables to. */
  readonly latest: number;
  run(link: MigratingLink, schema: string): Promise<unknown>;
};

const LIMIT_MS = 8_000;

/**
 * Brings the queue's tables to the version of this BullMQ, with the rights that the service has itself: what it may change
 * must never run with an owner's.
 * @returns the role that the queue's links take, so that whatever they make belongs to it; null where there is none
 */
export async function prepareQueue(databaseUrl: string, migrations: QueueMigrations): Promise<string | null> {
  const found = await onOneLink(databaseUrl, LIMIT_MS, async (client) => {
    const { role } = await meet(client, databaseUrl);
    const [place] = await client<{ hasSchema: boolean; hasTables: boolean }[]>`
      select to_regnamespace(${QUEUE_SCHEMA}) is not null as "hasSchema",
        exists (select from pg_tables where schemaname = ${QUEUE_SCHEMA} and tablename = 'migration') as "hasTables"`;
    if (!place?.hasTables) return { role, version: 0, hasSchema: place?.hasSchema ?? false };
    const [newest] = await client<{ version: number }[]>`
      select coalesce(max(version), 0)::int as version from ${client(QUEUE_SCHEMA)}.migration`;
    return { role, version: newest?.version ?? 0, hasSchema: true };
  });
  if (found.version >= migrations.latest) return found.role;
  const { Client, schema: _, ...connection } = postgresConnection(databaseUrl, found.role);
  const link = new Client(connection);
  await link.connect();
  try {
    await migrations.run(found.hasSchema ? withoutMakingSchemas(link) : link, QUEUE_SCHEMA);
  } finally {
    await link.end();
  }
  return found.role;
}

/** BullMQ makes its schema if it does not exist; Postgres asks for the right to make one even where there is nothing to make. */
function withoutMakingSchemas(link: pg.Client): MigratingLink {
  const query = (text: string, values?: unknown[]) =>
    /^\s*create schema\b/i.test(text) ? Promise.resolve({ rows: [] }) : link.query(text, values);
  return { query } as MigratingLink;
}
