import { and, eq, isNotNull } from "drizzle-orm";
import { assignments, deputies } from "../../../db/schema/people.ts";
import { grids } from "../../../db/schema/places.ts";
import { emergencyTopics } from "../../domain/danger/emergency.ts";
import { publicDanger } from "../../domain/danger/public-danger.ts";
import { isAboutUnpaidWork } from "../../domain/dialog/scope.ts";
import { borderIn } from "../../domain/place/border.ts";
import type { PlaceFinding } from "../../domain/place/locate.ts";
import type { Sitting } from "../turn/turn.ts";
import { NOWHERE, type Whereabouts } from "./responsible.ts";

/** What was found as whereabouts; null when the resident must be asked. */
export async function whereaboutsOf(sitting: Sitting, finding: PlaceFinding): Promise<Whereabouts | null> {
  switch (finding.kind) {
    case "grid":
      return { ...NOWHERE, grid: finding.grid, by: finding.by, evidence: finding.evidence };
    case "station":
      return { ...NOWHERE, station: finding.station, by: "scene", evidence: finding.evidence };
    case "deputy":
      return {
        ...NOWHERE,
        grid: (await onlyGridOf(sitting, finding.deputy)) ?? sitting.conversation.homeGrid,
        scannedDeputy: finding.deputy,
        by: "scene",
        evidence: finding.evidence,
      };
    case "border": {
      const [side, other] = finding.sides;
      const border = { ...other, danger: finding.danger };
      return { ...NOWHERE, ...side, by: finding.by, evidence: finding.evidence, border };
    }
    case "outside":
      return { ...NOWHERE, by: "position", evidence: finding.evidence };
    case "ask":
      return null;
  }
}

/** The grid of a deputy who answers first for just one. */
export async function onlyGridOf(sitting: Sitting, deputy: string): Promise<string | null> {
  const rows = await sitting.tx
    .selectDistinct({ code: grids.code })
    .from(assignments)
    .innerJoin(deputies, eq(deputies.id, assignments.deputyId))
    .innerJoin(grids, eq(grids.id, assignments.gridId))
    .where(and(eq(deputies.code, deputy), isNotNull(assignments.gridId), eq(assignments.role, "primary")))
    .limit(2);
  return rows.length === 1 ? (rows[0]?.code ?? null) : null;
}

/** Where work was not paid, the place is where it was done, and the home of who worked counts beside it (field.md E, sample 25). */
export function withHome(sitting: Sitting, where: Whereabouts, words: string): Whereabouts {
  return isAboutUnpaidWork(words) ? { ...where, home: sitting.conversation.homeGrid } : where;
}

/**
 * The border on which a danger lies: nobody is asked on which side, people of both are told (field.md E, sample 21).
 *
 * @param words all that was said of the matter
 * @param texts in which the places are named
 */
export async function findBorder(
  sitting: Sitting,
  words: string,
  texts: readonly string[],
): Promise<Extract<PlaceFinding, { kind: "border" }> | null> {
  const border = borderIn(await sitting.lookups.atlas(), texts);
  if (border === null) return null;
  const danger = publicDanger(words) ?? emergencyTopics(words)[0];
  return danger === undefined ? null : { ...border, kind: "border", by: "name", danger };
}
