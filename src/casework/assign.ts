import { v7 as newId } from "uuid";
import { decisions } from "../../db/schema/cases.ts";
import type { RoutingFacts } from "../domain/routing.ts";
import type { DeputyCase } from "../domain/wording.ts";
import { noticeOf } from "./describe.ts";
import type { Responsible } from "./responsible.ts";
import { type CaseRecord, record, type Sitting } from "./sitting.ts";
import { tellDeputy } from "./tell.ts";

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
  const changes = { ...place.changes, deputyId: responsible.deputyId, unitId: null };
  sitting.writes.insert(decisions, {
    id: newId(),
    jurisdictionId: sitting.jurisdictionId,
    caseId: subject.id,
    decision,
    at: sitting.now,
  });
  if (decision.chosen.kind === "office" || responsible.deputyId === null) {
    const { unit } = responsible;
    if (subject.state !== "triage" || unit !== null) {
      const details = { ...place.codes, rule, ...(unit === null ? {} : { unit: unit.code }) };
      record(sitting, subject, "left_to_office", "service", details, { ...changes, unitId: unit?.id ?? null });
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
