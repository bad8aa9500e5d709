import { afterAll, beforeAll, expect, it } from "vitest";
import { type CommandLine, commandLine, commandLineWithDatabase } from "./liaison.ts";

let shell: Awaited<ReturnType<typeof commandLineWithDatabase>>;
beforeAll(async () => {
  shell = await commandLineWithDatabase();
});
afterAll(() => shell.close());

const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const add = (county: string, type: string, name: string, ...options: readonly string[]) =>
  shell.liaison("channel", "add", type, "--account", name, ...options, "--county", county);
const wechat = (name: string, county: string, ...more: readonly string[]) => {
  const secrets = ["--app-secret", "never-leave-the-house", "--token", "t0ken", "--aes-key", AES_KEY];
  return add(county, "wechat-official", name, "--app-id", "wx0000000000000001", ...secrets, ...more);
};

it("edge accounts prints what is needed to receive, of accounts that have a webhook, and nothing with which one could send", async () => {
  for (const added of [
    await wechat("direct", "east"),
    await wechat("passive", "west", "--replies", "passive"),
    await add("east", "web", "page"),
  ]) {
    expect(added.status).toBe(0);
  }
  const { status, out, err } = await shell.liaison("edge", "accounts");
  const part = { settings: { "app-id": "wx0000000000000001" }, secrets: { token: "t0ken", "aes-key": AES_KEY } };
  expect([status, err]).toEqual([0, ""]);
  expect(JSON.parse(out)).toEqual({
    "wechat-official/direct": part,
    "wechat-official/passive": { ...part, answersOnly: true },
  });
  expect(JSON.parse((await shell.liaison("edge", "accounts", "--county", "west")).out)).toEqual({
    "wechat-official/passive": { ...part, answersOnly: true },
  });
});

it("says so when one secret of Cloudflare cannot hold them", async () => {
  for (let number = 0; number < 40; number++) await wechat(`number-${number}`, "east");
  const all = await shell.liaison("edge", "accounts");
  expect([all.status, all.err]).toEqual([1, expect.stringContaining("--county")]);
  expect(await shell.liaison("edge", "accounts", "--county", "west")).toMatchObject({ status: 0, err: "" });
});

it("asks an edge only where somebody has said which, and says plainly that it does not answer", async () => {
  for (const verb of ["state", "refused", "retry"]) {
    const { status, err } = await shell.liaison("edge", verb);
    expect([status, err]).toEqual([2, expect.stringContaining("EDGE_URL")]);
  }
  const EDGE_URL = "http://127.0.0.1:9";
  const line: CommandLine = await commandLine(shell.db.url, { EDGE_URL, EDGE_SECRET: "x".repeat(40) });
  expect(await line.liaison("edge", "state")).toEqual({
    status: 1,
    out: "",
    err: `The edge at ${EDGE_URL} does not answer.\n`,
  });
  const secrets = ["--app-secret", "0123456789abcdef", "--token", "t0ken", "--aes-key", AES_KEY];
  const args = ["channel", "add", "wechat-official", "--account", "told", "--app-id", "wx0000000000000002", ...secrets];
  expect((await line.liaison(...args, "--county", "east")).out).toBe(`${EDGE_URL}/webhooks/wechat-official/told\n`);
  await line.close();
});
