import { personNames } from "../county/names.ts";
import { type Random, seeded } from "../county/random.ts";
import { ACCUSATIONS, DANGERS, MATTERS, WITHOUT_PLACE } from "./sentences.ts";

/** A thing that somebody does in the life of a case: hours after the one before it. */
export type Step = { readonly afterHours: number } & (
  | { readonly who: "resident"; readonly says: string }
  | { readonly who: "deputy"; readonly says: "reply" | "close" | "return" | "refer" | "deny"; readonly text: string }
  | { readonly who: "office"; readonly does: OfficeDeed; readonly text: string }
);

/** A deed of the office on a case. */
export type OfficeDeed =
  | "answer"
  | "note"
  | "move"
  | "category"
  | "deadline"
  | "explained"
  | "not_in_scope"
  | "duplicate"
  | "withdrawn"
  | "no_contact";

/** The life of one case: who wrote it when, what, about which grid, and what happened then. */
export type Story = {
  /** The same in every run with the same seed: whose story was told is not told again. */
  readonly key: string;
  readonly resident: string;
  readonly hoursAgo: number;
  readonly words: string;
  /** Counts through the grids whose deputies have a chat; null where no place is told. */
  readonly place: number | null;
  readonly steps: readonly Step[];
  /** Whether the platform refuses what is sent to the resident. */
  readonly isUndeliverable: boolean;
};

type Life = {
  readonly weight: number;
  /** Days ago, from and to. */
  readonly days: readonly [number, number];
  readonly steps: readonly Step[];
  readonly from?: "nowhere" | "accusation" | "danger";
  readonly isUndeliverable?: true;
};

const DAY = 24;
const resident = (afterHours: number, says: string): Step => ({ afterHours, who: "resident", says });
const deputy = (afterHours: number, says: "reply" | "close" | "return" | "refer" | "deny", text: string): Step => ({
  ...{ afterHours, who: "deputy" as const, says, text },
});
const office = (afterHours: number, does: OfficeDeed, text = ""): Step => ({ afterHours, who: "office", does, text });

/** The kinds of lives, with how many there are of each among about two hundred. */
const LIVES: readonly Life[] = [
  { weight: 22, days: [0, 3], steps: [] },
  { weight: 12, days: [12, 40], steps: [] },
  { weight: 20, days: [1, 12], steps: [deputy(5, "reply", "已经去看过，正在联系有关部门，三天内给您回话。")] },
  {
    weight: 34,
    days: [6, 90],
    steps: [
      deputy(6, "reply", "收到，我今天下午去现场看看。"),
      deputy(3 * DAY, "close", "已经修好，请您再看看。"),
      resident(5, "满意"),
    ],
  },
  { weight: 16, days: [8, 90], steps: [deputy(30, "close", "问题已经处理完，谢谢您反映。")] },
  {
    weight: 8,
    days: [10, 80],
    steps: [
      deputy(8, "close", "已经处理。"),
      resident(9, "不满意"),
      resident(1, "根本没有修，还是老样子"),
      deputy(20, "reply", "对不起，我再去催一次。"),
    ],
  },
  {
    weight: 6,
    days: [15, 80],
    steps: [
      deputy(8, "close", "已经处理。"),
      resident(9, "不满意"),
      resident(3, "还没有弄好"),
      deputy(2 * DAY, "close", "这次真的修好了，我在现场看着的。"),
      resident(6, "满意"),
    ],
  },
  { weight: 10, days: [3, 50], steps: [deputy(9, "return", "这件事不在我这里，请办公室看看。")] },
  { weight: 8, days: [2, 30], steps: [deputy(9, "return", "不归我管。"), office(20, "move", "离得最近，请您先看看")] },
  { weight: 10, days: [3, 40], steps: [deputy(7, "refer", "请帮着看看")] },
  { weight: 4, days: [2, 20], steps: [deputy(4, "deny", "我不是这一片的代表，办不了")] },
  { weight: 8, days: [5, 60], steps: [office(12, "explained", "按规定要等明年统一办理，具体办法已经在公示栏贴出。")] },
  {
    weight: 6,
    days: [5, 60],
    steps: [office(10, "not_in_scope", "这是法院正在审理的案子，代表不能过问，请您找承办法官。")],
  },
  { weight: 4, days: [5, 60], steps: [office(9, "duplicate")] },
  { weight: 3, days: [5, 60], steps: [office(30, "withdrawn")] },
  {
    weight: 4,
    days: [20, 70],
    steps: [office(8 * DAY, "no_contact", "多次联系您没有联系上，先办结，您随时可以再说。")],
  },
  { weight: 8, days: [1, 15], steps: [office(4, "answer", "您好，已经转给主管部门，周五以前给您答复。")] },
  {
    weight: 6,
    days: [2, 20],
    steps: [office(3, "note", "已打电话，说周三来修"), deputy(20, "reply", "周三来修，您放心。")],
  },
  { weight: 4, days: [2, 9], steps: [office(5, "deadline", "要等材料到货")] },
  { weight: 5, days: [3, 30], steps: [office(6, "category", "道路")] },
  { weight: 4, days: [4, 30], steps: [office(6, "move", "请您帮着跑一趟")] },
  { weight: 5, days: [1, 20], from: "nowhere", steps: [] },
  { weight: 3, days: [2, 20], from: "accusation", steps: [] },
  { weight: 3, days: [0, 12], from: "danger", steps: [deputy(1, "reply", "已经叫燃气公司的人过去，请先离开那里。")] },
  {
    weight: 6,
    days: [3, 20],
    isUndeliverable: true,
    steps: [deputy(6, "reply", "我明天上午去看，请您在家。")],
  },
];

const SEED = 20_261_130;

/** The lives of the practice county's cases of the last months, oldest first; the same for the same seed. */
export function planPast(seed = SEED): readonly Story[] {
  const random = seeded(seed);
  const name = personNames(random);
  const matters = random.shuffled(Object.values(MATTERS).flat());
  let told = 0;
  const nextMatter = (): string => matters[told++ % matters.length] ?? "";
  const stories = LIVES.flatMap((life, kind) =>
    Array.from({ length: life.weight }, (_, index): Story => {
      const hoursAgo = hoursIn(random, life, index);
      return {
        key: `past-${seed}-${kind}-${index}`,
        resident: name(),
        hoursAgo,
        words: wordsOf(life, index, nextMatter),
        place: life.from === "nowhere" || life.from === "accusation" ? null : random.whole(0, 9999),
        steps: life.steps,
        isUndeliverable: life.isUndeliverable === true,
      };
    }),
  );
  return stories.sort((a, b) => b.hoursAgo - a.hoursAgo);
}

/** Long enough ago for all that happened since to be over, and in hours when people are awake. */
function hoursIn(random: Random, { days: [from, to], steps }: Life, index: number): number {
  const needed = steps.reduce((sum, { afterHours }) => sum + afterHours, 0) + 2;
  const drawn = random.whole(from * DAY + 1, to * DAY + 12) + (index % 5);
  return Math.max(drawn, needed + random.whole(0, DAY));
}

function wordsOf({ from }: Life, index: number, nextMatter: () => string): string {
  const some: readonly string[] =
    from === "nowhere" ? WITHOUT_PLACE : from === "accusation" ? ACCUSATIONS : from === "danger" ? DANGERS : [];
  return some[index % Math.max(1, some.length)] ?? nextMatter();
}
