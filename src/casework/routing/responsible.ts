import { sql } from "drizzle-orm";
import { facing } from "../../domain/routing/border-side.ts";
import { type Follower, followersOf } from "../../domain/routing/followers.ts";
import {
  type Decision,
  type Neighbour,
  type PassedOver,
  type RoutingFacts,
  route,
} from "../../domain/routing/route.ts";
import type { RuleFacts } from "../../domain/rules/condition.ts";
import type { Holder } from "../../domain/wording/who-answers.ts";
import { type DeputyRow, deputiesBy, ownStation, substitutesOf } from "../county/deputies.ts";
import type { PeopleThere, PlaceRow } from "../turn/lookups.ts";
import type { Turn } from "../turn/turn.ts";
import { type Matter, prepareRules, withPeople } from "./ask-rules.ts";
import type { Filed } from "./categorise.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** The deputy who holds a case until now, and hands it over. */
export type Holding = {
  readonly deputyId: string;
  /** The code of whoever follows at this place, and the last day on which the holder answered there. */
  readonly successor?: string;
  readonly untilOn?: string;
};

/** The responsible one for a matter, with the decision that explains it. */
export type Responsible = {
  readonly decision: Decision;
  readonly gridId: string | null;
  readonly stationId: string | null;
  readonly deputyId: string | null;
  /** The unit that the county's rule names; the office asks it. */
  readonly unit: { readonly id: string; readonly code: string } | null;
  readonly holder: Holder;
  readonly followers: readonly (Follower & { readonly deputyId: string })[];
};

/** With what another decision on the same facts needs. */
type Found = Responsible & Known;

type Known = { readonly people: readonly DeputyRow[]; readonly places: readonly PlaceRow[] };

/**
 * Decides who is responsible for what lies there, on the facts of this moment.
 *
 * @param options.matter what the county's rules are asked about; without it they are not asked
 * @param options.isOnlyAsked somebody asks who it would be: nobody gets a case, and none is counted
 */
export async function findResponsible(
  turn: Turn,
  where: Whereabouts,
  options: {
    readonly sealed?: boolean;
    readonly sealedFor?: readonly string[];
    readonly filed?: Filed;
    readonly barred?: readonly PassedOver[];
    readonly holder?: Holding;
    readonly matter?: (() => Matter | Promise<Matter>) | null;
    readonly isOnlyAsked?: boolean;
  } = {},
): Promise<Found> {
  const { sealed = false, barred = [] } = options;
  const [there, beyond, atHome, held, scanned, named] = await Promise.all([
    turn.lookups.peopleAt(where),
    where.border === undefined ? null : turn.lookups.peopleAt(where.border),
    where.home == null ? null : turn.lookups.peopleAt({ grid: where.home, station: null }),
    options.holder === undefined ? [] : holderRow(turn, options.holder),
    where.scannedDeputy === null ? [] : deputiesBy(turn, sql`d.code = ${where.scannedDeputy}`),
    sealed || where.border !== undefined || options.matter == null ? null : prepareRules(turn, options.matter),
  ]);
  const { place } = there;
  const answer = named === null ? null : await named(gridFacts(place));
  const target = answer === null ? null : await withPeople(turn, answer);
  const others = [...held, ...scanned, ...(target?.rows ?? [])];
  const standIns = await substitutesOf(turn, [...others, ...peopleOf(there), ...peopleOf(beyond)]);
  const people = [...others, ...peopleOf(there), ...peopleOf(beyond), ...standIns, ...peopleOf(atHome)];
  const facts: RoutingFacts = {
    ...neighbour(there),
    placeBy: where.by,
    placeEvidence: where.evidence,
    scannedDeputy: scanned[0]?.facts ?? null,
    on: turn.today,
    sealed,
    ...(options.sealedFor === undefined ? {} : { sealedFor: options.sealedFor }),
    category: options.filed?.category ?? null,
    categoryConfidence: options.filed?.categoryConfidence ?? null,
    target: target?.facts ?? null,
    holder: held[0]?.facts ?? null,
    substitutes: standIns.map((row) => row.facts),
    ...(beyond === null ? {} : { border: { ...neighbour(beyond), danger: where.border?.danger ?? "" } }),
    ...(atHome === null ? {} : { home: neighbour(atHome) }),
  };
  const decision = routed(facts, barred);
  const { chosen } = decision;
  if (chosen.kind === "deputy" && options.isOnlyAsked !== true) there.give(chosen.deputy);
  const deputy = chosen.kind === "deputy" ? people.find((row) => row.facts.code === chosen.deputy) : undefined;
  /** Who answers for the place serves there; who stands in, or is named by a rule, may come from elsewhere. */
  const stationOf = async ({ id, facts: { code } }: DeputyRow) =>
    [...decision.facts.gridDeputies, ...decision.facts.stationDeputies].some((one) => one.code === code)
      ? (decision.facts.station?.name ?? null)
      : await ownStation(turn, id);
  const holder = deputy === undefined ? null : { deputy: deputy.facts.name, station: await stationOf(deputy) };
  const places = [place, beyond?.place].filter((one) => one !== undefined);
  const result = { deputyId: deputy?.id ?? null, unit: target?.unit ?? null, holder };
  return conclude({ people, places }, decision, barred, result);
}

/** The result of a decision: the responsible deputy, the place and the followers, with their rows. */
export function conclude(
  { people, places }: Known,
  decision: Decision,
  barred: readonly PassedOver[],
  result: Pick<Responsible, "deputyId" | "unit" | "holder">,
): Found {
  const { grid, station } = decision.facts;
  const place = places.find((one) => one.grid?.code === grid?.code && one.station?.code === station?.code);
  const followers = followersOf(decision, barred).flatMap((one) => {
    const row = people.find(({ facts }) => facts.code === one.deputy);
    return row === undefined ? [] : [{ ...one, deputyId: row.id }];
  });
  return {
    ...result,
    ...{ decision, followers, people, places },
    gridId: place?.gridId ?? null,
    stationId: place?.stationId ?? null,
  };
}

/** For a danger on a border the case lies on the side of whoever has it. */
function routed(facts: RoutingFacts, barred: readonly PassedOver[]): Decision {
  const decision = route(facts, barred);
  const { chosen } = decision;
  const faced = chosen.kind === "deputy" ? facing(facts, chosen.deputy) : facts;
  return faced === facts ? decision : route(faced, barred);
}

function peopleOf(there: PeopleThere | null): DeputyRow[] {
  return there === null ? [] : [...there.ofGrid(), ...there.ofStation()];
}

function neighbour(there: PeopleThere): Neighbour {
  return {
    grid: there.place?.grid ?? null,
    station: there.place?.station ?? null,
    gridDeputies: there.ofGrid().map((row) => row.facts),
    stationDeputies: there.ofStation().map((row) => row.facts),
  };
}

async function holderRow(turn: Turn, { deputyId, successor, untilOn }: Holding): Promise<DeputyRow[]> {
  const rows = await deputiesBy(turn, sql`d.id = ${deputyId}`);
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
