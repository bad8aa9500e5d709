import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../../db/database.ts";
import { RECORD_LEDGERS } from "../../../db/schema/ledger.ts";
import { FIRST, type Head, sorted } from "./canonical.ts";
import type { Report } from "./findings.ts";

type Ledger = (typeof RECORD_LEDGERS)[number];

/** An act, a reading or a staff change with its link, where it has one. */
type Row = {
  readonly ledger: Ledger;
  readonly seq: number;
  readonly content: Readonly<Record<string, unknown>> | null;
};

const AT_ONCE = 1000;
/** Any number will do, as long as every process takes the same, and another one than for events. */
const LOCK = 720_411_392;
/** Stands in what is hashed, so that a later version can cover more. */
const FORMAT = "liaison-record-1";

/** The words by which a finding names a row. */
const NAMES: Readonly<Record<Ledger, string>> = { acts: "act", readings: "reading", staff_changes: "staff change" };

/**
 * The hash of a link: SHA-256 over a JSON array of the format's name, the hash before it (hex), the position, the ledger and the
 * row; columns that are empty are left out, so that a later version may add some; keys sorted, no spaces, UTF-8.
 */
function recordHash(before: Uint8Array, position: number, { ledger, content }: Row): Buffer {
  const told = Object.fromEntries(Object.entries(content ?? {}).filter(([, value]) => value !== null));
  const hashed = [FORMAT, Buffer.from(before).toString("hex"), position, ledger, sorted(told)];
  return createHash("sha256").update(JSON.stringify(hashed)).digest();
}

/** A row whole, its moment as precise as the database keeps it and in one zone, whatever zone the connection has. */
const CONTENT = sql`to_jsonb(r) - 'at' || jsonb_build_object('at', to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))`;

/** A query over each ledger's rows `r`, one below the other. */
function inEach(select: (ledger: Ledger) => SQL): SQL {
  return sql.join(RECORD_LEDGERS.map(select), sql` union all `);
}

/** Links the acts, readings and staff changes of a county that are committed and not in their chain yet; one process at a time does so. */
export async function extendRecords(database: Database, jurisdictionId: string): Promise<void> {
  for (;;) {
    const linked = await database.inCounty(jurisdictionId, (tx) => linkSome(tx, jurisdictionId));
    if (linked < AT_ONCE) return;
  }
}

async function linkSome(tx: Transaction, jurisdictionId: string): Promise<number> {
  const [waits] = await tx.execute(sql`select from records_to_link limit 1`);
  if (waits === undefined) return 0;
  const [lock] = await tx.execute<{ isOurs: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LOCK}, hashtext(${jurisdictionId})) as "isOurs"`,
  );
  if (lock?.isOurs !== true) return 0;
  const [head] = await tx.execute<{ position: number; hash: Uint8Array }>(
    sql`select position::int, hash from record_links order by position desc limit 1`,
  );
  const rows = await tx.execute<Row>(sql`
    with waiting as (select ledger, record_seq from records_to_link order by ledger, record_seq limit ${AT_ONCE})
    ${inEach(
      (ledger) => sql`
        select ${ledger}::text as ledger, r.seq::int as seq, ${CONTENT} as content
        from waiting join ${sql.identifier(ledger)} r on waiting.ledger = ${ledger} and r.seq = waiting.record_seq`,
    )}
    order by 1, 2`);
  let { position, hash } = head ?? { position: 0, hash: FIRST as Uint8Array };
  const links = rows.map((row) => {
    position += 1;
    hash = recordHash(hash, position, row);
    return { position, ledger: row.ledger, seq: row.seq, hash: Buffer.from(hash).toString("hex") };
  });
  const column = <T>(pick: (link: (typeof links)[number]) => T) => sql.param(links.map(pick));
  await tx.execute(sql`
    with linked as (
      insert into record_links (jurisdiction_id, position, ledger, record_seq, hash)
      select ${jurisdictionId}::uuid, position, ledger, seq, decode(hash, 'hex')
      from unnest(${column((link) => link.position)}::bigint[], ${column((link) => link.ledger)}::text[],
        ${column((link) => link.seq)}::bigint[], ${column((link) => link.hash)}::text[]) as link (position, ledger, seq, hash)
      returning ledger, record_seq)
    delete from records_to_link w using linked where w.ledger = linked.ledger and w.record_seq = linked.record_seq`);
  return links.length;
}

type Linked = { readonly position: number; readonly hash: Uint8Array } & Row;

/**
 * Walks the chain of acts, readings and staff changes from its beginning, then looks for rows that are not in it. After a broken
 * link it goes on with the hash that is stored, so that one change is one finding.
 *
 * @param noted a head that was printed earlier and kept elsewhere
 * @returns the head of the chain; null while there is no link
 */
export async function checkRecords(
  database: Database,
  jurisdictionId: string,
  report: Report,
  noted: Head | null = null,
): Promise<Head | null> {
  let place = { position: 0, hash: FIRST as Uint8Array };
  let isNotedThere = noted === null;
  for (;;) {
    const page = await database.inCounty(jurisdictionId, (tx) => linksAfter(tx, place.position));
    for (const link of page) {
      const expected = place.position + 1;
      const name = `${NAMES[link.ledger]} ${link.seq}`;
      if (link.position !== expected) tell(report, "link-missing", expected, `records: link ${expected} was deleted`);
      if (link.content === null)
        tell(report, "event-deleted", link.position, `records: link ${link.position}: ${name} was deleted`);
      else if (link.position === expected && !recordHash(place.hash, link.position, link).equals(link.hash))
        tell(report, "changed", link.position, `records: link ${link.position}: ${name} or its link was changed`);
      place = { position: link.position, hash: link.hash };
      if (link.position === noted?.position) isNotedThere = inHex(link.hash) === noted.hash;
    }
    if (page.length < AT_ONCE) break;
  }
  if (!isNotedThere && noted !== null)
    tell(report, "not-as-noted", noted.position, `records: link ${noted.position} is not the one that was noted`);
  const slipped = await database.inCounty(jurisdictionId, (tx) =>
    tx.execute<{ ledger: Ledger; seq: number }>(sql`
      select r.ledger, r.seq::int from (
        ${inEach((ledger) => sql`select ${ledger}::text as ledger, r.seq from ${sql.identifier(ledger)} r`)}) r
      where not exists (select from record_links l where l.ledger = r.ledger and l.record_seq = r.seq)
        and not exists (select from records_to_link w where w.ledger = r.ledger and w.record_seq = r.seq)
      order by 1, 2 limit ${AT_ONCE}`),
  );
  for (const { ledger, seq } of slipped)
    tell(
      report,
      "not-linked",
      null,
      `records: ${NAMES[ledger]} ${seq} has no link: it was slipped in, or its link was deleted`,
    );
  return place.position === 0 ? null : { position: place.position, hash: inHex(place.hash) };
}

function inHex(hash: Uint8Array): string {
  return Buffer.from(hash).toString("hex");
}

function tell(report: Report, kind: Parameters<Report>[0]["kind"], position: number | null, text: string): void {
  report({ kind, position, event: null, case: null, text });
}

/** The page is cut before anything is joined to it: so the cost does not grow with the history. */
function linksAfter(tx: Transaction, position: number): Promise<Linked[]> {
  return tx.execute<Linked>(sql`
    select l.position::int, l.hash, l.ledger, l.record_seq::int as seq,
      case l.ledger ${sql.join(
        RECORD_LEDGERS.map(
          (ledger) =>
            sql`when ${ledger} then (select ${CONTENT} from ${sql.identifier(ledger)} r where r.seq = l.record_seq)`,
        ),
        sql` `,
      )} end as content
    from (select * from record_links where position > ${position} order by position limit ${AT_ONCE}) l
    order by l.position`);
}
