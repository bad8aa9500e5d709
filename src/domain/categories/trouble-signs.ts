import { normalise } from "../text/words.ts";
import type { TroubleSign } from "./trouble-sign.ts";
import { TROUBLE_SIGNS } from "./trouble-sign-list.ts";

/** That a trouble is over, said in the past and of what came back; not "when does it come back", "not back yet". */
const IS_OVER =
  /(?<!没有?|还没有?|不见|未|不|啥时候?|什么时候|何时|几时|咋还不|怎么还不)(?:(?:水|电|气|暖气?|热)(?:来|通|有|恢复)了|(?:来|通|有|恢复了?)(?:水|电|气|暖)了|(?:修|弄|疏?通|补|换|装)好了|亮了|恢复(?:了|正常)|(?:拉|清|收|运)(?:走|干净|完)了|好了)(?!吗|没|又|[一二两三]天又)/u;

/** A question about money or permission, or an opinion on what is to be built: no trouble that others have too. */
const IS_OTHER =
  /(?:费|钱)[^。！？；，,]{0,8}(?:怎么|咋|多少|合[不理]|为啥|为什么|能不能|退|按|收|交)|(?:怎么|咋|如何)(?:交|收|算|办|申请)|想(?:加)?装|加装|能不能[^。！？；]{0,6}(?:装|建|修个|设)|(?:不同意|反对|不让)[^。！？；]{0,12}(?:建|修|设|盖)|(?:要|准备|打算)(?:建|修建|盖)|收费|交(?:了)?(?:多少)?钱/u;

/** The sign of the trouble of which a text tells; null where it tells of none, or of one that is over. */
export function signIn(text: string): TroubleSign | null {
  const said = normalise(text);
  if (IS_OVER.test(said) || IS_OTHER.test(said)) return null;
  return TROUBLE_SIGNS.find(({ pattern }) => pattern.test(said)) ?? null;
}

/** The sign of this code; null where this version knows none. */
export function signOf(code: string | null): TroubleSign | null {
  return TROUBLE_SIGNS.find((one) => one.code === code) ?? null;
}
