import { bareWords, hasHan } from "../text/words.ts";

/** Says outright that the place is not known, or points at it without naming it. */
const NO_NAME =
  /不(?:太|大|是很)?(?:知道|清楚|晓得|记得|明白)|说不(?:清|上|好|准)|记不(?:清|得|住)|忘(?:了|记)|(?:这|那)(?:里|儿|边|块|附近|个地方)|老地方|随便|\b(?:don'?t know|do not know|no idea|not sure|forgot|over there|right here)\b/;
/** Goes on telling: since when, how often, what else. */
const GOES_ON = /^(?:又|还|都|已经|一直|天天|经常|昨|今|前天|上周|没|再)|了[啊呀吧呢]?$/;
const SHORT = 10;
const SHORT_ENGLISH = 24;

/**
 * Whether words that name no place may still be the answer to "where?", and not more of the story.
 *
 * Only asked of what comes soon after the question was read: what comes later is taken for its answer anyway.
 */
export function mayAnswerWhere(text: string): boolean {
  const said = bareWords(text);
  if (said === "") return false;
  if (NO_NAME.test(said)) return true;
  if (!hasHan(said)) return said.length <= SHORT_ENGLISH;
  return said.length <= SHORT && !GOES_ON.test(said);
}

/** Whether words choose all of several places: only a person can divide the matter then. */
export function meansAll(text: string): boolean {
  return /^(?:这?[几两三]个|这些|那些)?(?:地方|村|小区)?(?:全部?|都|每[个处]|哪[个处里]都)(?:都|是|有|一样|停|在内|算|的)*[了的啊呀吧]*$|^(?:all|both)(?: of them)?$/.test(
    bareWords(text),
  );
}

/** What people put around a name that is all they want to say. */
const AROUND_A_NAME =
  /[0-9〇零一二三四五六七八九十百]+(?:号楼|号院|号|栋|幢|座|单元|楼|层|室|户|组|队)|我家|东头|西头|南头|北头|我们|俺们|咱们|工地|楼盘|地点|地方|干活|打工|上班|做工|那边|那里|这边|附近|旁边|小区|社区|街道|[是在就的那个家住活干里上了呢啊吧厂乡镇村]|\b(?:we|worked|work|the|site|it|was|is|in|at|on|near)\b|[\s\p{P}]/gu;

/**
 * Whether a text names a place and nothing else: "工地在南大街".
 *
 * @param names of places that stand in it
 */
export function isPlaceAlone(text: string, names: readonly string[]): boolean {
  const rest = names.reduce((said, name) => said.replaceAll(name, " "), bareWords(text));
  return names.length > 0 && rest.replace(AROUND_A_NAME, "") === "";
}
