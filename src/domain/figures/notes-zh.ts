import type { NoteWords } from "./figure.ts";

const DAYS = "天数按工作日数：法定节假日不算，调休上班算；当天为 0 天。";
const NOT_SEALED = "封存件不算在内。";

/** The method of every figure in Chinese. */
export const NOTES_ZH: NoteWords = {
  everywhere: "只数这段时间里来信、并且您看得到的案件；按来信那天算在哪一段。",
  groups: {
    cases: {
      name: "案件",
      question: "来了多少件，现在怎么样？",
      leavesOut: NOT_SEALED,
      source: "案件现在的状态和结果。重开的按现在的状态算。",
    },
    "first-word": {
      name: "第一次回话用了多久",
      question: "交到人手里以后，居民多久听到第一句人的回话？",
      leavesOut: `系统自动回的不算；等居民说清地点的时间不算，另外列出。${DAYS}`,
      source:
        "案件记录：交办的时间，代表或办公室第一次答复、转单位或办结的时间；电话打通了居民本人的，从打通时算。打给一起反映的人的电话不算，早先没有记下打给谁的电话也不算。",
    },
    solution: {
      name: "办好用了多久",
      question: "交到人手里以后，多久按“说已解决”办结？",
      leavesOut: `没有按“说已解决”办结的不算；等居民说清地点的时间不算。${DAYS}`,
      source: "案件记录：交办的时间和办结的时间；重开过的按最后一次办结。",
    },
    waiting: {
      name: "等居民说清地点",
      question: "要居民补充地点的案件，等了多久？",
      leavesOut: `不用追问的、还在等的不算。${DAYS}`,
      source: "案件记录：来信的时间和交办的时间。",
    },
    "three-claims": {
      name: "三方各怎么说",
      question: "单位、代表、居民各自怎么说？",
      leavesOut: "三方的数互相独立，不能相加。没有按“说已解决”办结过的不算。",
      source: "案件记录：每次办结是凭谁的话，居民后来的评价和重开。",
    },
    reopened: {
      name: "重开",
      question: "办结过的案件里，有多少又重开了？",
      leavesOut: "一次也没有办结的不算。",
      source: "案件记录里的重开。",
    },
    topics: {
      name: "很多人说的同一件事",
      question: "有多少案件和别人说的是同一件事，合在一起办？",
      leavesOut: "封存的、有危险的案件不归进主题。后来拿出去的不算。",
      source: "案件记录：最后一次归进主题或者拿出去。",
    },
    refusals: {
      name: "不属受理范围",
      question: "不属受理范围的，是谁答复的？",
      leavesOut: "后来重开的不算。为什么不属受理范围，没有记录，不能分开数。",
      source: "案件记录：最后一次办结的结果和办结的人。",
    },
    "answered-at-once": {
      name: "当即答复",
      question: "有多少是系统按答复库或接待日表当即答复的？",
      leavesOut: "一次也没有办结的不算。",
      source: "案件记录：办结时写明的答复编号，和居民后来的“不是”。",
    },
    routing: {
      name: "怎么找到办的人",
      question: "案件是怎么找到办的人的，后来改过没有？",
      leavesOut: "还没有交给人的不算。",
      source: "每件最后一次分办的决定。",
    },
    delivery: {
      name: "答复送到没有",
      question: "人的第一次答复，多久送到居民那里？",
      leavesOut: "还没有人答复的不算。平台说收下了才算送到；居民看没看，不知道。",
      source: "发出的消息和平台的回执；补发送到的也算。",
    },
    ratings: {
      name: "居民评价",
      question: "办结以后，居民怎么评价？",
      leavesOut: "一次也没有办结的不算。没有评价的不猜。",
      source: "居民最后一次评价：4、5 分是满意，1、2 分是不满意。",
    },
  },
  figures: {
    received: ["收到", "来信的案件"],
    open: ["还没办结", "现在还没有办结的案件"],
    "closed-solved": ["按“说已解决”办结", "现在办结、结果是已解决的；这是办结的人说的"],
    "closed-explained": ["按“已说明情况”办结", "现在办结、结果是已说明情况的"],
    "closed-not-in-scope": ["按“不属受理范围”办结", "现在办结、结果是不属受理范围的"],
    "closed-duplicate": ["按“重复来信”办结", "现在办结、结果是重复来信的"],
    "closed-withdrawn": ["居民撤回", "现在办结、结果是居民撤回的"],
    "closed-no-contact": ["联系不上居民", "现在办结、结果是联系不上居民的"],
    "first-word-none": ["还没有人回话", "没有办结、也还没有人回过话的"],
    "unit-said-done": ["单位说办好了", "单位报告办完了，或者凭单位的话办结过的"],
    "deputy-checked": ["代表核实过", "代表去看过、看过照片或者打电话问过，说好了的"],
    "resident-confirmed": ["居民认可", "办结后居民说好了或者满意，或者凭居民的话办结的"],
    "resident-silent": [
      "居民没有回音",
      "现在按“说已解决”办结、过了确认期限（按本县时限规则；办结时没有设期限的，满 14 天）居民没有评价的",
    ],
    disagreement: ["说法不一", "按“说已解决”办结以后，居民说没有解决的；后来再办好了也算"],
    "deputy-closed": ["代表自己报办结", "代表自己在聊天里按“说已解决”办结、没有说去看过或者问过的"],
    reopened: ["重开过", "办结以后又重开的"],
    "told-by-many": ["归进主题的", "和别人说的是同一件事，合在一起办的"],
    "refused-by-service": ["系统当场答复", "系统当场说明不属受理范围的"],
    "refused-by-deputy": ["代表答复", "代表按不属受理范围办结的"],
    "refused-by-office": ["办公室答复", "办公室按不属受理范围办结的"],
    "answered-at-once": ["当即答复的", "系统按答复库或接待日表当即答复、没有惊动代表的"],
    "answered-at-once-refused": ["居民说“不是”的", "当即答复以后，居民说不是、转给人办的"],
    "routed-by-rule": ["按规则", "按县里规则指定的人"],
    "routed-by-place": ["按地点", "按网格、站或者交界处找到的人"],
    "routed-by-code": ["扫代表的码", "居民扫了代表的码"],
    "routed-to-stand-in": ["由代理人接", "原来的代表请假或者离任，由代理人接的"],
    "routed-by-hand": ["手工转", "最后由办公室手工转的"],
    "routed-to-office": ["留在办公室", "没有代表可找，留在县办公室的"],
    "corrected-later": ["后来改过", "代表退回过，或者办公室改过地点、转过的"],
    "reached-in-an-hour": ["1 小时内送到", "答复写下后 1 小时内平台收下的"],
    "reached-in-two-days": ["48 小时内送到", "1 小时以后、48 小时内平台收下的"],
    "reached-later": ["更晚送到", "48 小时以后才收下的，多半是居民再次来信时"],
    "reached-not-yet": ["还没有送到", "平台到现在没有收下，或者结果不明的"],
    satisfied: ["满意", "最后一次评价满意的"],
    unsatisfied: ["不满意", "最后一次评价不满意的"],
    sealed: ["封存件", "来信的封存件，只有件数；别的数里都没有它们"],
  },
  step: (least, most) => {
    const days = most === null ? `超过 ${least - 1} 个工作日` : `${least}～${most} 个工作日`;
    return [days, `用了${days}的`];
  },
  median: ["一半在几天之内", "从快到慢排，排在正中间的那件用的工作日（中位数）"],
  nineOfTen: ["十件有九件在几天之内", "从快到慢排，排在十分之九处的那件用的工作日"],
};
