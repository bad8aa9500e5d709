import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { startTelegram } from "../../src/demo/platforms/telegram.ts";
import { startService } from "../../src/process/service.ts";
import { SECRET } from "../database.ts";
import { type CommandLine, commandLine, commandLineWithDatabase } from "./liaison.ts";

let shell: Awaited<ReturnType<typeof commandLineWithDatabase>>;
beforeAll(async () => {
  shell = await commandLineWithDatabase();
});
afterAll(() => shell.close());

const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const add = (name: string, ...more: readonly string[]): ReturnType<CommandLine["liaison"]> => {
  const secrets = ["--app-id", "wx0000000000000001", "--app-secret", "0123456789abcdef", "--token", "t0ken"];
  return shell.liaison("channel", "add", "wechat-official", "--account", name, ...secrets, ...more, "--county", "east");
};
const address = (name: string) => expect.stringMatching(new RegExp(`/webhooks/wechat-official/${name}\n$`));

describe("an account in plain mode", () => {
  it("is added with a warning that says what to choose instead; in safe mode there is none", async () => {
    expect(await add("clear")).toEqual({
      status: 0,
      out: address("clear"),
      err: expect.stringMatching(/^The account clear: .*plain mode.*safe mode \(安全模式\).*--aes-key\.\n$/),
    });
    expect(await add("sealed", "--aes-key", AES_KEY)).toEqual({ status: 0, out: address("sealed"), err: "" });
  });

  it.each([
    ["start", ["clear"]],
    ["work", []],
  ] as const)("is named in the log by a process that may receive for it (%s)", async (role, named) => {
    let logged = "";
    const write = (line: string) => {
      logged += line;
    };
    const log = pino({ level: "warn" }, { write });
    const variables = { DATABASE_URL: shell.db.url, LIAISON_SECRET: SECRET.toString("base64"), PORT: "0" };
    const read = readConfig(variables, shell.folder);
    if (!read.ok) throw new Error(read.problems.join(" "));
    const service = await startService(read.config, { role, log, say: () => undefined });
    await service.close();
    const lines = logged.split("\n").filter((line) => line.includes("an account is set up weakly"));
    expect(lines.map((line) => JSON.parse(line).account)).toEqual(named);
    for (const line of lines) expect(JSON.parse(line).weakness).toContain("安全模式");
  });
});

describe("an account of a platform that is told its address", () => {
  it("is told when it is added; where the platform is away the account is there, and the command says what is left to do", async () => {
    const platform = await startTelegram();
    const given = await platform.openAccount("bot", "http://127.0.0.1:9/");
    const secrets = Object.entries(given).map(([name, value]) => `${name}=${value}`);
    const variables = { TELEGRAM_API_BASE: platform.url, PUBLIC_URL: "https://liaison.example" };
    const line = await commandLine(shell.db.url, variables);
    const addBot = () =>
      line.given(
        secrets.join("\n"),
        "channel",
        "add",
        "telegram",
        "--account",
        "bot",
        "--secrets-from",
        "-",
        "--county",
        "east",
      );
    try {
      expect(await addBot()).toEqual({ status: 0, out: "https://liaison.example/webhooks/telegram/bot\n", err: "" });
      expect(platform.log().at(-1)).toMatchObject({
        path: "/setWebhook",
        request: { url: "https://liaison.example/webhooks/telegram/bot", secret_token: given["secret-token"] },
      });
      await platform.close();
      const away = await addBot();
      expect(away).toMatchObject({
        status: 1,
        err: expect.stringMatching(/could not be told the address: not connected/),
      });
      expect(away.err).not.toContain(given["bot-token"]);
    } finally {
      await line.close();
    }
  });

  it("has its options in the help, under its name", async () => {
    const { out } = await shell.liaison("channel", "add", "--help");
    expect(out).toMatch(/Options of wechat-official:[\s\S]*--app-id[\s\S]*Options of telegram:[\s\S]*--bot-token-file/);
    expect(out.split("--token-file").length).toBe(2);
  });
});
