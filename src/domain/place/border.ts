import { normalise } from "../text/words.ts";
import type { Atlas } from "./atlas.ts";
import { gridsWithin } from "./choices.ts";
import type { Border, Side } from "./finding.ts";
import { type Area, mentionsIn } from "./mentions.ts";

/** Words that set two places beside each other, rather than name two matters. */
const BETWEEN =
  /交界|接[壤界]|搭界|分界|边界|界[上线碑河]|挨着|紧[挨邻靠]|毗邻|隔壁|对面|一出|出了|中间|之间|两不管|三不管|相[连接邻交]|连[接着通]|两(?:边|头|镇|村|乡|个?镇)|这头|那头|到[^,。;!?]{0,12}[桥路]|往[^。;!?]{0,10}出|过[来去]|跨|\b(?:border|boundary|between)\b/;

/** Names that stand this near to each other belong together. */
const NEAR = 10;

/** The border that some texts speak of, where they name just two places; null where they name more, fewer, or one with many meanings. */
export function borderIn(atlas: Atlas, texts: readonly string[]): Border | null {
  const said = texts.map((text) => normalise(text).toLowerCase());
  const { grids, areas, evidence } = mentionsIn(atlas, texts);
  if (!said.some((text) => BETWEEN.test(text) || areNear(text, evidence.split("、")))) return null;
  const named: readonly Side[] = [
    ...grids.map((grid) => ({ grid: atlas.codes[grid] ?? null, station: null })),
    ...areas.map((area) => sideOf(atlas, area)),
  ];
  const [one, other, third] = named;
  // A single name that means two places is a doubt, and no border.
  if (one === undefined || other === undefined || third !== undefined || !evidence.includes("、")) return null;
  return isNowhere(one) && isNowhere(other) ? null : { sides: [one, other], evidence };
}

function areNear(text: string, names: readonly string[]): boolean {
  const parts = text.replaceAll(" ", "");
  const places = names.flatMap((name) => {
    const at = parts.indexOf(name);
    return at < 0 ? [] : [{ from: at, to: at + name.length }];
  });
  return places.some((one) =>
    places.some(
      (other) =>
        other.from >= one.to && /^[^,。;:!?]*$/.test(parts.slice(one.to, other.from)) && other.from - one.to <= NEAR,
    ),
  );
}

/** The only grid of an area, or the station to which most of its grids belong. */
function sideOf(atlas: Atlas, area: Area): Side {
  const grids = gridsWithin(atlas, area);
  const [only, second] = grids;
  if (only !== undefined && second === undefined) return { grid: atlas.codes[only] ?? null, station: null };
  const counts = new Map<string, number>();
  for (const grid of grids) {
    const code = atlas.stationCodes[atlas.stationOf[grid] ?? -1];
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  return { grid: null, station: most?.[0] ?? null };
}

function isNowhere({ grid, station }: Side): boolean {
  return grid === null && station === null;
}
