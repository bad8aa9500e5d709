const MOBILE = /(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)/g;
/** Right before a number: whose it is, and that it is a way to reach them. Somebody else who rings the writer up is none. */
const HOW_TO_REACH = [
  /(?<!联系|打给|打|骚扰)(?:我|本人)(?:的|家里?的?|自己的?|这边的?)?(?:联系)?(?:电话|手机|号码)/,
  /(?<![他她们方子人员])(?:联系|聯繫|打给|打)我?(?:的?(?:方式|电话|手机|号码)|(?<=我))/,
  /\bmy (?:phone|mobile|number|cell)\b/i,
  /\b(?:reach|call|contact|ring|text) me\b/i,
];
const BETWEEN = /^[^，,。.；;！!？?\n\d]{0,8}$/;

/**
 * The mobile number by which somebody says that they are reached, in what they wrote, the newest first.
 *
 * Whoever complains of a caller writes that one's number: only a number that stands as their own counts, and none where two do.
 * @returns null where no number is surely theirs
 */
export function ownNumberIn(texts: readonly string[]): string | null {
  const own = texts.flatMap((text) =>
    [...text.normalize("NFKC").matchAll(MOBILE)].flatMap(({ index, input, 1: a, 2: b, 3: c }) =>
      saysOwn(input.slice(0, index)) ? [`${a}${b}${c}`] : [],
    ),
  );
  return new Set(own).size === 1 ? (own[0] ?? null) : null;
}

function saysOwn(before: string): boolean {
  return HOW_TO_REACH.some((how) => {
    const last = [...before.matchAll(new RegExp(how, `${how.flags}g`))].at(-1);
    return last !== undefined && BETWEEN.test(before.slice(last.index + last[0].length));
  });
}
