import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platforms } from "../../src/channels/registry.ts";
import type { SimulatedPlatform } from "../../src/demo/platforms/face/platform.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
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

  it("knows every platform of the registry, and no account that is not there", async () => {
    for (const { type } of platforms) {
      const ended = await check(type, "nobody");
      expect(ended).toMatchObject({ status: 1, err: expect.stringContaining(`no ${type} account nobody`) });
    }
    expect((await check("pigeon", "bot")).status).toBe(2);
  });
});
