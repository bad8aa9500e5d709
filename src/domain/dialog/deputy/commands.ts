/** The commands of a deputy about one case, by their words. */
export const SPEAKING = {
  回复: "reply",
  回覆: "reply",
  答复: "reply",
  reply: "reply",
  answer: "reply",
  办结: "close",
  结案: "close",
  close: "close",
  转办: "refer",
  转交: "refer",
  转给: "refer",
  移交: "refer",
  refer: "refer",
  退回: "return",
  退件: "return",
  return: "return",
  更正: "correct",
  correct: "correct",
  重开: "reopen",
  重新打开: "reopen",
  reopen: "reopen",
  拆分: "split",
  分出: "split",
  split: "split",
  备注: "note",
  備註: "note",
  note: "note",
  走访: "visit",
  走訪: "visit",
  visit: "visit",
  接收: "accept",
  accept: "accept",
  协办: "assist",
  協辦: "assist",
  assist: "assist",
  网页: "page",
  網頁: "page",
  page: "page",
} as const;

/** A word with which a command of a deputy about one case begins. */
export type SpeakingWord = keyof typeof SPEAKING;

/** A command of a deputy about one case that takes words with it. */
export type SpokenCommand = (typeof SPEAKING)[SpeakingWord];

/** A deputy's command about a case. */
export type AboutCase = "show" | SpokenCommand;

/** The words with which such commands begin. */
export const SPEAKING_WORDS = Object.keys(SPEAKING) as SpeakingWord[];

/** Without a number "接收" and "网页" are commands alone or before a mark: "接收器坏了", "网页打不开" are sentences. */
const ALONE_OR_MARKED = /^(?!(?:了|吧|一下)?[\s\p{P}]*$|[\s\p{P}])/u;

/** "协办单位是哪家", "协办了两次". */
const HELPERS_OF_OTHERS =
  /^(?:了|过|過|的|人|单位|單位|部门|部門|员|員|方|函|单|單|是|吗|呢|得|不|完|率|时|后|前|案|会议|活动|没有?$)/;

/** The commands that say something without a word behind them. */
const WORDLESS = ["reopen", "accept", "page"] as const;

/** Whether a command says something without a word behind it. */
export function isWordless(command: SpokenCommand): command is (typeof WORDLESS)[number] {
  return WORDLESS.some((one) => one === command);
}

/** Whether what a deputy means is a command about one case. */
export function isSpoken(kind: string): kind is SpokenCommand {
  return (Object.values(SPEAKING) as readonly string[]).includes(kind);
}

/**
 * The patterns of what follows a command word directly and makes it part of a sentence: "回复一下我就行", "办结率", "退回去", "回复了没".
 * After a blank or punctuation the word is always a command.
 */
export const PART_OF_A_SENTENCE: Readonly<Record<SpeakingWord, RegExp>> = {
  回复: /^(?:一下|一声|我(?=一下|就|吧|的|呢|$)|了|过|的|不[了到上]|是(?=什么|谁)|得|完|吗|呢|率|时|后|前|他们|什么|谁|哪|速度|太|信息|晚|慢|错|居民[了过]?[。！!]?$|没有?$)/,
  回覆: /^(?:一下|我(?=一下|就|吧|的|呢|$)|了|过|的|不[了到上]|得|完|吗|呢|率|错)/,
  答复: /^(?:一下|我|了|过|的|不|是|得|完|吗|呢|率|时|后|前|函|意见|什么|错|居民[了过]?[。！!]?$)/,
  办结: /^(?:了|过|的|不|得|完|吗|呢|率|时|后|前|是|件|单|证明|情况|期限|错|没有?$)/,
  结案: /^(?:了|过|的|不|得|完|吗|呢|率|时|后|前|陈|是|错|没有?$)/,
  转办: /^(?:了|过|的|不|得|完|吗|呢|率|时|后|前|件|单|是|错|没有?$)/,
  转交: /^(?:了|过|的|不|得|完|吗|呢|时|后|前|是|错|没有?$)/,
  转给: /^(?:了|过|的|不|吗|呢|我|他|她|它|你|您|居民|大家|谁|哪)|[了过的][\s\p{P}]*$|[了过][,，。;；]/u,
  移交: /^(?:了|过|的|不|得|完|吗|呢|时|后|前|是|清单|手续)|[了过的][\s\p{P}]*$/u,
  退回: /^(?:去|来|了|过|的|不|得|到|吗|呢|率|时|后|前|是|错|没有?$)/,
  退件: /^(?:了|过|的|不|吗|呢|率|时|后|前|是)/,
  更正: /^(?:一下|了|过|的|不|得|完|吗|呢|时|后|前|通知|启事|错误)/,
  重开: /^(?!\s*$|[\s\p{P}])/u,
  重新打开: /^(?!\s*$|[\s\p{P}])/u,
  拆分: /^(?:了|过|的|不|得|完|吗|呢|时|后|前|成|户|组)/,
  分出: /^(?:了|过|的|不|得|完|吗|呢|去|来|一|两|个)/,
  split: /^(?:[a-z]|\s+(?:up|into|the|between|from)\b)/i,
  备注: /^(?:了|过|的|栏|里|是|写|名|信息|没有?$)/,
  備註: /^(?:了|过|的|栏|里|是|写|名|信息|没有?$)/,
  走访: /^(?:了|过|的|是|时|中|后|前|慰问|调研|活动|完|吗|呢|组|队|居民|群众|入户|没有?$)/,
  走訪: /^(?:了|过|的|是|时|中|后|前|慰問|調研|活動|完|吗|呢|組|隊|居民|群眾|入戶|没有?$)/,
  接收: ALONE_OR_MARKED,
  accept: /^(?:[a-z]|\s+(?!no\b|case\b|number\b)[a-z])/i,
  协办: HELPERS_OF_OTHERS,
  協辦: HELPERS_OF_OTHERS,
  assist: /^(?:[a-z]|\s+(?:me|us|the|in|with|at|on)\b)/i,
  note: /^(?:[a-z]|\s+(?:that|the|on|to|from)\b)/i,
  visit: /^(?:[a-z]|\s+(?:to|the|by|from|us|me)\b)/i,
  网页: ALONE_OR_MARKED,
  網頁: ALONE_OR_MARKED,
  page: /^(?:[a-z]|\s+(?!no\b|case\b|number\b)[a-z])/i,
  reply: /^(?:[a-z]|\s+(?:to me|me|from|when|if)\b)/i,
  answer: /^(?:[a-z]|\s+(?:me|is|was|to)\b)/i,
  close: /^(?:[a-z]|\s+(?:to|the|by|at)\b)/i,
  refer: /^(?:[a-z]|\s+to\b)/i,
  return: /^(?:[a-z]|\s+(?:to|home|the)\b)/i,
  correct: /^(?:[a-z]|[\s\p{P}]*$|[.,!]|\s+(?:me|it|that|the)\b)/iu,
  reopen: /^(?:[a-z]|\s+(?:the|on|at|in)\b)/i,
};
