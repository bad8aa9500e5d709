import { type Referral, type ReferralTarget, referralIn } from "../referral.ts";

/** The meaning of a deputy's words after "协办": who shall help, or shall not any more; `meant` is empty where all are meant. */
export type Assisting = Referral & { readonly isEnd: boolean };

const END =
  /^[\s\p{P}]*(?:取消|撤销|撤回|停止|结束|不用再?(?:协办|帮忙|帮)?|不再(?:协办)?|stop|cancel|end)(?:协办|了|吧)*(?=$|[\s\p{P}]|[a-z]\d|.{2,4}代表)/iu;
const END_BEHIND =
  /[\s\p{P}]*(?:不用再?(?:协办|帮忙|帮)?|不再协办|取消|撤销|停止|结束|stop|cancel)(?:协办|了|吧)*[\s\p{P}]*$/iu;

/**
 * The deputies who shall help with a case, or shall not any more: "D002，一起去看看", "王建国代表", "取消", "取消 D002", "D002 不用了".
 *
 * @param words as the deputy wrote them, without the case's number
 * @param deputies whom they may mean
 */
export function assistingIn(words: string, deputies: readonly ReferralTarget[]): Assisting {
  const [before] = END.exec(words) ?? [];
  const rest = before === undefined ? words : words.slice(before.length);
  if (before !== undefined && rest.replace(/[\s\p{P}]/gu, "") === "") {
    return { meant: [], typed: "", reason: "", isEnd: true };
  }
  const found = referralIn(rest, deputies);
  if (before !== undefined) return { ...found, isEnd: true };
  const isEnd = found.meant.length > 0 && found.reason !== "" && found.reason.replace(END_BEHIND, "") === "";
  return { ...found, isEnd };
}
