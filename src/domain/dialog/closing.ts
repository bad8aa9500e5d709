import type { CaseOutcome } from "../case/case.ts";

/** Words by which a deputy says that the matter is not solved; the first that fits decides. */
const OUTCOMES: readonly { readonly pattern: RegExp; readonly outcome: CaseOutcome }[] = [
  { pattern: /联系不上|联系不到|打不通|无人接听|cannot reach/i, outcome: "no_contact" },
  { pattern: /重复(反映|诉求|件)|已并入|duplicate/i, outcome: "duplicate" },
  { pattern: /不属于.{0,12}(范围|职责|职权|管辖)|不归.{0,6}管|诉讼|信访渠道|not in scope/i, outcome: "not_in_scope" },
  {
    pattern:
      /无法(解决|办理|处理|满足)|不能(解决|办理|处理|满足)|办不了|解决不了|暂(时)?(无法|不能|不具备)|不符合|不予|已(作|做)?(了)?(解释|说明)|cannot be (done|solved)|explained/i,
    outcome: "explained",
  },
  {
    pattern:
      /^(?:还|仍|仍然|目前|暂时|一直|根本)?(?:没有?(?:能)?|未(?:能)?|不能)(?:修好|修成|解决|办成|办好|处理好|弄好|完工|完成)|(?:修|办|弄|装|通|治)不(?:了|好|成)/u,
    outcome: "explained",
  },
  {
    pattern:
      /^(?!.*(?:好了|修好|弄好|办好|装好|换好|补好|完成|完了|完毕|到位|解决了|已(?:经)?(?:解决|修|换|装|清|通|整改)))(?:.*(?:转给|转交|移交|上报|报给|交给|反映给).{0,15}|.*(?:正在|等(?:他们?|待|物业|单位|通知|安排)|将(?:会|于)?|尽快|下(?:周|个?月)).{0,8}(?:处理|办理|解决|安排|协调|维修|修|研究).*)$/su,
    outcome: "explained",
  },
];

/**
 * The outcome that a deputy's closing words claim.
 *
 * `solved` is only the deputy's claim; the resident's verdict is kept apart from it (reference: three-level closure).
 */
export function outcomeOf(result: string): CaseOutcome {
  return OUTCOMES.find(({ pattern }) => pattern.test(result))?.outcome ?? "solved";
}
