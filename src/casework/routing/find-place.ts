import { sql } from "drizzle-orm";
import { holdsOn, notEnded } from "../../../db/in-force.ts";
import { emergencyTopics } from "../../domain/danger/emergency.ts";
import { publicDanger } from "../../domain/danger/public-danger.ts";
import type { Position } from "../../domain/messages/message.ts";
import { borderIn } from "../../domain/place/border.ts";
import { gridsWithin } from "../../domain/place/choices.ts";
import type { PlaceFinding, Scene } from "../../domain/place/finding.ts";
import { askAboutLast, locate } from "../../domain/place/locate.ts";
import { mentionsIn, namesSaid } from "../../domain/place/mentions.ts";
import { lastDecision } from "../cases/decisions.ts";
import { ownCases } from "../cases/load.ts";
import { deputiesBy } from "../county/deputies.ts";
import type { Turn } from "../turn/turn.ts";

/** A scanned code presets the place of what is said within this time. */
const SCENE_MS = 30 * 60_000;

/** The finding where no place is known. */
export const NO_PLACE: PlaceFinding = { kind: "ask", why: "nothing", choices: [] };

/** The words and the position that may tell a place. */
export type PlaceWords = {
  readonly texts: readonly string[];
  readonly position?: Position | null;
  /** Where the resident lives counts too when nothing else tells. */
  readonly mayBeHome?: boolean;
  /** The resident may be asked whether it is where their last matter was. */
  readonly mayBeLast?: boolean;
};

/** Finds where something lies, from the scanned code, a position, the words, and the resident's home grid. */
export async function findPlace(turn: Turn, words: PlaceWords): Promise<PlaceFinding> {
  const atlas = await turn.lookups.atlas();
  return locate(atlas, {
    scene: await presetPlace(turn),
    position: words.position ?? null,
    texts: words.texts,
    homeGrid: turn.conversation.homeGrid,
  });
}

/** The place that a code scanned just now presets. */
async function presetPlace(turn: Turn): Promise<Scene | null> {
  const { scene } = turn.conversation.dialog;
  if (scene === undefined || turn.now.getTime() - Date.parse(scene.at) > SCENE_MS) return null;
  const { kind, code } = scene;
  if (kind !== "deputy") return { kind, code };
  const [deputy] = await deputiesBy(turn, sql`d.code = ${code}`);
  return deputy === undefined ? null : { kind, code, name: deputy.facts.name, grids: await gridsOf(turn, deputy.id) };
}

/** Codes of the grids for which a deputy answers: their own, and only for one who has none those of their station. */
async function gridsOf(turn: Turn, deputyId: string): Promise<string[]> {
  const rows = await turn.tx.execute<{ code: string; isOwn: boolean }>(sql`
    select distinct g.code, a.grid_id is not null as "isOwn"
    from assignments a join grids g on g.id = a.grid_id or g.station_id = a.station_id
    where a.deputy_id = ${deputyId} and ${holdsOn(sql`a`, turn.today)} and ${notEnded(sql`g.until_on`, turn.today)}`);
  const own = rows.filter((row) => row.isOwn);
  return (own.length > 0 ? own : rows).map((row) => row.code);
}

/**
 * Finds the place of a new matter; for a danger on a border both sides, where neither a position nor a code scanned on one
 * of them is more exact.
 */
export async function findPlaceOfNew(turn: Turn, words: PlaceWords): Promise<PlaceFinding> {
  const found = await findPlace(turn, words);
  if ("by" in found && (found.by === "position" || found.by === "scene")) return found;
  if ((words.position ?? null) !== null) return found;
  const border = await findBorder(turn, words.texts.join("\n"), words.texts);
  if (border !== null) return border;
  const isUnsaid = found.kind === "ask" ? found.why === "nothing" : "by" in found && found.by === "home";
  return isUnsaid && words.mayBeLast === true ? ((await whetherAtLast(turn)) ?? found) : found;
}

/** So long a resident's last place may be the next one's too. */
const LAST_PLACE_MS = 90 * 86_400_000;

/** The question whether it is where the resident's last matter was; null where that is their home, or not known. */
async function whetherAtLast(turn: Turn): Promise<PlaceFinding | null> {
  const { homeGrid } = turn.conversation;
  const last = (await ownCases(turn)).find(
    (one) => one.gridCode !== null && !one.sealed && turn.now.getTime() - one.receivedAt.getTime() <= LAST_PLACE_MS,
  );
  if (last === undefined || last.gridCode === null || last.gridCode === homeGrid) return null;
  const facts = (await lastDecision(turn, last))?.facts;
  if (facts === undefined || facts.border != null || facts.home != null) return null;
  const name = facts.placeBy === "name" ? (namesSaid(facts.placeEvidence).at(-1) ?? null) : null;
  return askAboutLast(await turn.lookups.atlas(), { grid: last.gridCode, name }, homeGrid);
}

/** Finds a place by the words alone, without code, position or home. */
export async function placeInWords(
  turn: Turn,
  text: string,
): Promise<{ namedGrid: string | null; namesPlace: boolean }> {
  const atlas = await turn.lookups.atlas();
  const finding = locate(atlas, { scene: null, position: null, texts: [text], homeGrid: null });
  return {
    namedGrid: finding.kind === "grid" ? finding.grid : null,
    namesPlace: finding.kind === "grid" || (finding.kind === "ask" && finding.why !== "nothing"),
  };
}

/** Codes of the grids that words may mean. */
export async function gridsInWords(turn: Turn, text: string): Promise<string[]> {
  const atlas = await turn.lookups.atlas();
  const { grids, areas } = mentionsIn(atlas, [text]);
  return [...grids, ...areas.flatMap((area) => gridsWithin(atlas, area))].flatMap((grid) => atlas.codes[grid] ?? []);
}

/** Finds a place by all clues but the scanned code. */
export async function findPlaceWithoutScene(turn: Turn, words: PlaceWords): Promise<PlaceFinding> {
  const atlas = await turn.lookups.atlas();
  const homeGrid = words.mayBeHome === true ? turn.conversation.homeGrid : null;
  return locate(atlas, { scene: null, position: words.position ?? null, texts: words.texts, homeGrid });
}

/**
 * Finds the border on which a danger lies: nobody is asked on which side, people of both are told (field.md E, sample
 * 21).
 *
 * @param words all that was said of the matter
 * @param texts in which the places are named
 */
export async function findBorder(
  turn: Turn,
  words: string,
  texts: readonly string[],
): Promise<Extract<PlaceFinding, { kind: "border" }> | null> {
  const border = borderIn(await turn.lookups.atlas(), texts);
  if (border === null) return null;
  const danger = publicDanger(words) ?? emergencyTopics(words)[0];
  return danger === undefined ? null : { ...border, kind: "border", by: "name", danger };
}
