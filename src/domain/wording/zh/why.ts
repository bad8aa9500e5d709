import { type Decision, type TargetFacts, type Way, wayOf } from "../../routing/route.ts";
import { isPassedOn, isTaken, type Tellable, tellable } from "../../routing/tellable.ts";
import type { RuleTarget } from "../../rules/ruleset.ts";
import type { Holder } from "../who-answers.ts";

const PLACE_BY: Readonly<Record<Decision["facts"]["placeBy"], (evidence: string) => string>> = {
  scene: () => "看的是您扫的二维码",
  position: () => "看的是您发的位置",
  name: (evidence) => (evidence === "" ? "看的是您说的地名" : `看的是您说的“${evidence}”`),
  home: () => "您没有说地方，用的是您以前的地方",
  answer: (evidence) => (evidence === "" ? "看的是您的回答" : `看的是您的回答“${evidence}”`),
  office: () => `地点由工作人员定`,
  none: () => "还不知道在哪里",
};

/** Why somebody was passed over, as others may know it. */
const PASSED_OVER: Readonly<Record<Tellable["passedOver"][number]["why"], string>> = {
  away: "请假",
  "term-ended": "任期已满",
  returned: "已退回",
};

/** The Chinese explanation of a decision: its rule and its facts; of other deputies only what everybody may know. */
export function zhWhy(number: string, decision: Decision, holder: Holder): string {
  const { facts } = decision;
  const way = wayOf(decision);
  const end = "地方不对，请回“换地方”。";
  if (way === "sealed" || facts.sealed) {
    return `编号${number}：按规定，这类事不经过代表，由县人大代表工作机构直接办。`;
  }
  const told = tellable(decision);
  const inGrid = told.gridDeputies.map((name) => `${name}代表`);
  const passed = told.passedOver.map((one) => `${one.deputy}代表（${PASSED_OVER[one.why]}）`);
  const place = facts.grid === null ? "" : `，是${facts.grid.township}的“${facts.grid.name}”网格`;
  return [
    `编号${number}：${PLACE_BY[facts.placeBy](facts.placeEvidence)}${place}。`,
    ...(facts.target == null ? [] : [countyRule(facts.target, decision)]),
    ...(way === "target" && facts.target != null ? [] : [LADDER]),
    ...(inGrid.length === 0 ? [] : [`这个网格的代表：${inGrid.join("、")}。`]),
    ...(passed.length === 0 ? [] : [`没有轮到：${passed.join("、")}。`]),
    result(way, decision, holder),
    end,
  ].join("\n");
}

const LADDER =
  "规则：先找管这个网格的代表，没有就找联络站的代表，再没有由县人大代表工作机构分派；级别近的先，手头事少的先。";

/** The county's own rule in its words, and whom it names. */
function countyRule({ ruleset, version, reason, target, name }: TargetFacts, { rule }: Decision): string {
  const why = reason === null ? "没有专门的规则" : `规则“${reason}”（${rule}）`;
  return `本县规则第${version}版《${ruleset}》：${why}，${whom(target, name)}。`;
}

function whom(target: RuleTarget, name: string | null): string {
  switch (target.kind) {
    case "grid":
      return "按地方找代表";
    case "station":
      return name === null ? "找本地联络站的代表" : `找${name}的代表`;
    case "deputy":
      return "由指定的代表负责";
    case "group":
      return `找“${name ?? target.code}”小组的代表`;
    case "unit":
      return `由县人大代表工作机构交${name ?? target.code}办理`;
    case "office":
      return "由县人大代表工作机构办理";
  }
}

function result(way: Way, decision: Decision, holder: Holder): string {
  const name = holder === null ? null : `${holder.deputy}代表`;
  if (name === null) return "所以由县人大代表工作机构分派。";
  switch (way) {
    case "scanned-deputy":
      return `您扫的是代表本人的码，所以由${name}负责。`;
    case "by-hand":
      if (isTaken(decision)) return `那里在两地交界，两边的代表都通知了，${name}先答复，所以由${name}负责。`;
      return isPassedOn(decision) ? `原来负责的代表请${name}来办。` : `县人大代表工作机构看过以后改由${name}负责。`;
    case "stand-in":
      return `原来负责的代表不在，所以由接替的${name}负责。`;
    case "border":
      return `那里在两地交界，有危险，两边的代表都通知了，先由${name}负责。`;
    case "station":
      return `所以由${decision.facts.station?.name ?? "联络站"}的${name}负责。`;
    default:
      return `所以由${name}负责。`;
  }
}
