import type { DeputyFacts } from "../../src/domain/routing/nearness.ts";
import type { RoutingFacts } from "../../src/domain/routing/route.ts";

/** A township's deputy, present and in office where nothing else is said. */
export function deputyFacts(code: string, change: Partial<DeputyFacts> = {}): DeputyFacts {
  return {
    ...{ code, name: `代表${code}`, level: "township", role: "primary" },
    ...{ openCases: 0, untilOn: null, awayUntil: null },
    ...change,
  };
}

/** What routing is asked about a case of grid G1 on 2026-11-23, where nobody serves unless it is said. */
export function routingFacts(change: Partial<RoutingFacts> = {}): RoutingFacts {
  return {
    grid: { code: "G1", name: "柳东-3", township: "柳河镇", community: "柳东村" },
    station: { code: "S1", name: "柳河镇联络站" },
    placeBy: "name",
    placeEvidence: "柳东村三组",
    scannedDeputy: null,
    gridDeputies: [],
    stationDeputies: [],
    on: "2026-11-23",
    sealed: false,
    ...change,
  };
}
