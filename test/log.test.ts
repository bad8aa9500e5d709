import { expect, test } from "vitest";
import { createLog } from "../src/log.ts";

function logged(level: Parameters<typeof createLog>[0], fields: object): string {
  let line = "";
  const log = createLog(level, {
    write(text) {
      line += text;
    },
  });
  log.info(fields, "said");
  return line;
}

test("what bears the name of something personal is not written, even where somebody tries", () => {
  const line = logged("info", {
    openid: "o_zhang",
    text: "张三丰",
    row: { peer: "o_zhang", phone: "13800000000", channel: "wechat-official" },
    headers: { authorization: "Bearer liaison_x" },
    room: "-100123",
    request: { url: "https://platform.example/bot12:secret/send", handle: "h_77", ticket: "t_88" },
    channel: "wechat-official",
  });
  expect(line).not.toMatch(/o_zhang|张三丰|138|Bearer|100123|bot12|h_77|t_88/);
  expect(JSON.parse(line)).toMatchObject({
    channel: "wechat-official",
    row: { channel: "wechat-official" },
    msg: "said",
  });
  expect(line.trim().split("\n")).toHaveLength(1);
});

test("what is below the level is not written", () => {
  expect(logged("warn", {})).toBe("");
});
