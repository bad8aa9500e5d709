import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SimulatedWechat, startWechat } from "../../src/demo/platforms/wechat.ts";
import { writeFixture } from "../county/county.ts";
import { QINGHE } from "../county/qinghe.ts";
import { type TestDatabase, testDatabase } from "../database.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let db: TestDatabase;
let wechat: SimulatedWechat;
let shell: CommandLine;
beforeAll(async () => {
  db = await testDatabase({ counties: [] });
  wechat = await startWechat({
    accounts: [
      {
        name: "oa",
        appId: "wx0000000000000001",
        appSecret: "0123456789abcdef",
        token: "t0ken",
        aesKey: null,
        webhookUrl: "http://127.0.0.1:9/",
        format: "xml",
        mode: "plain",
        kind: "verified-service",
      },
    ],
  });
  shell = await commandLine(db.url, { WECHAT_API_BASE: wechat.url });
  await writeFixture(QINGHE, join(shell.folder, "county"));
  await shell.liaison("import", "county");
});
afterAll(async () => {
  await shell.close();
  await wechat.close();
  await db.close();
});

describe("liaison qr", () => {
  it("needs an account to make a code for", async () => {
    expect(await shell.liaison("qr", "g:柳东-3", "--out", "x.png")).toEqual({
      status: 1,
      out: "",
      err: "This county has no channel account yet: add one with liaison channel add.\n",
    });
    const options = ["--app-id", "wx0000000000000001", "--app-secret", "0123456789abcdef", "--token", "t0ken"];
    await shell.liaison("channel", "add", "wechat-official", "--account", "oa", ...options);
  });

  it.each([
    ["g:柳东-3", "grid.png", Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ["s:ST01", "station.svg", Buffer.from("<svg")],
    ["d:D001", "deputy.PDF", Buffer.from("%PDF-")],
    ["i:ABCD2345", "invite.png", Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ])("writes %s into %s and prints the file", async (scene, name, start) => {
    const file = join(shell.folder, name);
    expect(await shell.liaison("qr", scene, "--out", name)).toEqual({ status: 0, out: `${file}\n`, err: "" });
    expect((await readFile(file)).subarray(0, start.length)).toEqual(start);
  });

  it("draws the code of the page for residents without WeChat, where a county has one", async () => {
    const asked = ["qr", "g:柳东-3", "--channel", "web", "--out", "page.svg"] as const;
    expect(await shell.liaison(...asked)).toMatchObject({ status: 1, err: expect.stringContaining("no web account") });
    const wrong = await shell.liaison("channel", "add", "web", "--account", "page", "--phone", "call us");
    expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining("--phone") });
    const added = await shell.liaison("channel", "add", "web", "--account", "page", "--phone", "0536-1234567");
    expect(added).toEqual({ status: 0, out: expect.stringMatching(/\/w\/page\n$/), err: "" });
    expect(await shell.liaison(...asked)).toMatchObject({ status: 0 });
    expect((await readFile(join(shell.folder, "page.svg"))).subarray(0, 4)).toEqual(Buffer.from("<svg"));
  });

  it("takes an invite's code from standard input, however it is written there", async () => {
    const ended = await shell.given("abcd-2345\r\n", "qr", "i:-", "--out", "given.svg");
    expect(ended).toEqual({ status: 0, out: `${join(shell.folder, "given.svg")}\n`, err: "" });
    expect(await shell.given("", "qr", "i:-", "--out", "none.svg")).toMatchObject({ status: 1, out: "" });
  });

  it.each([
    ["another kind of picture", "g:柳东-3", "x.jpg", 2, "--out must end in .png, .svg or .pdf."],
    ["no kind", "g:柳东-3", "x", 2, "--out must end in .png, .svg or .pdf."],
    [
      "a grid that is not there",
      "g:G404",
      "x.png",
      1,
      "There is no g:G404 in this county: a scene is g:GRID, s:STATION, d:DEPUTY, i:INVITE or t:TOPIC, which is open.",
    ],
    [
      "a station's code as a grid",
      "g:ST01",
      "x.png",
      1,
      "There is no g:ST01 in this county: a scene is g:GRID, s:STATION, d:DEPUTY, i:INVITE or t:TOPIC, which is open.",
    ],
    [
      "another letter",
      "x:1",
      "x.png",
      1,
      "There is no x:1 in this county: a scene is g:GRID, s:STATION, d:DEPUTY, i:INVITE or t:TOPIC, which is open.",
    ],
    [
      "no code",
      "g:",
      "x.png",
      1,
      "There is no g: in this county: a scene is g:GRID, s:STATION, d:DEPUTY, i:INVITE or t:TOPIC, which is open.",
    ],
  ])("refuses %s and writes nothing", async (_what, scene, name, status, sentence) => {
    const before = await readdir(shell.folder);
    expect(await shell.liaison("qr", scene, "--out", name)).toEqual({ status, out: "", err: `${sentence}\n` });
    expect(await readdir(shell.folder)).toEqual(before);
  });

  it("says plainly that the file cannot be written, or that the platform gives no code", async () => {
    const missing = join(shell.folder, "gone", "x.png");
    expect(await shell.liaison("qr", "s:ST01", "--out", missing)).toEqual({
      status: 1,
      out: "",
      err: `${missing} cannot be written (ENOENT): give another file with --out.\n`,
    });
    wechat.fail({ path: "/cgi-bin/qrcode/create", times: 9, kind: "errcode", errcode: 48001 });
    const refused = await shell.liaison("qr", "s:ST01", "--out", "x.png");
    expect(refused).toMatchObject({
      status: 1,
      out: "",
      err: expect.stringMatching(/^The platform gives no code for s:ST01: .*48001.*\n$/),
    });
  });
});
