const WHOLE = /(?<![\d-])(?:P-)?20\d{2}-\d{6}(?!\d)/g;
/** As our sentences name a case: in brackets, with 第 before it, or at their beginning. */
const NAMED = [/【(\d{1,6})】/g, /第(\d{1,6})号/g, /^\s*(\d{1,6})号(?![楼院栋幢])/g, /^\s*No\. (\d{1,6})\b/g];

/** The number of the one case that quoted words of ours name, as it stands there; null where they name none, or several. */
export function numberQuoted(text: string): string | null {
  const whole = new Set(text.match(WHOLE) ?? []);
  const short = new Set(NAMED.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, number]) => number ?? [])));
  const [number, another] = whole.size > 0 ? whole : short;
  return number === undefined || another !== undefined ? null : number;
}
