import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../database.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

const COMMANDS = [
  "start",
  "serve",
  "work",
  "demo",
  "migrate",
  "import",
  "channel add",
  "channel list",
  "deputy invite",
  "cases",
  "case",
  "qr",
  "rules publish",
  "rules draft",
  "rules submit",
  "rules review",
  "rules take-back",
  "rules list",
  "rules show",
  "stuck",
  "county add",
  "county set",
  "county show",
  "rules check",
  "coverage",
];
const WITHOUT_COUNTY = ["start", "serve", "work", "demo", "migrate", "county add"];
const ACCOUNT = ["--account", "oa", "--app-id", "wx0", "--app-secret", "s3cret", "--token", "t0ken"];

let db: TestDatabase;
let shell: CommandLine;
beforeAll(async () => {
  db = await testDatabase({ counties: [] });
  shell = await commandLine(db.url, { PUBLIC_URL: "https://l.example" });
});
afterAll(async () => {
  await shell.close();
  await db.close();
});

describe("liaison", () => {
  it.each(COMMANDS)("%s explains itself on stdout with status 0", async (command) => {
    const { status, out, err } = await shell.liaison(...command.split(" "), "--help");
    expect([status, err]).toEqual([0, ""]);
    expect(out).toMatch(new RegExp(`^Usage: liaison ${command}\\b`));
    expect(out.includes("--county")).toBe(!WITHOUT_COUNTY.includes(command));
  });

  it("names every command in its own help", async () => {
    const { out } = await shell.liaison("--help");
    for (const command of COMMANDS) expect(out).toContain(`\n  ${command.split(" ")[0]}`);
  });

  it("says what exists when nothing is asked of it, and of a group of commands", async () => {
    for (const args of [[], ["channel"], ["deputy"], ["county"], ["rules"]]) {
      const { status, out, err } = await shell.liaison(...args);
      expect([status, out]).toEqual([2, ""]);
      expect(err).toContain("Usage: liaison");
    }
  });

  it("gives an empty database the county default, which is meant where it is the only one", async () => {
    expect(await shell.liaison("cases", "--json")).toEqual({ status: 0, out: "[]\n", err: "" });
    expect(await shell.liaison("cases", "--json", "--county", "default")).toEqual({ status: 0, out: "[]\n", err: "" });
    expect(await shell.liaison("stuck", "--json")).toEqual({ status: 0, out: "[]\n", err: "" });
  });

  it("adds an account, changes it, and lists it without its secrets", async () => {
    const address = { status: 0, out: "https://l.example/webhooks/wechat-official/oa\n", err: "" };
    const key = "k3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yk3yA";
    const add = ["channel", "add", "wechat-official", ...ACCOUNT, "--aes-key", key];
    expect(await shell.liaison(...add)).toEqual(address);
    expect(await shell.liaison(...add, "--replies", "passive")).toEqual(address);
    const listed = await shell.liaison("channel", "list", "--json");
    expect(JSON.parse(listed.out)).toMatchObject([
      { channel: "wechat-official", name: "oa", settings: { replies: "passive" } },
    ]);
    expect(`${listed.out}${(await shell.liaison("channel", "list")).out}`).not.toMatch(/s3cret|t0ken|k3y/);
  });

  it.each([
    ["a key of the wrong length", [...ACCOUNT, "--aes-key", "short"], /--aes-key/],
    ["an unknown way of replying", [...ACCOUNT, "--replies", "loudly"], /--replies/],
    ["a template without fields", [...ACCOUNT, "--template", "x"], /--template/],
    ["a name that fits into no address", ACCOUNT.with(1, "a/b"), /account/],
    ["no name", ACCOUNT.slice(2), /--account/],
  ])("refuses an account with %s, and shows no secret", async (_what, options, expected) => {
    const { status, out, err } = await shell.liaison("channel", "add", "wechat-official", ...options);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toMatch(expected);
    expect(err).not.toMatch(/s3cret|t0ken|\n\s+at /);
  });

  it.each([
    [
      ["deputy", "invite", "D404"],
      1,
      "There is no deputy D404 in this county: import the deputies first, or correct the code.",
    ],
    [["case", "7"], 1, 'There is no case 7 in this county; "liaison cases" lists them.'],
    [
      ["case", "'; drop table cases"],
      1,
      'There is no case \'; drop table cases in this county; "liaison cases" lists them.',
    ],
    [["cases", "--county", "mars"], 2, "There is no county mars; there is default."],
    [
      ["county", "add", "a b", "--name", "A"],
      1,
      "A county's code has 1 to 32 letters, digits, - and _, and begins with a letter or digit.",
    ],
    [["county", "add", "default", "--name", "A"], 1, "There is a county default already."],
    [["county", "add", "north"], 2, "Required option '--name <name>' not specified. See liaison --help."],
    [
      ["channel", "add", "pigeon", "--account", "x"],
      2,
      "There is no channel pigeon; there is wechat-official, telegram, feishu, dingtalk, web.",
    ],
    [["deputy", "invite"], 2, "Missing required argument 'code'. See liaison --help."],
    [["fly"], 2, "Unknown command 'fly'. See liaison --help."],
    [["qr", "g:G1"], 2, "Required option '--out <file>' not specified. See liaison --help."],
  ])("%j fails with one plain sentence", async (args, status, sentence) => {
    expect(await shell.liaison(...args)).toEqual({ status, out: "", err: `${sentence}\n` });
  });

  it("asks which county is meant as soon as there are two", async () => {
    expect(await shell.liaison("county", "add", "north", "--name", "北县")).toEqual({
      status: 0,
      out: "north\n",
      err: "",
    });
    for (const args of [
      ["cases"],
      ["case", "1"],
      ["stuck"],
      ["channel", "list"],
      ["deputy", "invite", "D1"],
      ["import", "x"],
    ]) {
      expect(await shell.liaison(...args)).toEqual({
        status: 2,
        out: "",
        err: "Say which county with --county: default, north.\n",
      });
    }
    expect(await shell.liaison("channel", "list", "--json", "--county", "north")).toEqual({
      status: 0,
      out: "[]\n",
      err: "",
    });
  });
});
