import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channelAccounts } from "../../db/schema/county.ts";
import { secretsPurpose } from "../../src/casework/runtime/accounts.ts";
import { runProgram } from "../../src/commands/program.ts";
import { commandLineWithDatabase } from "./liaison.ts";

const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const SECRETS = { "app-secret": "0123456789abcdef", token: "t0ken", "aes-key": AES_KEY };
const LINES = Object.entries(SECRETS).map(([name, value]) => `${name}=${value}`);

let shell: Awaited<ReturnType<typeof commandLineWithDatabase>>;
let accounts = 0;
beforeAll(async () => {
  shell = await commandLineWithDatabase();
});
afterAll(() => shell.close());

/** Writes a file that its owner alone may read, unless it is said otherwise. */
async function file(name: string, content: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = join(shell.folder, name);
  await writeFile(path, content);
  await chmod(path, mode);
  return name;
}

/** Adds an account of a new name; what became of it, with the secrets that are kept. */
async function add(input: string, ...options: readonly string[]) {
  accounts += 1;
  const name = `oa-${accounts}`;
  const base = ["channel", "add", "wechat-official", "--account", name, "--app-id", "wx0000000000000001"];
  const ended = await shell.given(input, ...base, ...options, "--county", "east");
  const county = await shell.db.county("east");
  const [row] = await shell.db.database.inCounty(county, (tx) =>
    tx.select().from(channelAccounts).where(eq(channelAccounts.name, name)),
  );
  const kept = row === undefined ? null : JSON.parse(shell.db.vault.open(row.secrets, secretsPurpose(row.id)));
  return { ...ended, kept };
}

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");

describe("secrets in one file", () => {
  test.each<[string, string | Uint8Array]>([
    ["a line each", `${LINES.join("\n")}\n`],
    ["without a last line end", LINES.join("\n")],
    ["with line ends of Windows", `${LINES.join("\r\n")}\r\n`],
    ["with a byte order mark", `\ufeff${LINES.join("\n")}`],
    ["in UTF-16 with its mark, as PowerShell writes it", utf16(`${LINES.join("\r\n")}\r\n`)],
    [
      "with comments, blanks and empty lines",
      `# from the console\n\n${LINES.map((line) => `  ${line.replace("=", " = ")}  `).join("\n\n")}`,
    ],
    ["with the names of the options", LINES.map((line) => `--${line}`).join("\n")],
    ["in JSON", JSON.stringify(SECRETS)],
  ])("are taken: %s", async (_, content) => {
    const ended = await add("", "--secrets-from", await file("oa.secrets", content));
    expect(ended).toMatchObject({ status: 0, err: "", kept: SECRETS });
  });

  test("are taken from standard input", async () => {
    expect(await add(`\ufeff${LINES.join("\r\n")}\r\n`, "--secrets-from", "-")).toMatchObject({
      status: 0,
      err: "",
      kept: SECRETS,
    });
  });

  test("may be readable by others, which is warned of", async () => {
    const ended = await add("", "--secrets-from", await file("open.secrets", LINES.join("\n"), 0o644));
    expect(ended).toMatchObject({
      status: 0,
      err: "open.secrets can be read by others on this machine: chmod 600 open.secrets.\n",
      kept: SECRETS,
    });
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["is empty", "\ufeff\r\n", /which is empty/],
    ["is no list", "0123456789abcdef\n", /whose line 1 is not NAME=VALUE/],
    [
      "has a name of nothing",
      `${LINES.join("\n")}\napp-sekret=0123456789abcdef`,
      /a app-sekret: there is no such option/,
    ],
    ["gives one twice", `${LINES.join("\n")}\ntoken=t0ken2`, /gives token twice/],
    ["is half an object", '{"app-secret": "0123456789abcdef"', /begins like JSON and is none/],
    ["holds a number", '{"app-secret": 123456789}', /not all texts/],
    ["is no text", Buffer.from([0xc3, 0x28, 0x00]), /is no text/],
    ["is too large", "#".repeat(70_000), /too large/],
    ["leaves one out", LINES.slice(1).join("\n"), /--app-secret must be/],
  ])("are refused with a plain sentence that quotes none, where it %s", async (_, content, reason) => {
    const ended = await add("", "--secrets-from", await file("bad.secrets", content));
    expect(ended).toMatchObject({ status: 2, out: "", kept: null });
    expect(ended.err).toMatch(reason);
    expect(ended.err).not.toMatch(/0123456789abcdef|t0ken|abcdefghij|\n\s+at /);
  });

  test.each([
    ["missing.secrets", /missing\.secrets, which does not exist/],
    [".", /\., which is a folder/],
    ["-", /standard input, which is empty/],
  ])("are refused where the file is %s", async (path, reason) => {
    const ended = await add("", "--secrets-from", path);
    expect(ended).toMatchObject({ status: 2, out: "", kept: null, err: expect.stringMatching(reason) });
  });
});

describe("secrets in a file each", () => {
  test.each(["\n", "\r\n", "", "\n\n"])("are taken, with %j behind them", async (end) => {
    const [secret, key] = [
      await file("secret", `\ufeff${SECRETS["app-secret"]}${end}`),
      await file("key", `${AES_KEY}${end}`),
    ];
    const ended = await add(
      `${SECRETS.token}${end}`,
      "--app-secret-file",
      secret,
      "--aes-key-file",
      key,
      "--token-file",
      "-",
    );
    expect(ended).toMatchObject({ status: 0, err: "", kept: SECRETS });
  });

  test("go together with those in one file, but not with the same one again", async () => {
    const secret = await file("secret", SECRETS["app-secret"]);
    const others = LINES.slice(1).join("\n");
    expect(await add(others, "--app-secret-file", secret, "--secrets-from", "-")).toMatchObject({ kept: SECRETS });
    for (const again of [
      ["--secrets-from", "-"],
      ["--app-secret", "another"],
    ]) {
      expect(await add(LINES.join("\n"), "--app-secret-file", secret, ...again)).toMatchObject({
        status: 2,
        err: expect.stringContaining("--app-secret is given in two ways: keep one."),
        kept: null,
      });
    }
  });

  test("are refused where a file holds more than one line, or standard input is named twice", async () => {
    const two = await file("two", "first\nsecond");
    expect((await add("", "--app-secret-file", two)).err).toMatch(/two, which holds more than one line/);
    expect((await add("x", "--app-secret-file", "-", "--token-file", "-")).err).toMatch(/named twice/);
  });
});

test("secrets on the command line work, with a warning where others can read it", async () => {
  const environment = { DATABASE_URL: shell.db.url, LIAISON_SECRET: shell.db.secret.toString("base64") };
  const options = Object.entries(SECRETS).flatMap(([name, value]) => [`--${name}`, value]);
  const base = [
    "channel",
    "add",
    "wechat-official",
    "--account",
    "seen",
    "--app-id",
    "wx0000000000000001",
    "--county",
    "east",
  ];
  const said: string[] = [];
  const run = (areArgumentsSeen: boolean) =>
    runProgram([...base, ...options], {
      variables: environment,
      folder: shell.folder,
      output: { out: () => undefined, err: (line) => void said.push(line) },
      areArgumentsSeen,
    });
  expect(await run(true)).toBe(0);
  expect(said.join("\n")).toMatch(/others on this machine can read.*--app-secret, --token, --aes-key.*--secrets-from/);
  expect(said.join("\n")).not.toMatch(/0123456789abcdef|t0ken/);
  said.length = 0;
  expect(await run(false)).toBe(0);
  expect(said).toEqual([]);
});

test("a password comes from a file as well", async () => {
  const user = (email: string, ...more: string[]) =>
    shell.liaison("user", "add", "--email", email, "--role", "office", "--county", "east", ...more);
  expect(
    await user("a@example.org", "--password-file", await file("password", "正确的马电池订书钉\r\n")),
  ).toMatchObject({
    status: 0,
    err: "",
  });
  expect(await user("b@example.org", "--password-file", await file("open", "long enough", 0o640))).toMatchObject({
    status: 0,
    err: expect.stringContaining("can be read by others"),
  });
  expect(await user("c@example.org", "--password-file", "nowhere")).toMatchObject({
    status: 2,
    err: "--password-file names nowhere, which does not exist.\n",
  });
});
