import { describe, expect, it } from "vitest";
import { agreementOn, type Label } from "../../../src/domain/understanding/local/agreement.ts";
import { meantIn } from "../../../src/domain/understanding/meant-words.ts";

const label = (person: string, act: Label["act"], ...marks: string[]): Label => ({
  person,
  act,
  marks,
  isMaskRight: true,
});

describe("what people say of a message", () => {
  it("counts from two different people on, who say the same", () => {
    expect(agreementOn([])).toEqual({ state: "none" });
    expect(agreementOn([label("何", "thanks")])).toEqual({ state: "one" });
    expect(agreementOn([label("何", "thanks"), label("何", "thanks")])).toEqual({ state: "one" });
    expect(agreementOn([label("何", "thanks"), label("邵", "thanks")])).toEqual({
      state: "agreed",
      act: "thanks",
      marks: [],
    });
  });

  it("does not count where they differ in the act or in one mark, until a third agrees with one of them", () => {
    const differ = [label("何", "matter", "minor"), label("邵", "matter")];
    expect(agreementOn(differ)).toEqual({ state: "differ" });
    expect(agreementOn([label("何", "thanks"), label("邵", "matter")])).toEqual({ state: "differ" });
    expect(agreementOn([...differ, label("骆", "matter", "minor")])).toMatchObject({
      state: "agreed",
      marks: ["minor"],
    });
    expect(agreementOn([...differ, label("骆", "matter", "minor"), label("滕", "matter")])).toEqual({
      state: "differ",
    });
  });

  it("takes the last word of each, and marks in any order", () => {
    const said = [
      label("何", "thanks"),
      label("邵", "adds", "minor", "anonymity"),
      label("何", "adds", "anonymity", "minor"),
    ];
    expect(agreementOn(said)).toEqual({ state: "agreed", act: "adds", marks: ["anonymity", "minor"] });
  });

  it("counts for nothing while anybody finds something private in it", () => {
    const two = [label("何", "thanks"), label("邵", "thanks")];
    expect(agreementOn([...two, { ...label("骆", "thanks"), isMaskRight: false }])).toEqual({ state: "mask-wrong" });
  });
});

describe("the reason with which a deputy returns a case", () => {
  it.each([
    ["这是感谢，不是诉求", "thanks"],
    ["是广告", "spam"],
    ["不是我的片,其实只是问进度", "status"],
    ["这条是推销", "spam"],
    ["属于咨询", "inquiry"],
    ["他是接着上次的事说", "adds"],
  ])("%s says what the words were", (reason, act) => expect(meantIn(reason)).toBe(act));

  it.each([
    "不是我的选区",
    "这是柳西村的事",
    "感谢,但这不归我管",
    "不是感谢",
    "是建设局的事",
    "",
    "广告牌掉下来砸了车,归城管",
    "这不是广告",
    "是广告牌掉下来了,归城管",
  ])("%s says nothing of it", (reason) => expect(meantIn(reason)).toBeNull());
});
