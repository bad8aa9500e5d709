import { describe, expect, it } from "vitest";
import { platforms } from "../../src/channels/registry.ts";
import { labelOf } from "../../src/console/accounts/option-words.ts";
import { en } from "../../src/console/words/en.ts";
import { zhCN } from "../../src/console/words/zh-CN.ts";

const OPTIONS = platforms.flatMap(({ type, options }) => options.map((option) => [type, option.name, option] as const));
/** What a label would be that nobody wrote: the channel's own English, or the bare name. */
const NOBODY_WROTE = "nobody wrote it";

describe.each([
  ["Chinese", zhCN],
  ["English", en],
] as const)("the form of an account in %s", (_language, words) => {
  it.each(OPTIONS)("has a word for %s --%s and each of its choices", (type, name, option) => {
    expect(labelOf(words, type, { name, meaning: NOBODY_WROTE })).not.toBe(NOBODY_WROTE);
    const choices: Readonly<Record<string, string>> = words.accounts.choices;
    expect((option.choices ?? []).filter((one) => choices[`${name}/${one}`] === undefined)).toEqual([]);
  });

  it("has no word for what no platform asks", () => {
    const asked = new Set(OPTIONS.flatMap(([type, name]) => [name, `${type}/${name}`]));
    const shown = new Set(["bot-id", "pace"]);
    expect(Object.keys(words.accounts.fields).filter((one) => !asked.has(one) && !shown.has(one))).toEqual([]);
  });
});

// The form shows the first choice as chosen, and sends it with an account of which nobody chose anything.
it.each([
  ["wechat-official", "kind", "official-account"],
  ["wechat-official", "replies", "direct"],
  ["feishu", "region", "feishu"],
  ["dingtalk", "mode", "stream"],
])("%s --%s is first what it is when left out", (type, name, first) => {
  const option = platforms.find((one) => one.type === type)?.options.find((one) => one.name === name);
  expect(option?.choices?.[0]).toBe(first);
});
