import { type Folded, hide, type Span, withDigits } from "./folded.ts";

/**
 * A place in a building or a house in a street, with Chinese numerals as digits; what is named `hidden` leads to the door.
 *
 * The building and its entrance stay: they are needed to find what is broken.
 */
const N = "(?:[0-9]{1,5}|[0-9]百0?[0-9]?十?[0-9]?|[0-9]?十[0-9]?)";
const ROOM = "[A-Za-z]?(?:[0-9]{3,4}|[0-9]百0?[0-9]?十?[0-9]?)[A-Za-z]?";
const GAP = "[ ,，、.·/_#-]{0,2}";
/** Households that are counted, and no door. */
const HOUSEHOLDS = "户(?=人|没|都|居|全|停|断|漏|共|的|村|家)";
const SUFFIX = `(?:室|号|房|號|(?!${HOUSEHOLDS})户)?`;
/** After a number these make it an amount, a day, a line, or people who are counted. */
const COUNTED = `米|元|块|人|天|年|月|路|个|家|名|位|度|吨|斤|公|万|千|多|余|平|部|台|辆|盏|棵|只|次|分|秒|小时|点|%|岁|${HOUSEHOLDS}`;
const BUILDING = "楼|栋|幢|座|樓|棟|单元|單元|门洞|门栋|梯|号院";
const ESTATE =
  "家园|花园|小区|公寓|苑|庄园|新村|新城|华府|广场|嘉园|雅园|家属院|大院|宿舍|(?<![家村这那哪屋楼院县镇城乡厂校店心手夜群月])里|坊|府|郡|社区";
const STREET =
  "村|庄|屯|寨|组|队|社|营|堡|沟|坪|路|街|巷|弄|胡同|大道|支弄|段|岗|岭|坡|冲|垸|圩|浜|厝|埭|湾|塘|桥头|河沿|旗|嘎查|条";
/** What a number with 号 names besides a house. */
const NO_HOUSE =
  "楼|樓|栋|棟|幢|座|院(?!子)|门(?!口|前|外|牌|对|脸|卫)|井|线|線|桥|变|杆|塔|泵|机|電|电|梯|路|公|车|站|灯|坑|坝|库|厂|矿|池|渠|闸|地|田|棚|桌|窗|厅|馆|出口|入口|台|柱|箱|锅|仓|桩|标|段|沟|洞|坡|湖|河|岛|垃圾|摊|商|宿舍|单元|网格|片|文|令|公告|诊|病|考|教|球|场|区|組|组|人";
/** A number of 31 at most with 号 may be a day of the month: these say that it is. */
const DAY = `(?<=(?<![0-9十])(?:[0-9]|[12][0-9]|3[01]|十[0-9]?|[23]十[0-9]?)号)(?:起|开始|到现在|到今|至今|那天|当天|这天|上午|下午|晚上?|早上|清早|凌晨|中午|半夜|以后|之后|以前|之前|左右|就|才|停的|停了|通知|开会|交)|(?<=(?:村|区|园|苑|庄|府|我家)(?:[0-9]|[12][0-9]|3[01]|十[0-9]?|[23]十[0-9]?)号)(?:停|断|来|要|开|下|没)`;
const SIDE = "[东西南北中左右東][边侧首手面]?";
const HOUSE_BEFORE = `(?:(?:${STREET}|${ESTATE})(?:第|的)?[ ,，、]?|门牌(?:号码?)?[是为:： ]{0,3}|(?:住在?|我家是?|家在|家是|户口在)[是为:： ]{0,3})(?:附|甲|乙|丙|丁|临|特|新|旧|老)?`;
const HOUSE_TAIL = `(?:(?:附|之)${N}|[ -]?${ROOM}(?:室|户|房)|-?${ROOM}(?![0-9]|${COUNTED}))?`;
const STREET_NAME =
  "(?:[A-Z][A-Za-z']{0,20} ){1,3}(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Alley|Drive|Close|Way|Boulevard)\\b";

const DASHED: readonly string[] = [
  // 3-1-501, 3.1.501, 3号楼-1单元-501.
  `(?<![0-9A-Za-z./-])(?![48]00-)[0-9]{1,3}(?:号楼?|[#栋幢座])?[-/.·_#] ?(?:[0-9]{1,3}(?:单元|[-/.·_#]){1,2} ?){1,2}(?<hidden>${ROOM})${SUFFIX}(?![0-9-]|${COUNTED})`,
  // 3#1-501, 3栋1/501, 3号1-501, 3#501.
  `(?<![0-9A-Za-z])[0-9]{1,3}(?:[#栋幢座]楼?|号楼?) ?(?:[0-9]{1,2}(?:单元|[-/.·_#]) ?){1,2}(?<hidden>${ROOM})${SUFFIX}(?![0-9-]|${COUNTED})`,
  `(?<![0-9A-Za-z])[0-9]{1,3}#楼? ?(?<hidden>${ROOM})${SUFFIX}(?![0-9-]|${COUNTED})`,
];
const IN_BUILDING: readonly string[] = [
  // A room behind a building or an entrance, with or without a floor.
  `(?:${BUILDING})${GAP}(?<hidden>(?:${N}[楼层層]${GAP})?${ROOM})${SUFFIX}(?![0-9]|${COUNTED})`,
  `(?:${BUILDING})${GAP}(?<hidden>(?:${N}[楼层層]${GAP})?[A-Za-z]?${N})(?:室|房(?!间)|(?!${HOUSEHOLDS})户)`,
  `(?:单元|單元|门洞)${GAP}(?<hidden>${N})(?:号(?!楼)|[楼层層](?!道|楼道|梯|到|至|以|都|全|的[灯电走楼]|灯|消防|电梯|走廊|平台))`,
  `[0-9十][楼层層]${GAP}(?<hidden>${N})(?:室|号|(?!${HOUSEHOLDS})户)`,
];
const AT_SIDE: readonly string[] = [
  // The side of the stairs: 5楼东户, 西户, 三楼西边那家.
  `(?<hidden>${N}[楼层層]${GAP}${SIDE})(?:户(?!村|县|籍|口|外)|门(?!禁|口|卫|窗|前)|那[家户]|(?=[，,。；;!！?？\\s]|$))`,
  `(?<=[楼层層元门梯，,、 ]|^)(?<hidden>${SIDE})户(?!村|县|籍|口|外|户|都|没|人)`,
];
const IN_ESTATE: readonly string[] = [
  // Behind the name of an estate, or where somebody lives.
  `(?:${ESTATE}) ?[A-Za-z]?[0-9]{1,3}[-/.·_#](?<hidden>${ROOM})${SUFFIX}(?![0-9-]|${COUNTED})`,
  `(?:住在?|我家是?|家在|家是)[^，。,.;；\\n0-9]{0,12}[0-9]{1,3}[-/·_#](?<hidden>${ROOM})(?![0-9-]|${COUNTED})`,
];
const ROOMS: readonly string[] = [
  `(?<![0-9十百])(?<hidden>${ROOM})(?:室|房(?!间|子|产|屋|租|价|顶|东|贷|改|款))(?!友)`,
];
const HOUSES: readonly string[] = [
  // A house in a village or a street, with what may hang on its number.
  `${HOUSE_BEFORE}(?<hidden>${N}(?:[-/之]${N}){0,2}(?:号|號)${HOUSE_TAIL})(?!${NO_HOUSE}|[0-9](?![0-9]*(?:号楼|单元|栋|幢|座|#|-))|${DAY})`,
  `(?<![0-9A-Za-z月年第])(?:附|甲|乙|丙|丁)(?<hidden>${N})(?:号|號)(?!${NO_HOUSE})`,
  `(?:门牌(?:号码?)?|房号|室号|房间号)[是为:： ]{0,3}(?<hidden>[A-Za-z]?${N}(?:[-/]${N}){0,3})`,
];
const ENGLISH: readonly string[] = [
  `\\b(?:[Nn]o\\.? ?)?(?<hidden>[0-9]{1,5}[A-Za-z]?),? (?=${STREET_NAME})`,
  `\\b(?:[Rr]oom|[Ff]lat|[Aa]pt\\.?|[Aa]partment|[Ss]uite|[Hh]ouse|[Dd]oor|RM|Rm\\.?)(?: number)?[ #:.]{1,3}(?:[Nn]o\\.? ?)?(?<hidden>[A-Za-z]?[0-9]{1,5}[A-Za-z]?)(?![0-9])`,
  `\\b(?:[Uu]nit|[Bb]uilding|[Bb]lock)[ #]{1,2}[A-Za-z0-9]{1,3}(?:,? ?[-,/] ?)(?<hidden>[0-9]{3,4}[A-Za-z]?)(?![0-9])`,
  "\\blive[sd]? (?:at|in) (?:[Nn]o\\.? ?)?(?<hidden>[0-9]{1,5}[A-Za-z]?)(?![0-9])",
];
/** The patterns, each row with what all of it cannot be without. */
const PATTERNS = (
  [
    [/[0-9号楼#栋幢座][-/.·_#]|#|[号栋幢座]楼? ?[0-9]/, DASHED],
    [/[楼栋幢座樓棟單层層梯]|单元|门洞|门栋|号院/, IN_BUILDING],
    [/[楼层層户]/, AT_SIDE],
    [/[0-9][-/.·_#]/, IN_ESTATE],
    [/[室房]/, ROOMS],
    [/[号號]|门牌|室号|房号/, HOUSES],
    [/[A-Z]|live/, ENGLISH],
  ] as const
).map(([needs, patterns]) => ({ needs, patterns: patterns.map((pattern) => new RegExp(pattern, "dgu")) }));

/** Hides houses and rooms; villages, streets, buildings and entrances stay. */
export function maskAddresses(folded: Folded): string {
  const searched = withDigits(folded.seen);
  if (!/[0-9十百户]/.test(searched)) return folded.text;
  const spans = PATTERNS.filter(({ needs }) => needs.test(searched)).flatMap(({ patterns }) =>
    patterns.flatMap((pattern) => [...spansOf(searched, pattern)]),
  );
  return spans.length === 0 ? folded.text : hide(folded, spans);
}

function* spansOf(searched: string, pattern: RegExp): Generator<Span> {
  for (const match of searched.matchAll(pattern)) {
    const [from, to] = match.indices?.groups?.hidden ?? [0, 0];
    const hidden = searched.slice(from, to);
    if (hidden !== "" && !hidden.includes("*")) yield { from, to: from + hidden.replace(/[号號]$/, "").length };
  }
}
