import type { ServiceQuestion } from "../../domain/dialog/service-questions.ts";
import type { PlaceFinding } from "../../domain/place/finding.ts";
import { isInOffice } from "../../domain/routing/nearness.ts";
import type { ServedPlace, ServiceFacts } from "../../domain/wording/who-answers.ts";
import { placeName } from "../cases/describe.ts";
import { ownCases } from "../cases/load.ts";
import { DEFAULTS } from "../county/settings.ts";
import { stationContact } from "../county/stations.ts";
import { findPlace, placeInWords } from "../routing/find-place.ts";
import { findResponsible } from "../routing/responsible.ts";
import { NOWHERE, type Whereabouts, whereaboutsOf } from "../routing/whereabouts.ts";
import { platformFor, type Turn } from "../turn/turn.ts";
import { placeBefore } from "./place-alone.ts";

/** The questions whose answer depends on where somebody lives. */
const LOCAL: ReadonlySet<ServiceQuestion> = new Set(["who-is-deputy", "meet", "contact", "deputy-phone"]);

/** More places than these are not read on a phone. */
const MOST_PLACES = 6;

/** The facts that the service knows for a question about itself: who answers for the place that is meant, and at which station. */
export async function serviceFacts(turn: Turn, about: ServiceQuestion, text: string): Promise<ServiceFacts> {
  const { workingDays: days } = { ...DEFAULTS, ...turn.county.settings };
  const platform = platformFor(turn);
  if (!LOCAL.has(about)) return { about, places: [], fitsMany: false, days, platform };
  const spots = await spotsMeant(turn, text);
  const fitsMany = spots === "many" || spots.length > MOST_PLACES;
  const places: ServedPlace[] = [];
  for (const where of fitsMany ? [] : spots) places.push(await servedPlace(turn, where));
  return { about, places, fitsMany, days, platform };
}

/**
 * The places that are meant: those of the words, else one said just now, a scanned code, the home grid, or the last case's; "many"
 * where the words fit more than can be listed.
 */
async function spotsMeant(turn: Turn, text: string): Promise<readonly Whereabouts[] | "many"> {
  const { namesPlace } = await placeInWords(turn, text);
  const before = placeBefore(turn);
  const finding = namesPlace
    ? await findPlace(turn, { texts: [text] })
    : await findPlace(turn, { texts: before.said.map((one) => one.text), position: before.position });
  const where = await whereaboutsOf(turn, finding);
  if (where !== null) return (where.grid ?? where.station ?? where.scannedDeputy) ? [where] : [];
  const offered = gridsOffered(finding);
  if (offered.length > 0) return offered;
  if (finding.kind === "ask" && finding.why !== "nothing") return "many";
  const last = (await ownCases(turn)).find((one) => one.gridCode !== null && !one.sealed);
  return last === undefined ? [] : [{ ...NOWHERE, grid: last.gridCode, by: "home" }];
}

/** The grids that a doubt is between; none where it is between wider areas. */
function gridsOffered(finding: PlaceFinding): Whereabouts[] {
  if (finding.kind !== "ask") return [];
  const offered = finding.choices.filter((choice) => !("elsewhere" in choice));
  const grids = offered.flatMap((choice) => ("grid" in choice ? [choice.grid] : []));
  return grids.length === offered.length ? grids.map((grid) => ({ ...NOWHERE, grid, by: "name" })) : [];
}

/** A place with whoever would get an ordinary case there today. */
async function servedPlace(turn: Turn, where: Whereabouts): Promise<ServedPlace> {
  const matter = {
    text: "",
    category: null,
    hasPhoto: false,
    receivedAt: turn.now,
    conversationId: turn.conversation.id,
    caseId: null,
  };
  const { decision, holder, stationId } = await findResponsible(turn, where, {
    matter: () => matter,
    isOnlyAsked: true,
  });
  const { gridDeputies } = decision.facts;
  const inOffice = gridDeputies.filter((one) => isInOffice(one, turn.today)).map((one) => one.name);
  return {
    label: placeName(decision.facts),
    by: where.by === "scene" ? "scene" : where.by === "home" ? "before" : "told",
    holder,
    others: [...new Set(inOffice)].filter((name) => name !== holder?.deputy),
    station: stationId === null ? null : await stationContact(turn, turn.runtime.vault, stationId),
  };
}
