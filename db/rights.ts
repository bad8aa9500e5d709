import type postgres from "postgres";
import { APP_ROLE, MAY_TAKE_ROLE } from "./login.ts";

/** The schema of the queue's own tables, which are kept apart from ours. */
export const QUEUE_SCHEMA = "liaison_queue";

/** The tables to which rows are only ever added; an older shape of the database lacks some. */
export const LEDGER = [
  "acts",
  "case_events",
  "clock_rules",
  "event_links",
  "interventions",
  "reading_marks",
  "readings",
  "record_heads",
  "record_links",
  "ruleset_events",
  "settings_changes",
  "staff_changes",
  "understanding_corrections",
  "understanding_layer_events",
  "ledger_heads",
  "answer_templates",
];

/**
 * Grants the service's role the rights on this service's tables that it needs, and revokes those that it must not have.
 */
export async function grantTables(client: postgres.Sql): Promise<void> {
  const kept = await client<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname in ${client(LEDGER)}`;
  await client.begin(async (tx) => {
    await tx.unsafe(`grant usage on schema public, drizzle to ${APP_ROLE}`);
    await tx.unsafe(`grant select, insert, update, delete on all tables in schema public to ${APP_ROLE}`);
    await tx.unsafe(`grant usage, select on all sequences in schema public to ${APP_ROLE}`);
    await tx.unsafe(`grant select on drizzle.__drizzle_migrations to ${APP_ROLE}`);
    // Nobody who serves may change what was written.
    for (const { name } of kept) await tx.unsafe(`revoke update, delete on ${name} from ${APP_ROLE}`);
  });
}

/**
 * Makes the service's role the owner of the queue's schema, with all that an owner's connection created in it before.
 *
 * BullMQ makes and changes its tables by itself, with the rights of the service. An owner must not do it for it: what the
 * service may write there (a trigger, say) would run with the owner's rights.
 */
export async function giveQueue(client: postgres.Sql): Promise<void> {
  await client.unsafe(`
    do $$
    declare
      own oid := (select oid from pg_roles where rolname = '${APP_ROLE}');
      place oid;
      what text;
    begin
      if not ${MAY_TAKE_ROLE("current_user", "own")} then return; end if;
      create schema if not exists ${QUEUE_SCHEMA};
      alter schema ${QUEUE_SCHEMA} owner to ${APP_ROLE};
      place := '${QUEUE_SCHEMA}'::regnamespace;
      for what in
        select format('alter %s %I.%I owner to ${APP_ROLE}', case c.relkind when 'S' then 'sequence' when 'v' then 'view' else 'table' end,
          '${QUEUE_SCHEMA}', c.relname)
        from pg_class c where c.relnamespace = place and c.relkind in ('r', 'p', 'S', 'v') and c.relowner <> own
          and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
            and d.refclassid = 'pg_class'::regclass)
        union all
        select format('alter routine %s owner to ${APP_ROLE}', p.oid::regprocedure)
        from pg_proc p where p.pronamespace = place and p.proowner <> own
        union all
        select format('alter type %s owner to ${APP_ROLE}', t.oid::regtype)
        from pg_type t where t.typnamespace = place and t.typtype in ('e', 'd') and t.typowner <> own
      loop
        execute what;
      end loop;
    end
    $$`);
}

/**
 * Revokes from everybody the right to put objects before this service's own: temporary tables, and objects in its
 * schema.
 *
 * The service's role keeps the former, for BullMQ creates some; functions with their owner's rights therefore search
 * nothing but pg_catalog.
 */
export async function closeToOthers(client: postgres.Sql): Promise<void> {
  // Of what is not ours to close, Postgres only warns.
  await client.unsafe(`
    do $$ begin
      execute format('revoke temporary on database %I from public', current_database());
      execute format('grant temporary on database %I to ${APP_ROLE}', current_database());
    end $$;
    revoke create on schema public from public`);
}
