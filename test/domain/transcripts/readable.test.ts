import { describe, expect, it } from "vitest";
import { createSegment } from "../../../src/casework/rules/segment.ts";
import { READABLE, readable } from "../../../src/domain/transcripts/readable.ts";

const segment = createSegment();
const read = (text: string, beside: { namesPlace?: boolean; hasTopic?: boolean } = {}) =>
  readable(text, { segment, namesPlace: false, hasTopic: false, ...beside });

describe("what a platform wrote down of a voice", () => {
  it.each([
    ["柳东三组路灯坏了六盏", { namesPlace: true, hasTopic: true }],
    ["俺庄西头那个井水发黄不能喝", { hasTopic: true }],
    ["楼上天天半夜放音乐吵得睡不着", { hasTopic: true }],
    ["我家门口的垃圾三天没人收了", { hasTopic: true }],
    ["the street lamp at our gate is broken", {}],
  ])("can be read: %s", (text, beside) => {
    expect(read(text, beside)).toBeGreaterThanOrEqual(READABLE);
  });

  it.each([["恩那嘎哈咧呜啦嘟嗝"], ["嗯"], ["俺庄西头那个井"], ["搁那旮沓嘞咯咧恁弄啥咧嘛"], ["喂喂喂"], [""], ["……"]])(
    "cannot be read surely: %s",
    (text) => {
      expect(read(text)).toBeLessThan(READABLE);
    },
  );
});
