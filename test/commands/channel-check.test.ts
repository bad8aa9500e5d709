import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platforms } from "../../src/channels/registry.ts";
import { startDingtalk } from "../../src/demo/platforms/dingtalk.ts";
import type { SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { startFeishu } from "../../src/demo/platforms/feishu.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
import { startWechaty } from "../../src/demo/platforms/wechaty.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let db: TestDatabase;
let platform: SimulatedPlatform;
let shell: CommandLine;
const ADDRESS = "https://liaison.example/webhooks/telegram/bot";

beforeAll(async () => {
  db = await testDatabase();
  platform = await startTelegram({ now: () => new Date(), toSatellites: (x, y) => [x, y] });
  shell = await commandLine(db.url, { TELEGRAM_API_BASE: platform.url, PUBLIC_URL: "https://liaison.example" });
  const options = await platform.openAccount("bot", ADDRESS);
  const given = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const add = ["channel", "add", "telegram", "--account", "bot", "--secrets-from", "-", "--county", "east"];
  const added = await shell.given(given.join("\n"), ...add);
  expect(added).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await shell.close();
  await platform.close();
  await db.close();
});

const check = (...more: string[]) => shell.liaison("channel", "check", ...more, "--county", "east");

describe("liaison channel check", () => {
  it("tries token and address, and writes to nobody who was not named", async () => {
    const before = platform.log().length;
    const { status, out } = await check("telegram", "bot");
    expect([status, out]).toEqual([0, "token  fine  given\ncallback  fine  answered\n"]);
    const calls = platform.log().slice(before);
    expect(calls.some(({ path }) => path.includes("sendMessage"))).toBe(false);
  });

  it("sends the named tester one message, and says why another one gets none", async () => {
    const tester = platform.phone("bot", "4711");
    await tester.open(null);
    const sent = await check("telegram", "bot", "--to", "4711");
    expect([sent.status, sent.out]).toEqual([0, expect.stringContaining("message  fine  sent")]);
    expect(tester.lines().at(-1)?.text).toContain("测试消息");
    const unknown = await check("telegram", "bot", "--to", "4712", "--json");
    expect(unknown.status).toBe(1);
    expect(JSON.parse(unknown.out)).toMatchObject({
      address: ADDRESS,
      lines: expect.arrayContaining([expect.objectContaining({ what: "message", verdict: "wrong" })]),
    });
  });

  it("says what is wrong: a token that the platform refuses, an address that it does not know", async () => {
    platform.fail({ path: "/getMe", times: 1, kind: "error", code: 401, says: { description: "Unauthorized" } });
    const refused = await check("telegram", "bot");
    expect([refused.status, refused.out]).toEqual([1, expect.stringContaining("token  wrong  401")]);
    const moved = await commandLine(db.url, { TELEGRAM_API_BASE: platform.url, PUBLIC_URL: "https://other.example" });
    const other = await moved.liaison("channel", "check", "telegram", "bot", "--county", "east");
    expect([other.status, other.out]).toEqual([1, expect.stringContaining("callback  wrong  other-address")]);
    await moved.close();
  });

  it.each([
    ["feishu", "FEISHU_API_BASE", startFeishu, "/open-apis/auth", "token  fine  given", "callback"],
    [
      "dingtalk",
      "DINGTALK_API_BASE",
      startDingtalk,
      "/v1.0/oauth2",
      "token  fine  given",
      "callback  unknown  own-connection",
    ],
    ["wechaty", "WECHATY_API_BASE", startWechaty, null, "token  unknown  not-tried", "callback"],
  ] as const)(
    "tries what it can of %s, and says what it could not",
    async (type, base, start, path, token, callback) => {
      const other = await start({ now: () => new Date() });
      const line = await commandLine(db.url, { [base]: other.url });
      try {
        const given = Object.entries(await other.openAccount("bot", "http://127.0.0.1:9/")).map(
          ([name, value]) => `${name}=${value}`,
        );
        const add = ["channel", "add", type, "--account", "bot", "--secrets-from", "-", "--county", "east"];
        expect(await line.given(given.join("\n"), ...add)).toMatchObject({ status: 0 });
        const tried = await line.liaison("channel", "check", type, "bot", "--county", "east");
        expect(tried.out.split("\n")).toEqual([token, expect.stringContaining(callback), ""]);
        if (path === null) return;
        other.fail({ path, times: 1, kind: "http-500" });
        const down = await line.liaison("channel", "check", type, "bot", "--county", "east");
        expect(down.out).toContain("token  unknown  no-answer");
      } finally {
        await line.close();
        await other.close();
      }
    },
  );

  it("knows every platform of the registry, and no account that is not there", async () => {
    for (const { type } of platforms) {
      const ended = await check(type, "nobody");
      expect(ended).toMatchObject({ status: 1, err: expect.stringContaining(`no ${type} account nobody`) });
    }
    expect((await check("pigeon", "bot")).status).toBe(2);
  });
});
