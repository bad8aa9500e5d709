import { asc } from "drizzle-orm";
import type { Transaction } from "../../../db/database.ts";
import { notEnded } from "../../../db/in-force.ts";
import { grids } from "../../../db/schema/places.ts";
import { dayIn } from "../../domain/calendar/deadline.ts";
import { understandResident } from "../../domain/dialog/understand-resident.ts";
import { locate } from "../../domain/place/locate.ts";
import type { AtlasStore } from "../county/atlas-store.ts";
import { publishedRules } from "../rules/published.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { type Simulated, simulate } from "../trials/simulate.ts";

/** The messages of a rehearsal, in order. */
const REHEARSAL_MESSAGES = [
  "full-address",
  "vague",
  "photo",
  "two-matters",
  "thanks",
  "danger",
  "accusation",
  "out-of-scope",
] as const;
type MessageCode = (typeof REHEARSAL_MESSAGES)[number];

/** What can become of a message of the rehearsal. */
const REHEARSAL_ENDS = ["placed", "asks-where", "asks-what", "answered", "danger", "sealed", "office-first"] as const;
type End = (typeof REHEARSAL_ENDS)[number];

/** A message of the rehearsal: what was to happen and what would. */
export type Rehearsed = {
  readonly code: MessageCode;
  readonly text: string;
  readonly expected: End;
  readonly happened: End;
  readonly goesTo: Simulated["goesTo"] | null;
  /** Who would read something of it, beside the resident. */
  readonly told: readonly Simulated["told"][number]["to"][];
  readonly isRight: boolean;
};

const NO_CASE = { verdictOpen: false, whereOpen: false, open: 0, settledLately: 0 };
/** A name that no list of deputies should hold. */
const INVENTED = "欧阳试演";

/** The words of the rehearsal. @param place a grid of the county by its name */
const SAID: Readonly<Record<MessageCode, (place: string) => string>> = {
  "full-address": (place) => `${place}的路灯坏了六盏，晚上看不见路`,
  vague: () => "路灯坏了好几天，晚上看不见路",
  photo: () => "",
  "two-matters": (place) => `${place}的路灯坏了，另外下水道也堵了，臭得很`,
  thanks: () => "谢谢你们，辛苦了",
  danger: (place) => `${place}楼道里全是煤气味，有人头晕`,
  accusation: () => `${INVENTED}代表收了物业的好处，跟他反映多少次都不办`,
  "out-of-scope": () => "低价促销，全场五折，限时抢购，欢迎选购",
};

const EXPECTED: Readonly<Record<MessageCode, End>> = {
  "full-address": "placed",
  vague: "asks-where",
  photo: "asks-what",
  "two-matters": "placed",
  thanks: "answered",
  danger: "danger",
  accusation: "sealed",
  "out-of-scope": "answered",
};

/**
 * Rehearses eight messages of a resident in the county whose transaction this is, under the rules in force: each is read, placed and
 * routed as a real one, and nothing is stored or sent.
 * @returns null while the county has no grid
 */
export async function rehearse(
  tx: Transaction,
  jurisdictionId: string,
  services: Pick<Runtime, "reader" | "timeZone"> & { readonly atlases: AtlasStore; readonly now: Date },
): Promise<Rehearsed[] | null> {
  const { reader, timeZone, atlases, now } = services;
  const today = dayIn(now, timeZone);
  const [grid] = await tx
    .select({ name: grids.name })
    .from(grids)
    .where(notEnded(grids.untilOn, today))
    .orderBy(asc(grids.code))
    .limit(1);
  if (grid === undefined) return null;
  const [ruling, atlas] = [await publishedRules(tx, jurisdictionId), await atlases.of(tx, jurisdictionId, today)];
  const done: Rehearsed[] = [];
  for (const code of REHEARSAL_MESSAGES) {
    const [text, expected] = [SAID[code](grid.name), EXPECTED[code]];
    const { meaning } = understandResident(text, { state: {}, now, context: NO_CASE }, reader);
    const found = locate(atlas, { scene: null, position: null, texts: [text], homeGrid: null });
    const place = found.kind === "grid" ? found.grid : null;
    const message = { text, grid: place, ...(code === "photo" && { hasPhoto: true }) };
    const would = await simulate(tx, jurisdictionId, message, { ruling, now, timeZone });
    if (would === null) continue;
    const happened = endOf(would, meaning.kind, place !== null);
    const isCase =
      happened === "placed" || happened === "danger" || happened === "sealed" || happened === "office-first";
    const told = isCase ? [...new Set(would.told.map(({ to }) => to))].filter((to) => to !== "resident") : [];
    const isKept = happened !== "sealed" || told.length === 0;
    const goesTo = isCase ? would.goesTo : null;
    done.push({ code, text, expected, happened, goesTo, told, isRight: happened === expected && isKept });
  }
  return done;
}

const ANSWERED: ReadonlySet<string> = new Set(["thanks", "spam", "service-question", "identity-claim", "command"]);

function endOf({ steps, decision }: Simulated, meaning: string, isPlaced: boolean): End {
  if (steps.some(({ what, holds }) => what === "sealed" && holds)) return "sealed";
  if (steps.some(({ what, holds }) => what === "emergency" && holds)) return "danger";
  if (ANSWERED.has(meaning)) return "answered";
  if (meaning === "nothing-yet" || meaning === "unsure") return "asks-what";
  if (decision === null) return "office-first";
  return isPlaced ? "placed" : "asks-where";
}
