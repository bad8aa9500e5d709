import type { Neighbour, RoutingFacts } from "./route.ts";

/** The side of a border where the holder does not serve. */
export function otherSide(here: Neighbour, beyond: Neighbour, holder: string): Neighbour {
  return servesAt(beyond, holder) && !servesAt(here, holder) ? here : beyond;
}

/** The facts of a danger on a border as its holder sees them: their own side is the place of the case. */
export function facing(facts: RoutingFacts, holder: string): RoutingFacts {
  const { grid, station, gridDeputies, stationDeputies, border } = facts;
  if (border == null || otherSide(facts, border, holder) === border) return facts;
  const { danger, ...there } = border;
  return { ...facts, ...there, border: { grid, station, gridDeputies, stationDeputies, danger } };
}

function servesAt({ gridDeputies, stationDeputies }: Neighbour, code: string): boolean {
  return [...gridDeputies, ...stationDeputies].some((one) => one.code === code);
}
