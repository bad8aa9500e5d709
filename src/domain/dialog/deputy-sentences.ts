import { afterWord, fromFirstWord, normalise, withoutEdges } from "../text/words.ts";
import { type AbsenceSpan, absenceSpan, standInNamed } from "./absence.ts";

/** The signs of which the days of an absence are made: "三天", "下周一到周五", "12月10日至12日", "明天起". */
const DAYS = String.raw`[\d一二两三四五六七八九十半个几这本下大今明后天日号月周星期礼拜年底初末起到至从自~—、,和的全整请\s-]*`;
const WISH = "(?:要|得|想|准备|打算|需要|可能|会|申请|决定|先)*";
const AWAY =
  "(?:请(?:个)?(?:年|病|事|产|婚|丧|探亲|陪产|护理)?假|休(?:个|一下)?(?:年|病|产|婚|陪产)?假|(?:年|病|事|产|婚|丧|陪产|探亲)假|出差|外出|住院|度假|探亲)";
const ERRAND =
  "(?:(?:去|到|在|回)[\\p{Script=Han}]{1,6}?)?(?:开会|学习|培训|考察|看病|做手术|办事|照顾[\\p{Script=Han}]{1,4}|不在(?:家|岗|村里|镇上|县里|本地)?)";
const SUBJECT = "(?:(?:我|本人|俺)(?:这[几两]?[天边周]|因[病事公])?)";
const STANDS_IN = "(?:[,。;\\s]*(?:由|请|让|叫|托|委托)[^,。;!?]{2,24}(?:代|替|顶|接)[^,。;!?]{0,3})?";
const END = "(?:了|吧|哈|啊|呢|哦|,?(?:谢谢|麻烦了|特此(?:请假|报告|告知)|请知悉|请批准))*";

/** One's own leave needs no subject; an errand could be anybody's. */
const LEAVES = [
  new RegExp(
    `^${SUBJECT}?${WISH}(${DAYS})${WISH}(?:(?:去|到|回)[\\p{Script=Han}]{1,6}?)?${AWAY}(${DAYS})${STANDS_IN}${END}$`,
    "u",
  ),
  new RegExp(`^${SUBJECT}?${WISH}(${DAYS})(?:请|休)(${DAYS})(?:年|病|事|产|婚)?假(${DAYS})${STANDS_IN}${END}$`, "u"),
  new RegExp(`^${SUBJECT}${WISH}(${DAYS})${WISH}${ERRAND}(${DAYS})${STANDS_IN}${END}$`, "u"),
  /^(?:i am|i'm|i will be|i'll be|i am going|i'm going) (?:away|on leave|on holiday|on vacation|travelling|out of office)(?: for| from)?( ?[^.!?]{0,60})$/u,
  /^(?:i am|i'm) taking ([^.!?]{1,40}) off$/u,
];

/** A day before the word of leaving is that day: "周五请假"; behind it, "请假 周五", it is the last. */
const ONE_DAY = /^(?!.*[到至起从自~—-])(?!.*\d{1,2}[日号][、,和]).*(?:[周期拜][一二三四五六日天]|[日号])$/u;

/** The absence of which a deputy tells in their own words, with the days as {@link absenceSpan} reads them; null in other words. */
export function absenceInWords(
  text: string,
  today: string,
): { readonly span: AbsenceSpan | null; readonly standIn: string | null } | null {
  const said = withoutEdges(normalise(text));
  if (/[?？]\s*$/.test(text)) return null;
  for (const pattern of LEAVES) {
    const found = pattern.exec(said);
    if (found === null) continue;
    const days = found.slice(1).filter((part) => part !== undefined && part.trim() !== "");
    const span = absenceSpan(days.join(" "), today);
    const [day = "", ...more] = days;
    const isOneDay = more.length === 0 && day === found[1] && ONE_DAY.test(day.trim());
    return {
      span: span !== null && isOneDay ? { from: span.until, until: span.until } : span,
      standIn: standInNamed(said),
    };
  }
  return null;
}

/** Words by which a deputy says that they are back. */
export const IS_BACK =
  /^(?:我|本人|俺)?(?:今天|现在|刚|刚刚|已经?|提前)*(?:销假|(?:出差|休假|休完假|住院|学习|培训|外出|开完?会)?(?:回来|归队|返岗|到岗|上班)|(?:休假|年假|病假|产假|假期|请假|出差)(?:结束|休完|到期|完)|休完假|出院|可以接(?:事|件|新事|新件))(?:了|上班|工作|啦|哈|吧|,|可以派给我|可以给我派[件事]|请?照常派[件事]给我)*$|^(?:i'?m back|i am back|back(?: (?:again|at work|from leave))?|i have returned|i'?m back at work)$/u;

/** Words by which a deputy asks how something is done here. */
export const ASKS_HOW =
  /^(?:请问|那|这个?|我|想问一?下?|问一?下)*(?:该|要|应该)?(?:怎么|如何|咋|怎样|咋样)(?:样)?(?:才能|能|去|来|给居民|给他们|给老百姓)?(?:回复|答复|回话|回|办结|结案|转办|转|退回|退|请假|销假|更正|改|撤回|收回|重开|反映|查看|看|查|操作|使用|用|弄|发|写|填)(?:居民|别人|单位|照片|案件|案子|件|事|的|呢|啊|呀|吗|法|一下)*$|^(?:回复|答复|办结|转办|退回|请假|销假|更正|重开|反映)(?:是|要|该)?(?:怎么|如何|咋)(?:弄|用|写|发|操作|做|搞|回)?(?:的|呢|啊|呀)*$|^(?:我)?(?:不会用?|不会操作|看不懂|不知道怎么(?:用|弄|回|回复|操作))(?:了|啊|呀)*$|^how (?:do|can|should) i (?:reply|answer|close|refer|return|use|correct|reopen|report)\b.{0,20}$/u;

const REPORTING = [
  "反映",
  "反應",
  "我要反映",
  "我想反映",
  "我来反映",
  "我自己反映",
  "我自己要反映",
  "我也反映",
  "report",
] as const;
/** What makes "反映" part of a sentence: "反映的问题", "反映人". */
const TOLD_OF =
  /^(?:的|人|了|过|给|到|说|称|者|率|后|前|情况|问题(?!是)|完|上去|上来|不|强烈|良好|吗|呢|[a-z]|\s+(?:to|on|from|back|of)\b)/i;

/** The matter of their own that a deputy reports by "反映", as written, empty where it is missing; null in other words. */
export function reportIn(text: string): string | null {
  const found = afterWord(text, REPORTING);
  if (found === null || TOLD_OF.test(found.rest)) return null;
  return fromFirstWord(fromFirstWord(found.rest).replace(/^(?:一下|一个事|个事|一件事|件事)/, "")).trim();
}

/** Words by which a deputy says that a case is not theirs. */
export const IS_NOT_MINE =
  /^(?:[这那]件?事?|的?事)?(?:也|根本|都|好像|应该)?(?:不归(?:我|我们)(?:管|办|负责|这边)?|不(?:是|该|应)(?:由|归)?(?:我|我们)(?:们)?(?:的|管|办|负责|这边|网格|片区|辖区|选区|村|镇|社区)|不(?:在|属于?)(?:我|我们)(?:的)?(?:这边|网格|片区|辖区|选区|村|镇|社区|管|职责|范围|负责)|(?:跟|和|与)我(?:们)?(?:没|无)关(?:系)?|(?:is |it's |is it )?not (?:mine|my |in my ))(?!.*[?？吗])/u;

/** Words by which a deputy asks to see a case: what stands behind its number. */
export const ASKS_TO_SEE =
  /^(?:那?件)?(?:是)?(?:看看|看一下|看下|详情|内容|什么(?:事|情况|内容|来着)|啥(?:事|情况)|怎么(?:回复|答复|回|办|办结|转办|退回|弄|处理)|呢|说的(?:是)?(?:什么|啥))(?:的|呢|啊|呀|吗|来着)*$/u;
