import { normalise, numeral } from "../text/words.ts";

/** The named spots within a grid of which words tell; each left out where they name none. Never a flat, nor a person's name. */
export type Spots = {
  readonly estate?: string;
  readonly building?: number;
  readonly group?: number;
  readonly road?: string;
  readonly school?: string;
};

const DIGITS = String.raw`(\d{1,3}|[一二三四五六七八九十]{1,3})`;
const BUILDING = new RegExp(String.raw`${DIGITS}\s*(?:号?楼|栋|幢|座|#)(?!上|下|的人|的老人)`, "u");
const GROUP = new RegExp(String.raw`${DIGITS}\s*(?:组|队|社)(?!长|员|区)`, "u");
const ESTATE = /(\p{Script=Han}{2,6}?(?:小区|家园|花园|嘉园|新村|公寓|华庭|名苑|雅苑))/u;
const ROAD = /(\p{Script=Han}{2,4}?(?:路|街|大道|巷))(?!灯|过|人|口)/u;
const SCHOOL = /([^\P{Script=Han}到去在的]{2,6}?(?:小学|中学|幼儿园))/u;
/** Words for any road: they name none. */
const ANY_ROAD =
  /(?:马|公|道|修|走|铁|网|条|半|小|大|上|让|带|迷|线|段|门口|绕|铺|堵|占|这|那|的|过|生产|田间|水泥|柏油|机耕|电|思|出|陆|沿)(?:路|街|巷)$|[一两二]条/u;
/** Small words that stand before a name and are no part of it. */
const BEFORE_NAME =
  /^(?:我们?|咱们?|俺们?|你们|他们|家?住在?|这里|这边|那边|想问|请问|关于|就是|家在|在|是|到|去|把|和|整个|坐的|孩子|娃娃?|昨天|今天|早上|晚上|从|给|又|也|连)+/u;
/** Names are the same where so many of their last signs are: whatever stands before a name is no part of it. */
const SAME_END = 4;

/** The names that lists give to a whole grid or more: they name no spot within it. */
const NAMES_GRID = /(?:村|屯|庄|组|队|社|镇|乡|街道|社区|网格|县|市)$/u;

/**
 * The spots that a text names.
 *
 * @param names of places in the county's lists that may stand in it; an estate is also found without
 */
export function spotsIn(text: string, names: readonly string[] = []): Spots {
  const said = normalise(text);
  const listed = names.map((name) => normalise(name)).find((name) => !NAMES_GRID.test(name) && said.includes(name));
  const estate = listed ?? named(ESTATE, said);
  const building = counted(BUILDING, said);
  const group = counted(GROUP, said);
  const road = said
    .split(/[，,。；;！!？?\s]/u)
    .map((clause) => named(ROAD, clause))
    .find((name) => name !== null && !ANY_ROAD.test(name));
  const school = named(SCHOOL, said);
  return {
    ...(estate !== null && { estate }),
    ...(building !== null && { building }),
    ...(group !== null && { group }),
    ...(road != null && { road }),
    ...(school !== null && { school }),
  };
}

function named(pattern: RegExp, said: string): string | null {
  const found = pattern.exec(said);
  const name = found?.slice(1).find((part) => part !== undefined);
  if (name === undefined) return null;
  const bare = name.replace(BEFORE_NAME, "");
  return bare.length >= 3 ? bare : name;
}

function counted(pattern: RegExp, said: string): number | null {
  const digits = pattern.exec(said)?.[1];
  return digits === undefined ? null : numeral(digits);
}

/** Whether two names may be of one place. */
function isSameName(one: string, other: string): boolean {
  if (one.endsWith(other) || other.endsWith(one)) return true;
  return one.slice(-SAME_END) === other.slice(-SAME_END) && one.length >= SAME_END;
}

/** Whether both name a spot of this kind, and not the same one. */
function differ(one: string | number | undefined, other: string | number | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return typeof one === "string" && typeof other === "string" ? !isSameName(one, other) : one !== other;
}

/** Whether two of the same grid may be one place: no spot that both name differs. */
export function mayBeOnePlace(one: Spots, other: Spots): boolean {
  return !(
    differ(one.estate, other.estate) ||
    differ(one.building, other.building) ||
    differ(one.group, other.group) ||
    differ(one.road, other.road) ||
    differ(one.school, other.school)
  );
}
