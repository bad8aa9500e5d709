import { and, eq, isNotNull, lt } from "drizzle-orm";
import { notEnded } from "../../../db/in-force.ts";
import { assignments, deputies } from "../../../db/schema/people.ts";
import { grids } from "../../../db/schema/places.ts";
import { isAboutUnpaidWork } from "../../domain/dialog/scope.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import type { RoutingFacts } from "../../domain/routing/route.ts";
import type { Spot } from "../turn/lookups.ts";
import type { Turn } from "../turn/turn.ts";

/** The whereabouts that a finding tells; null when the resident must be asked. */
export async function whereaboutsOf(turn: Turn, finding: PlaceFinding): Promise<Whereabouts | null> {
  switch (finding.kind) {
    case "grid":
      return { ...NOWHERE, grid: finding.grid, by: finding.by, evidence: finding.evidence };
    case "station":
      return { ...NOWHERE, station: finding.station, by: "scene", evidence: finding.evidence };
    case "deputy":
      return {
        ...NOWHERE,
        grid: finding.grid ?? (await onlyGridOf(turn, finding.deputy)) ?? turn.conversation.homeGrid,
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

/** The grid of a deputy who is primary for just one; null for any other deputy. */
export async function onlyGridOf(turn: Turn, deputy: string): Promise<string | null> {
  const rows = await turn.tx
    .selectDistinct({ code: grids.code })
    .from(assignments)
    .innerJoin(deputies, eq(deputies.id, assignments.deputyId))
    .innerJoin(grids, eq(grids.id, assignments.gridId))
    .where(
      and(
        eq(deputies.code, deputy),
        isNotNull(assignments.gridId),
        eq(assignments.role, "primary"),
        notEnded(grids.untilOn, turn.today),
      ),
    )
    .limit(2);
  return rows.length === 1 ? (rows[0]?.code ?? null) : null;
}

/** Whether a grid has ended, so that nothing new lies in it. */
export async function hasEnded(turn: Turn, code: string): Promise<boolean> {
  return (await turn.tx.$count(grids, and(eq(grids.code, code), lt(grids.untilOn, turn.today)))) > 0;
}

/**
 * The whereabouts with the resident's home beside the place, for unpaid work: the place is where it was done (field.md
 * E, sample 25).
 */
export function withHome(turn: Turn, where: Whereabouts, words: string): Whereabouts {
  return isAboutUnpaidWork(words) ? { ...where, home: turn.conversation.homeGrid } : where;
}

/** The whereabouts of a case: where it lies, by whatever way that was found. */
export type Whereabouts = {
  readonly grid: string | null;
  readonly station: string | null;
  readonly scannedDeputy: string | null;
  readonly by: RoutingFacts["placeBy"];
  readonly evidence: string;
  /** The other place, where a danger lies on the border between both, and what it was taken for. */
  readonly border?: Spot & { readonly danger: string };
  /** Where work was not paid: the home grid of who worked, if it is known. */
  readonly home?: string | null;
};

/** The whereabouts of a case of which no place is known. */
export const NOWHERE: Whereabouts = { grid: null, station: null, scannedDeputy: null, by: "none", evidence: "" };

/** The whereabouts of an earlier decision. */
export function whereaboutsBefore(facts: RoutingFacts): Whereabouts {
  return {
    grid: facts.grid?.code ?? null,
    station: facts.station?.code ?? null,
    scannedDeputy: facts.scannedDeputy?.code ?? null,
    by: facts.placeBy,
    evidence: facts.placeEvidence,
    ...(facts.border == null
      ? {}
      : {
          border: {
            grid: facts.border.grid?.code ?? null,
            station: facts.border.station?.code ?? null,
            danger: facts.border.danger,
          },
        }),
    ...(facts.home == null ? {} : { home: facts.home.grid?.code ?? null }),
  };
}
