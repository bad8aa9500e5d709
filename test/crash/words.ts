const LETTERS = "bcdfghjklmnpqrst";

/** The word by which the text of one deed is found again; see `TOKEN`. */
export function tokenOf(index: number): string {
  let rest = index;
  let word = "";
  for (let place = 0; place < 5; place += 1) {
    word = LETTERS.charAt(rest % LETTERS.length) + word;
    rest = Math.floor(rest / LETTERS.length);
  }
  return `事${word}`;
}

/** A place whose name means one grid, and the deputy whom the rules choose there; null where only the office is. */
export type Spot = {
  readonly name: string;
  readonly deputy: string | null;
  /** Those of the grid on a higher level than that deputy, who may follow; nobody where it is left out. */
  readonly followers?: readonly string[];
};

/** A county of the run: its fixture's code, its places and whom its residents may accuse. */
export type CountyWords = {
  readonly county: string;
  readonly spots: readonly [Spot, ...Spot[]];
  readonly accused: readonly [Accused, ...Accused[]];
  /** The place at which many tell one matter. */
  readonly many: Spot;
  /** The unit that speaks in chat and the case system of another one, to which deputies hand over; none where left out. */
  readonly takers?: { readonly unit: Taker; readonly partner: Taker };
};

/** Whoever takes cases over: by code, and as deputies call it. */
type Taker = { readonly code: string; readonly name: string };

/** A deputy whom residents accuse; the head of the station must not hear of it either. */
export type Accused = { readonly deputy: string; readonly name: string };

/** The fixture counties; some names and codes are the same in both, so that whoever mixes them up is caught. */
export const COUNTIES: readonly [CountyWords, CountyWords] = [
  {
    county: "qinghe",
    spots: [
      { name: "柳东村一组", deputy: "D003" },
      { name: "柳东村二组", deputy: "D001" },
      { name: "柳东小学", deputy: "D001", followers: ["D002", "D008"] },
      { name: "柳西村一组", deputy: "D002" },
      { name: "老汽车站", deputy: "D010", followers: ["D009"] },
      { name: "第二小学", deputy: "D009" },
      { name: "锦绣家园", deputy: "D005", followers: ["D004", "D006"] },
      { name: "东关菜市场", deputy: "D005" },
      { name: "南坡村一组", deputy: null },
    ],
    accused: [
      { deputy: "D001", name: "李秀兰" },
      { deputy: "D009", name: "陈国庆" },
    ],
    many: { name: "柳西村一组", deputy: "D002" },
    takers: { unit: { code: "U01", name: "住房和城乡建设局" }, partner: { code: "grid", name: "网格平台" } },
  },
  {
    county: "baishi",
    spots: [
      { name: "石桥村一组", deputy: "D001", followers: ["D002"] },
      { name: "石桥村二组", deputy: "D006" },
      { name: "锦绣家园", deputy: "D003", followers: ["D004"] },
      { name: "书院路", deputy: "D003" },
      { name: "码头网格", deputy: "D005" },
      { name: "枣林村一组", deputy: "D007" },
    ],
    accused: [
      { deputy: "D001", name: "何秋生" },
      { deputy: "D003", name: "施大海" },
    ],
    many: { name: "枣林村一组", deputy: "D007" },
  },
];

/** What people say, by what they mean with it; nothing that many of one place tell at once, of which a deputy would hear once for all; `{place}` and `{name}` are filled in, the token stands at the end. */
export const PHRASES = {
  ask: [
    "{place}的健身器材松了，转起来晃得厉害",
    "{place}公交站牌的字看不清了，老人坐错车",
    "{place}活动室的椅子坏了大半，老人没地方坐",
    "{place}的乒乓球台裂了，没法用",
  ],
  /** What many of one place tell. */
  many: [
    "{place}停水了，从早上到现在一滴都没有",
    "{place}又没水了，饭都做不成",
    "{place}水龙头放不出水",
    "{place}自来水不来了，老人没水喝",
    "{place}家里没有水用",
  ],
  manyAnswered: ["水管正在抢修，今晚来水", "已经叫了送水车，下午到村口"],
  manyClosed: ["水来了，管子修好了"],
  urgent: ["{place}楼道里全是煤气味，有人头晕"],
  accuse: ["{name}代表收了施工队的红包"],
  followUp: ["到今天也没人来看", "还是没有修好", "今天又坏得更厉害了"],
  reply: ["已经联系养护单位，明天到现场看", "材料到了就动工，请再等两天", "今天去看过了，下周一开工"],
  close: ["已经全部修好，请您看看", "施工结束，路面恢复了"],
  satisfied: ["满意，谢谢代表"],
  unsatisfied: ["不满意，只修了一半"],
} as const satisfies Record<string, readonly [string, ...string[]]>;
