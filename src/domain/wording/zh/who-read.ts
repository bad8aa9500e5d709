import type { LookAtMine, LooksAtMine, ReadingReason } from "../../access/reading-reasons.ts";
import type { Role } from "../../access/roles.ts";
import { zhDay } from "../days.ts";

const ROLE: Readonly<Record<Role, string>> = {
  office: "县人大代表工作机构",
  station: "代表联络站",
  reviewer: "规则复核人员",
  auditor: "审计人员",
  operator: "系统维护人员",
};

const REASON: Readonly<Record<ReadingReason, string>> = {
  "answer-the-resident": "为了答复您",
  "identify-the-place": "为了弄清地点",
  "matter-for-another-authority": "为了转给别的机关",
  "request-of-the-resident": "按您的要求",
  inspection: "检查工作",
};

const WHAT: Readonly<Record<LookAtMine["what"], string>> = { original: "没有遮盖的原话", phone: "您的电话号码" };

/** Tells a resident in Chinese who looked at their words. The last sentence is everybody's, so that it tells nothing of any case. */
export function zhWhoRead({ latest, earlier }: LooksAtMine): string {
  return [
    ...(latest.length === 0 ? ["谁看过您没有遮盖的原话：没有要在这里告诉您的。"] : ["谁看过您没有遮盖的内容："]),
    ...latest.map(
      ({ number, what, on, role, reason }) =>
        `${zhDay(on)}，${ROLE[role]}看了编号${number}里${WHAT[what]}${reason === null ? "" : `，${REASON[reason]}`}。`,
    ),
    ...(earlier === 0 ? [] : [`更早还有${earlier}次。`]),
    `需要保密的事，谁看过不在聊天里说，可到${ROLE.office}查。`,
  ].join("\n");
}
