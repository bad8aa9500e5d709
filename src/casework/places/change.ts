import { type SQL, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { renewAtlas } from "../county/atlas-store.ts";
import { noteListChanges } from "../county/places-ledger.ts";
import {
  type Changing,
  changeRow,
  etagOf,
  lockSeen,
  type NotChanged,
  wantedLink,
  wantedPhone,
  wantedValue,
  wantedWords,
} from "./change-row.ts";

type Done = NotChanged | { readonly etag: string };
type Found = { readonly id: string; readonly code: string };

/** Changes a grid's names, community or station, or ends it on a day; none is deleted, and its open cases stay with whom they are. */
export function changeGrid(
  changing: Changing,
  code: string,
  wanted: {
    readonly name?: string | undefined;
    readonly community?: string | undefined;
    readonly station?: string | null | undefined;
    readonly aliases?: readonly string[] | undefined;
    readonly untilOn?: string | null | undefined;
  },
): Promise<Done> {
  const { tx } = changing;
  type Was = { name: string; community: string; station_id: string | null; aliases: string[]; until_on: string | null };
  return changeRow<Was>(changing, { kind: "grids", key: code }, async (was) => {
    if (isPast(wanted.untilOn, changing)) return PAST;
    const link = await linked(tx, "station", wanted.station, sql`stations`, was.station_id);
    if ("why" in link) return link;
    return [
      ...wantedValue("name", wanted.name, was.name),
      ...wantedValue("community", wanted.community, was.community),
      ...(wanted.station === undefined ? [] : wantedLink("station_id", "station", link.found, link.was)),
      ...wantedWords("aliases", wanted.aliases, was.aliases),
      ...wantedValue("until_on", wanted.untilOn, dayIn(was.until_on), sql`::date`),
    ];
  });
}

/** Changes a station's name, address, phone or head. */
export function changeStation(
  changing: Changing,
  code: string,
  wanted: {
    readonly name?: string | undefined;
    readonly address?: string | undefined;
    readonly phone?: string | null | undefined;
    readonly head?: string | null | undefined;
  },
): Promise<Done> {
  const { tx, today } = changing;
  return changeRow<{ name: string; address: string; phone: Uint8Array | null; head_deputy_id: string | null }>(
    changing,
    { kind: "stations", key: code },
    async (was) => {
      const link = await linked(tx, "head", wanted.head, inOffice(today), was.head_deputy_id, sql`deputies`);
      if ("why" in link) return link;
      const phone = wantedPhone(changing, "stations", wanted.phone, was.phone);
      if ("why" in phone) return phone;
      return [
        ...wantedValue("name", wanted.name, was.name),
        ...wantedValue("address", wanted.address, was.address),
        ...phone,
        ...(wanted.head === undefined ? [] : wantedLink("head_deputy_id", "head", link.found, link.was)),
      ];
    },
  );
}

/** Changes a unit's name or phone, or the last day on which it takes matters. */
export function changeUnit(
  changing: Changing,
  code: string,
  wanted: {
    readonly name?: string | undefined;
    readonly phone?: string | null | undefined;
    readonly untilOn?: string | null | undefined;
  },
): Promise<Done> {
  return changeRow<{ name: string; phone: Uint8Array | null; until_on: string | null }>(
    changing,
    { kind: "units", key: code },
    async (was) => {
      if (isPast(wanted.untilOn, changing)) return PAST;
      const phone = wantedPhone(changing, "units", wanted.phone, was.phone);
      if ("why" in phone) return phone;
      return [
        ...wantedValue("name", wanted.name, was.name),
        ...phone,
        ...wantedValue("until_on", wanted.untilOn, dayIn(was.until_on), sql`::date`),
      ];
    },
  );
}

/** Changes a group's name or who leads it. */
export function changeGroup(
  changing: Changing,
  code: string,
  wanted: { readonly name?: string | undefined; readonly lead?: string | null | undefined },
): Promise<Done> {
  const { tx, today } = changing;
  return changeRow<{ name: string; lead_deputy_id: string | null }>(
    changing,
    { kind: "groups", key: code },
    async (was) => {
      const link = await linked(tx, "lead", wanted.lead, inOffice(today), was.lead_deputy_id, sql`deputies`);
      if ("why" in link) return link;
      return [
        ...wantedValue("name", wanted.name, was.name),
        ...(wanted.lead === undefined ? [] : wantedLink("lead_deputy_id", "lead", link.found, link.was)),
      ];
    },
  );
}

/** Changes what the lists say of a deputy, or ends their term on a day; nobody is deleted. */
export function changeDeputy(
  changing: Changing,
  code: string,
  wanted: {
    readonly name?: string | undefined;
    readonly phone?: string | null | undefined;
    readonly district?: string | undefined;
    readonly groups?: readonly string[] | undefined;
    readonly untilOn?: string | null | undefined;
  },
): Promise<Done> {
  const { tx } = changing;
  type Was = { name: string; phone: Uint8Array | null; district: string; groups: string[]; until_on: string | null };
  return changeRow<Was>(changing, { kind: "deputies", key: code }, async (was) => {
    if (isPast(wanted.untilOn, changing)) return PAST;
    const groups = wanted.groups ?? [];
    const known = await tx.execute<{ code: string }>(
      sql`select x.code from sector_groups x where x.code = any(${sql.param([...groups])}::text[])`,
    );
    if (known.length < new Set(groups).size) return unknown("groups");
    const phone = wantedPhone(changing, "deputies", wanted.phone, was.phone);
    if ("why" in phone) return phone;
    return [
      ...wantedValue("name", wanted.name, was.name),
      ...phone,
      ...wantedValue("district", wanted.district, was.district),
      ...wantedWords("groups", wanted.groups, was.groups),
      ...wantedValue("until_on", wanted.untilOn, dayIn(was.until_on), sql`::date`),
    ];
  });
}

/** Notes another name of a grid. */
export async function addPlace(
  { tx, caller, now }: Omit<Changing, "match">,
  { name, grid }: { readonly name: string; readonly grid: string },
): Promise<NotChanged | { readonly id: string; readonly etag: string }> {
  const found = await byCode(tx, sql`grids`, grid);
  if (found === null) return unknown("grid");
  if (await hasName(tx, found.id, name)) return { why: "taken" };
  const { jurisdictionId, name: by } = caller;
  const id = newId();
  await tx.execute(
    sql`insert into places (id, jurisdiction_id, name, grid_id) values (${id}, ${jurisdictionId}, ${name}, ${found.id})`,
  );
  const change = { what: "name", before: null, after: `${name} → ${grid}` };
  await noteListChanges(tx, { jurisdictionId, kind: "places", code: id }, [change], { by, at: now });
  await renewAtlas(tx, jurisdictionId, newId());
  return { id, etag: await etagOf(tx, "places", id) };
}

/** Changes another name of a grid; null takes it away. */
export async function changePlace(
  changing: Changing,
  id: string,
  name: string | null,
): Promise<NotChanged | { readonly etag: string | null }> {
  const { tx, caller, now } = changing;
  if (name !== null)
    return changeRow<{ name: string; grid_id: string }>(changing, { kind: "places", key: id }, async (was) =>
      was.name !== name && (await hasName(tx, was.grid_id, name))
        ? { why: "taken" }
        : wantedValue("name", name, was.name),
    );
  const seen = await lockSeen<{ name: string }>(changing, { kind: "places", key: id });
  if ("why" in seen) return seen;
  await tx.execute(sql`delete from places where id = ${seen.was.id}`);
  const { jurisdictionId, name: by } = caller;
  const change = { what: "name", before: seen.was.name, after: null };
  await noteListChanges(tx, { jurisdictionId, kind: "places", code: id }, [change], { by, at: now });
  await renewAtlas(tx, jurisdictionId, newId());
  return { etag: null };
}

const PAST: NotChanged = { why: "content", at: "body.untilOn", code: "past", text: "The last day is today or later." };

const unknown = (what: string): NotChanged => ({
  ...{ why: "content", at: `body.${what}`, code: "unknown-code" },
  text: "There is nothing of this code that can stand here.",
});

/** Whether a last day lies before today. */
function isPast(day: string | null | undefined, { today }: Changing): boolean {
  return day != null && day < today;
}

/** A day as the driver gives it, as text. */
function dayIn(day: unknown): string | null {
  return day == null ? null : String(day).slice(0, 10);
}

const inOffice = (today: string): SQL => sql`(select * from deputies where ${notEnded(sql`until_on`, today)})`;

async function byCode(tx: Transaction, rows: SQL, code: string): Promise<Found | null> {
  const [found] = await tx.execute<Found>(sql`select y.id, y.code from ${rows} y where y.code = ${code}`);
  return found ?? null;
}

async function hasName(tx: Transaction, gridId: string, name: string): Promise<boolean> {
  const rows = await tx.execute(sql`select from places where grid_id = ${gridId} and name = ${name}`);
  return rows.length > 0;
}

/** The row that a code names, and the one that was named before. @param among the rows that may be named */
async function linked(
  tx: Transaction,
  what: string,
  code: string | null | undefined,
  among: SQL,
  wasId: string | null,
  all: SQL = among,
): Promise<NotChanged | { readonly found: Found | null; readonly was: { id: string | null; code: string | null } }> {
  const found = code == null ? null : await byCode(tx, among, code);
  if (code != null && found === null) return unknown(what);
  const [before] =
    wasId === null ? [] : await tx.execute<Found>(sql`select y.id, y.code from ${all} y where y.id = ${wasId}`);
  return { found, was: { id: wasId, code: before?.code ?? null } };
}
