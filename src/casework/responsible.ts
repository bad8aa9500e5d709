import { sql } from "drizzle-orm";
import { type Decision, type PassedOver, type RoutingFacts, route } from "../domain/routing.ts";
import type { RuleFacts } from "../domain/rule-condition.ts";
import type { Holder } from "../domain/wording.ts";
import { type DeputyRow, deputiesBy, ownStation, substitutesOf } from "./deputy-facts.ts";
import type { PeopleThere } from "./lookups.ts";
import { type Matter, prepareRules, withPeople } from "./rules/ask.ts";
import type { Filed } from "./rules/filing.ts";
import type { Sitting } from "./sitting.ts";

/** The deputy who has had a case, and hands it over. */
export type Holding = {
  readonly deputyId: string;
  /** The code of whoever follows at this place, and the last day on which the holder answered there. */
  readonly successor?: string;
  readonly untilOn?: string;
};

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
  /** The unit that the county's rule names; the office asks it. */
  readonly unit: { readonly id: string; readonly code: string } | null;
  readonly holder: Holder;
};

/**
 * Decides who is responsible for what lies there, on the facts of this moment.
 *
 * @param options.matter what the county's rules are asked about; without it they are not asked
 */
export async function findResponsible(
  sitting: Sitting,
  where: Whereabouts,
  options: {
    readonly sealed?: boolean;
    readonly sealedFor?: readonly string[];
    readonly filed?: Filed;
    readonly barred?: readonly PassedOver[];
    readonly holder?: Holding;
    readonly matter?: (() => Matter | Promise<Matter>) | null;
  } = {},
): Promise<Responsible> {
  const sealed = options.sealed === true;
  const [there, held, scanned, named] = await Promise.all([
    sitting.lookups.peopleAt(where),
    options.holder === undefined ? [] : holderRow(sitting, options.holder),
    where.scannedDeputy === null ? [] : deputiesBy(sitting, sql`d.code = ${where.scannedDeputy}`),
    sealed || options.matter == null ? null : prepareRules(sitting, options.matter),
  ]);
  const { place } = there;
  const answer = named === null ? null : await named(gridFacts(place));
  const target = answer === null ? null : await withPeople(sitting, answer);
  const others = [...held, ...scanned, ...(target?.rows ?? [])];
  const standIns = await substitutesOf(sitting, [...others, ...there.ofGrid(), ...there.ofStation()]);
  const [ofGrid, ofStation] = [there.ofGrid(), there.ofStation()];
  const known = [...others, ...ofGrid, ...ofStation];
  const facts: RoutingFacts = {
    grid: place?.grid ?? null,
    station: place?.station ?? null,
    placeBy: where.by,
    placeEvidence: where.evidence,
    scannedDeputy: scanned[0]?.facts ?? null,
    gridDeputies: ofGrid.map((row) => row.facts),
    stationDeputies: ofStation.map((row) => row.facts),
    on: sitting.today,
    sealed,
    ...(options.sealedFor === undefined ? {} : { sealedFor: options.sealedFor }),
    category: options.filed?.category ?? null,
    categoryConfidence: options.filed?.categoryConfidence ?? null,
    target: target?.facts ?? null,
    holder: held[0]?.facts ?? null,
    substitutes: standIns.map((row) => row.facts),
  };
  const decision = route(facts, options.barred ?? []);
  const { chosen } = decision;
  if (chosen.kind === "deputy") there.give(chosen.deputy);
  const deputy =
    chosen.kind === "deputy" ? [...known, ...standIns].find((row) => row.facts.code === chosen.deputy) : undefined;
  /** Who answers for the place serves there; who stands in, or is named by a rule, may come from elsewhere. */
  const stationOf = async ({ id }: DeputyRow) =>
    [...ofGrid, ...ofStation].some((row) => row.id === id)
      ? (facts.station?.name ?? null)
      : await ownStation(sitting, id);
  return {
    decision,
    gridId: place?.gridId ?? null,
    stationId: place?.stationId ?? null,
    deputyId: deputy?.id ?? null,
    unit: target?.unit ?? null,
    holder: deputy === undefined ? null : { deputy: deputy.facts.name, station: await stationOf(deputy) },
  };
}

/** The place of an earlier decision. */
export function whereaboutsBefore(facts: RoutingFacts): Whereabouts {
  return {
    grid: facts.grid?.code ?? null,
    station: facts.station?.code ?? null,
    scannedDeputy: facts.scannedDeputy?.code ?? null,
    by: facts.placeBy,
    evidence: facts.placeEvidence,
  };
}

async function holderRow(sitting: Sitting, { deputyId, successor, untilOn }: Holding): Promise<DeputyRow[]> {
  const rows = await deputiesBy(sitting, sql`d.id = ${deputyId}`);
  if (successor === undefined) return rows;
  return rows.map(({ id, facts }) => ({
    id,
    facts: { ...facts, substitute: successor, untilOn: untilOn ?? facts.untilOn },
  }));
}

function gridFacts(place: PeopleThere["place"]): RuleFacts["grid"] {
  if (place?.grid == null) return null;
  const { code, township, community } = place.grid;
  return { code, township, community, station: place.station?.code ?? null };
}
