import { describe, expect, it } from "vitest";
import { siteNoteIn } from "../../../src/domain/dialog/staff/grid-words.ts";

const isOwn = (typed: string) => ["12", "2026-000012"].includes(typed);

describe("what a grid worker saw on the spot", () => {
  it.each([
    ["现场 12 灯杆歪了，线露在外面", "12", "灯杆歪了，线露在外面"],
    ["现场12号 井盖裂了", "12", "井盖裂了"],
    ["现场：12，没人修", "12", "没人修"],
    ["現場 12 水還在漏", "12", "水還在漏"],
    ["现场 2026-000012 已经围起来了", "2026-000012", "已经围起来了"],
    ["现场 12", "12", ""],
    ["现场 99", "99", ""],
    ["on site 12: the pole leans", "12", "the pole leans"],
    ["现场 １２ 修好了一半", "12", "修好了一半"],
  ])("%s", (text, number, said) => {
    expect(siteNoteIn(text, isOwn)).toEqual({ number, text: said });
  });

  it.each([
    "现场没人管",
    "现场很乱，请来看看",
    "现场12个人在吵架",
    "现场 12 个人在吵架",
    "现场 12 点开会",
    "现场 12 米长的沟塌了",
    "现场 99 还在冒烟",
    "现场办公什么时候有",
    "现场会上说的事办了没有",
    "现场照片发给你们",
    "现场有两处漏水",
    "现场3号楼门口",
    "我在现场 12 号楼前",
    "去现场看过 12 号了",
    "施工现场 12 点还在响",
    "事故现场 12 辆车",
    "现场的路灯坏了",
    "现场直播",
    "on site12 is broken",
    "on site they work at night",
    "现场",
  ])("%s is a sentence", (text) => {
    expect(siteNoteIn(text, isOwn)).toBeNull();
  });
});
