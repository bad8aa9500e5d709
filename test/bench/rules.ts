import { randomInt } from "node:crypto";
import { compileRuleset } from "../../src/domain/rules/compile.ts";
import { type RuleFacts, ruleText } from "../../src/domain/rules/condition.ts";
import { readRuleset } from "../../src/domain/rules/ruleset.ts";
import type { Environment } from "./environment.ts";
import { type Effort, inPairs, type Line, pairedLine } from "./measure.ts";
import { ruleFile } from "./rule-file.ts";

const FEW = 10;
const MANY = 10_000;

/** What asking 10,000 rules costs per message, over asking 10; both as an office writes them, on the same messages. */
export async function rulesBenchmark(_ground: Environment, { short }: Effort): Promise<Line[]> {
  const many = compiled(short ? 1_000 : MANY);
  const few = compiled(FEW);
  const messages = Array.from({ length: short ? 500 : 20_000 }, (_, index) => messageAt(index + randomInt(1_000_000)));
  const time = async (rules: ReturnType<typeof compiled>): Promise<number> => {
    const begin = performance.now();
    let hits = 0;
    for (const message of messages) if (rules.firstMatch(message, "2026-11-24") !== null) hits += 1;
    if (hits > messages.length) throw new Error("more hits than messages");
    return ((performance.now() - begin) / messages.length) * 1000;
  };
  await time(many);
  await time(few);
  const pairs = await inPairs(
    short ? 1 : 9,
    () => time(many),
    () => time(few),
  );
  return [pairedLine("rules, 10,000 ÷ 10, a message", pairs, { unit: "µs", digits: 2, target: { atMost: 2 } })];
}

function compiled(count: number) {
  const read = readRuleset(ruleFile(count));
  if (!read.ok) throw new Error(read.findings[0]?.text);
  return compileRuleset(read.ruleset);
}

function messageAt(index: number): RuleFacts {
  return {
    text: ruleText(
      `锦绣${index % 997}号院旁边的路灯坏了好几天，晚上老人看不见路，请尽快派人来修一修，第${index}次说了`,
    ),
    category: index % 3 === 0 ? "roads" : null,
    channel: "wechat-official",
    language: "zh-CN",
    hour: index % 24,
    weekday: 1 + (index % 7),
    hasPhoto: index % 5 === 0,
    grid: { code: `G${index % 1690}`, township: `乡镇${index % 16}`, community: `社区${index % 120}`, station: null },
    resident: { openCases: index % 3 },
  };
}
