import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { decisions } from "../../db/schema/cases.ts";
import { type Decision, type DeputyFacts, type PassedOver, type RoutingFacts, route } from "../domain/routing.ts";
import type { DeputyCase, Holder } from "../domain/wording.ts";
import { noticeOf } from "./describe.ts";
import { type CaseRecord, later, record, type Sitting } from "./sitting.ts";
import { tellDeputy } from "./tell.ts";

/** Where a case lies, by whatever way that was found. */
export type Whereabouts = {
  readonly grid: string | null;
  readonly station: string | null;
  readonly scannedDeputy: string | null;
  readonly by: RoutingFacts["placeBy"];
  readonly evidence: string;
};

export const NOWHERE: Whereabouts = { grid: null, station: null, scannedDeputy: null, by: "none", evidence: "" };

/** Who is responsible for what lies somewhere, and the decision that explains it. */
export type Responsible = {
  readonly decision: Decision;
  readonly gridId: string | null;
  readonly stationId: string | null;
  readonly deputyId: string | null;
  readonly holder: Holder;
};

/** Decides who is responsible for what lies there, on the facts of this moment. */
export async function findResponsible(
  sitting: Sitting,
  where: Whereabouts,
  options: { readonly sealed?: boolean; readonly barred?: readonly PassedOver[] } = {},
): Promise<Responsible> {
  const [place, ofGrid, ofStation, scanned] = await Promise.all([
    placeRow(sitting, where),
    where.grid === null ? [] : deputyRows(sitting, sql`a.grid_id = (${gridIdOf(sitting, where.grid)})`),
    deputyRows(sitting, sql`a.station_id = (${stationIdOf(sitting, where)})`),
    where.scannedDeputy === null ? [] : scannedRow(sitting, where.scannedDeputy),
  ]);
  const facts: RoutingFacts = {
    grid: place?.grid ?? null,
    station: place?.station ?? null,
    placeBy: where.by,
    placeEvidence: where.evidence,
    scannedDeputy: scanned[0]?.facts ?? null,
    gridDeputies: ofGrid.map((row) => row.facts),
    stationDeputies: ofStation.map((row) => row.facts),
    on: sitting.today,
    sealed: options.sealed === true,
  };
  const decision = route(facts, options.barred ?? []);
  const { chosen } = decision;
  const all = [...scanned, ...ofGrid, ...ofStation];
  const deputy = chosen.kind === "deputy" ? all.find((row) => row.facts.code === chosen.deputy) : undefined;
  return {
    decision,
    gridId: place?.gridId ?? null,
    stationId: place?.stationId ?? null,
    deputyId: deputy?.id ?? null,
    holder: deputy === undefined ? null : { deputy: deputy.facts.name, station: facts.station?.name ?? null },
  };
}

/**
 * Gives a case to whoever is responsible and tells the deputy; with nobody there, leaves it to the office, visibly.
 *
 * @param story what the deputy reads
 * @param spare words to the deputy only when the case moves to another one
 */
export async function assign(
  sitting: Sitting,
  subject: CaseRecord,
  responsible: Responsible,
  story: { readonly text: string; readonly isReopened?: boolean },
): Promise<void> {
  const { decision } = responsible;
  const { rule } = decision;
  const place = placeOf(responsible);
  const changes = { ...place.changes, deputyId: responsible.deputyId };
  later(
    sitting,
    sitting.tx.insert(decisions).values({
      id: newId(),
      jurisdictionId: sitting.jurisdictionId,
      caseId: subject.id,
      decision,
      at: sitting.now,
    }),
  );
  if (decision.chosen.kind === "office" || responsible.deputyId === null) {
    if (subject.state !== "triage") {
      record(sitting, subject, "left_to_office", "service", { ...place.codes, rule }, changes);
    }
    return;
  }
  const { deputy } = decision.chosen;
  record(sitting, subject, "assigned", "service", { ...place.codes, deputy, rule }, changes);
  await tellDeputy(sitting, responsible.deputyId, (wording) => ({
    kind: "deputy-case",
    subject,
    words: wording.newCase({
      line: deputyCase(subject, story.text, placeName(decision.facts), sitting.today),
      isReopened: story.isReopened === true,
    }),
    isAnswer: true,
    notice: noticeOf(subject, responsible.holder),
  }));
}

/** The place of a decision, as events tell it and as a case keeps it. */
export function placeOf({ decision, gridId, stationId }: Pick<Responsible, "decision" | "gridId" | "stationId">) {
  const { grid, station } = decision.facts;
  return {
    codes: { grid: grid?.code ?? null, station: station?.code ?? null },
    changes: { gridId, gridCode: grid?.code ?? null, stationId },
  };
}

/** A case as its deputy may see it. */
export function deputyCase(subject: CaseRecord, text: string, place: string, today: string): DeputyCase {
  return {
    number: subject.number,
    text,
    place,
    state: subject.state,
    priority: subject.priority,
    dueOn: subject.dueOn,
    overdue: subject.closedAt === null && subject.dueOn < today,
  };
}

/** The place in words: township and grid, or the station. */
export function placeName(facts: Pick<RoutingFacts, "grid" | "station">): string {
  if (facts.grid !== null) return `${facts.grid.township}${facts.grid.name}`;
  return facts.station?.name ?? "";
}

type PlaceRow = {
  gridId: string | null;
  stationId: string | null;
  grid: RoutingFacts["grid"];
  station: RoutingFacts["station"];
};

async function placeRow(sitting: Sitting, where: Whereabouts): Promise<PlaceRow | undefined> {
  if (where.grid === null && where.station === null) return undefined;
  const [row] = await sitting.tx.execute<PlaceRow>(
    where.grid !== null
      ? sql`select g.id as "gridId", s.id as "stationId",
          jsonb_build_object('code', g.code, 'name', g.name, 'township', g.township, 'community', g.community) as grid,
          case when s.id is not null then jsonb_build_object('code', s.code, 'name', s.name) end as station
        from grids g left join stations s on s.id = g.station_id
        where g.jurisdiction_id = ${sitting.jurisdictionId} and g.code = ${where.grid}`
      : sql`select null::uuid as "gridId", s.id as "stationId", null::jsonb as grid,
          jsonb_build_object('code', s.code, 'name', s.name) as station
        from stations s where s.jurisdiction_id = ${sitting.jurisdictionId} and s.code = ${where.station}`,
  );
  return row;
}

type DeputyRow = { readonly id: string; readonly facts: DeputyFacts };

const FACTS = sql`d.id, jsonb_build_object(
    'code', d.code, 'name', d.name, 'level', d.level, 'untilOn', d.until_on,
    'openCases', (select count(*) from cases c where c.deputy_id = d.id and c.closed_at is null)`;

async function deputyRows(sitting: Sitting, place: ReturnType<typeof sql>): Promise<DeputyRow[]> {
  return sitting.tx.execute<DeputyRow>(sql`
    select ${FACTS}, 'role', a.role, 'awayUntil', ${awayUntil(sitting)}) as facts
    from assignments a join deputies d on d.id = a.deputy_id
    where ${place} and a.from_on <= ${sitting.today} and (a.until_on is null or a.until_on >= ${sitting.today})`);
}

async function scannedRow(sitting: Sitting, code: string): Promise<DeputyRow[]> {
  return sitting.tx.execute<DeputyRow>(sql`
    select ${FACTS}, 'role', 'primary', 'awayUntil', ${awayUntil(sitting)}) as facts
    from deputies d where d.jurisdiction_id = ${sitting.jurisdictionId} and d.code = ${code}`);
}

function awayUntil(sitting: Sitting) {
  const now = sitting.now.toISOString();
  return sql`(select max(b.until_at) from absences b
    where b.deputy_id = d.id and b.from_at <= ${now}::timestamptz and b.until_at > ${now}::timestamptz)`;
}

function gridIdOf(sitting: Sitting, code: string) {
  return sql`select id from grids where jurisdiction_id = ${sitting.jurisdictionId} and code = ${code}`;
}

function stationIdOf(sitting: Sitting, where: Whereabouts) {
  return where.grid !== null
    ? sql`select station_id from grids where jurisdiction_id = ${sitting.jurisdictionId} and code = ${where.grid}`
    : sql`select id from stations where jurisdiction_id = ${sitting.jurisdictionId} and code = ${where.station}`;
}

/** Whether a deputy is in office and not away just now. */
export async function isAvailable(sitting: Sitting, deputyId: string): Promise<boolean> {
  const rows = await sitting.tx.execute(sql`
    select from deputies d where d.id = ${deputyId}
      and (d.until_on is null or d.until_on >= ${sitting.today}) and ${awayUntil(sitting)} is null`);
  return rows.length > 0;
}
