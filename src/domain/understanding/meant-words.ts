import type { Act } from "./meaning.ts";

/** How a deputy who returns a case says what a resident's words were instead. */
const SAYS =
  /(?:[这那](?:条|个|些|句话|段话)?|他|她|人家|对方|内容|其实|只|就|都|原来|应该|完全)*(?:是|属于|算是)(?:来|在|一条|一个|个|条)?/;
const ACTS_SAID: readonly (readonly [RegExp, Act])[] = [
  [/^(?:表示)?(?:感谢|道谢|表扬|致谢)/, "thanks"],
  [/^(?:发的?)?(?:广告(?![牌位布])|推销|垃圾(?:信息|短信|广告)|诈骗(?:信息|短信))/, "spam"],
  [/^(?:问|查|打听|询问)(?:一下)?(?:办理)?进度/, "status"],
  [/^(?:催办|催促|催)/, "urge"],
  [/^(?:打招呼|问好|问候)/, "greeting"],
  [/^(?:要|想)?(?:撤回|撤销|不用办)/, "withdraw"],
  [/^(?:接着|继续|补充)(?:说)?(?:上次|之前|前面|原来|那件|\d+号)/, "adds"],
  [/^(?:咨询|问政策|政策咨询)/, "inquiry"],
  [/^(?:提)?建议/, "suggestion"],
];

/**
 * The act that a resident's words were, as the reason says with which a deputy returns their case (“这是感谢，不是诉求”); null where it
 * says something else, as most reasons do.
 */
export function meantIn(reason: string): Act | null {
  for (const clause of reason.split(/[，,。;；\s]+/)) {
    const said = clause.match(SAYS);
    if (said === null || said.index !== 0) continue;
    const rest = clause.slice(said[0].length);
    const found = ACTS_SAID.find(([pattern]) => pattern.test(rest));
    if (found !== undefined) return found[1];
  }
  return null;
}
