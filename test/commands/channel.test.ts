import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { startService } from "../../src/process/service.ts";
import { SECRET } from "../database.ts";
import { type CommandLine, commandLineWithDatabase } from "./liaison.ts";

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
