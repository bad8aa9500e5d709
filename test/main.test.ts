import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { readPostmaster } from "../db/embedded/cluster.ts";
import { deputies, invites } from "../db/schema/people.ts";
import { createVault } from "../db/vault.ts";
import { invitePurpose } from "../src/casework/deputy/bind.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { killRunning, running, startMain } from "./main-process.ts";

const MAIN = join(import.meta.dirname, "../src/main.js");
const SECRET = Buffer.alloc(32, 9);
/** An account without an EncodingAESKey is warned of, on stderr alone. */
const PLAIN = /^The account oa: plain mode [^\n]+\n$/;
const ACCOUNT = ["--account", "oa", "--app-id", "wx0"];
const SECRETS = { "app-secret": "s3cret", token: "t0ken" };
let folder: string;
let db: TestDatabase;

const embedded = () => ({ LIAISON_DATA: join(folder, "data"), PORT: "0" });
const own = () => ({ LIAISON_DATA: folder, DATABASE_URL: db.url, LIAISON_SECRET: SECRET.toString("base64") });
/** The account, with its secrets in a file. */
const account = () => [...ACCOUNT, "--secrets-from", join(folder, "oa.secrets")];
const liaison = (variables: Record<string, string>, ...args: string[]) => startMain(args, variables).ended;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "liaison-main-"));
  await chmod(folder, 0o755);
  await writeFile(join(folder, "oa.secrets"), JSON.stringify(SECRETS), { mode: 0o600 });
  db = await testDatabase();
});
afterEach(killRunning);
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

describe("the command line", () => {
  test("explains itself, and every command", async () => {
    const help = await liaison({}, "--help");
    expect(help).toMatchObject({ status: 0, err: "" });
    const names = [...help.out.matchAll(/^ {2}(\w+)/gm)].map((match) => match[1] ?? "");
    expect(names).toEqual(expect.arrayContaining(["start", "serve", "work", "migrate", "channel", "deputy", "case"]));
    const each = await Promise.all(["channel", "case", "county"].map((name) => liaison({}, name, "--help")));
    for (const { status, out } of each)
      expect([status, out.split("\n")[0]]).toEqual([0, expect.stringMatching(/^Usage: liaison/)]);
  });

  test.each([
    [["nonsense"], "Unknown command 'nonsense'. See liaison --help."],
    [["case"], "Missing required argument 'number'. See liaison --help."],
    [["county", "add", "x"], "Required option '--name <name>' not specified. See liaison --help."],
    [["cases", "--jason"], "Unknown option '--jason' (Did you mean --json?) See liaison --help."],
    [["migrate", "surplus"], "Too many arguments for 'migrate'. Expected 0 arguments but got 1. See liaison --help."],
  ])("%j is used wrongly: status 2 and one plain sentence", async (args, sentence) => {
    expect(await liaison({}, ...args)).toEqual({ status: 2, out: "", err: `${sentence}\n` });
  });

  test("stops before it does anything when the environment is wrong, and names everything that is", async () => {
    const wrong = { PORT: "x", LOG_LEVEL: "y", DATABASE_URL: "postgres://127.0.0.1:1/x" };
    const { status, out, err } = await liaison(wrong, "start");
    expect([status, out]).toEqual([2, ""]);
    expect(err.split("\n").map((line) => line.split(" ")[0])).toEqual(["PORT", "LOG_LEVEL", "LIAISON_SECRET", ""]);
  });

  test("says plainly that a database does not answer", async () => {
    const { status, err } = await liaison({ ...own(), DATABASE_URL: "postgres://u:hunter2@127.0.0.1:1/x" }, "migrate");
    expect(status).toBe(1);
    expect(err).toBe("The database at 127.0.0.1:1 does not answer: start it, or correct DATABASE_URL.\n");
  });
});

describe("with somebody's own Postgres", () => {
  test("asks which county is meant where there are several", async () => {
    const { status, out, err } = await liaison(own(), "channel", "list");
    expect([status, out]).toEqual([2, ""]);
    expect(err).toBe("Say which county with --county: east, west.\n");
  });

  test("adds counties and accounts, prints what a script needs, and shows no secret", async () => {
    expect(await liaison(own(), "county", "add", "north", "--name", "North")).toEqual({
      status: 0,
      out: "north\n",
      err: "",
    });
    expect((await liaison(own(), "county", "add", "north", "--name", "North")).status).toBe(1);
    const county = ["--county", "north"];
    const added = await liaison(
      { ...own(), PUBLIC_URL: "https://l.example/" },
      "channel",
      "add",
      "wechat-official",
      ...account(),
      ...county,
    );
    expect(added).toEqual({
      status: 0,
      out: "https://l.example/webhooks/wechat-official/oa\n",
      err: expect.stringMatching(PLAIN),
    });
    const listed = await liaison(own(), "channel", "list", "--json", ...county);
    expect(JSON.parse(listed.out)).toMatchObject([
      { channel: "wechat-official", name: "oa", settings: { "app-id": "wx0" } },
    ]);
    expect(listed.out).not.toMatch(/s3cret|t0ken/);
  });

  test("refuses to go on with another key than the one that sealed the data", async () => {
    const other = { ...own(), PORT: "0", LIAISON_SECRET: Buffer.alloc(32, 8).toString("base64") };
    for (const args of [
      ["start"],
      ["serve"],
      ["work"],
      ["channel", "add", "wechat-official", ...account(), "--county", "north"],
    ]) {
      const { status, out, err } = await liaison(other, ...args);
      expect([status, out, err.split("\n")[0]]).toEqual([
        1,
        "",
        expect.stringMatching(/^The key at hand is not the one that sealed these data: set LIAISON_SECRET/),
      ]);
    }
  });

  test("refuses an account with what is wrong with it", async () => {
    const at = ["--county", "east"];
    const missing = await liaison(own(), "channel", "add", "wechat-official", "--account", "x", ...at);
    expect([missing.status, missing.out]).toEqual([2, ""]);
    expect(missing.err).toMatch(/--app-id must be/);
    expect(missing.err).toMatch(/--token must be/);
    const unknown = await liaison(own(), "channel", "add", "pigeon", "--account", "x", ...at);
    expect(unknown).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^There is no channel pigeon; there is wechat-official/),
    });
  });

  test("prints a one-time code for a deputy, and keeps only its hash", async () => {
    const east = await db.county("east");
    await db.database.inCounty(east, (tx) =>
      tx.insert(deputies).values({ id: newId(), jurisdictionId: east, code: "D1", name: "甲", level: "county" }),
    );
    const unknown = await liaison(own(), "deputy", "invite", "D9", "--county", "east");
    expect([unknown.status, unknown.out]).toEqual([1, ""]);
    const { status, out } = await liaison(own(), "deputy", "invite", "D1", "--county", "east");
    expect([status, out]).toEqual([0, expect.stringMatching(/^[A-HJKMNP-RTW-Y34679]{8}\n$/)]);
    const [invite] = await db.database.inCounty(east, (tx) => tx.select().from(invites));
    expect(invite?.codeHash).toBe(createVault(SECRET).blindIndex(out.trim(), invitePurpose(east)));
    const days = ((invite?.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(13.9);
    expect(days).toBeLessThan(14.1);
  });

  test("lists cases and what is stuck as JSON", async () => {
    const at = ["--county", "east"];
    expect((await liaison(own(), "cases", "--json", ...at)).out).toBe("[]\n");
    expect((await liaison(own(), "stuck", "--json", ...at)).out).toBe("[]\n");
    expect(await liaison(own(), "case", "7", ...at)).toMatchObject({ status: 1, out: "" });
  });
});

describe("with the embedded Postgres", () => {
  const cluster = () => join(folder, "data", "postgres", "cluster");

  test("a command starts it for as long as it takes, with the county default and a key of its own", async () => {
    const added = await liaison(embedded(), "channel", "add", "wechat-official", ...account());
    expect(added).toEqual({
      status: 0,
      out: "http://127.0.0.1:0/webhooks/wechat-official/oa\n",
      err: expect.stringMatching(PLAIN),
    });
    expect(await readPostmaster(cluster())).toBeNull();
    expect((await stat(join(folder, "data", "secret"))).mode & 0o777).toBe(0o600);
  });

  test("start says where it listens, is joined by commands, refuses a second one, and stops cleanly", async () => {
    const service = startMain(["start"], embedded());
    await expect
      .poll(() => service.said.err, { timeout: 60_000 })
      .toMatch(/Liaison listens on http:\/\/127\.0\.0\.1:\d+\n/);
    const url = service.said.err.match(/http:\S+/)?.[0] ?? "";
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, database: true, queue: true });

    expect((await fetch(`${url}/webhooks/wechat-official/second`)).status).toBe(404);
    const seen = Object.entries(SECRETS).flatMap(([name, value]) => [`--${name}`, value]);
    const added = await liaison(embedded(), "channel", "add", "wechat-official", ...ACCOUNT.with(1, "second"), ...seen);
    expect(added).toMatchObject({
      status: 0,
      err: expect.stringMatching(/others on this machine can read.*--app-secret, --token\. .*--secrets-from FILE.*\n$/),
    });
    await expect
      .poll(async () => (await fetch(`${url}/webhooks/wechat-official/second`)).status, { timeout: 60_000 })
      .not.toBe(404);

    const second = await liaison(embedded(), "start");
    expect([second.status, second.out]).toEqual([1, ""]);
    expect(second.err).toBe(
      `Liaison runs on ${join(folder, "data")} already (process ${service.child.pid}): stop it first, or set LIAISON_DATA to another folder.\n`,
    );

    for (const signal of ["SIGINT", "SIGINT", "SIGTERM"] as const) service.child.kill(signal);
    const { status, out } = await service.ended;
    expect(status).toBe(0);
    for (const line of out.trim().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
    expect(await readPostmaster(cluster())).toBeNull();
  });

  test("told to stop while it still waits for its database, it stops", async () => {
    const asked = Promise.withResolvers<void>();
    const silent = createServer(() => asked.resolve());
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const service = startMain(["serve"], { ...own(), DATABASE_URL: `postgres://127.0.0.1:${port}/liaison`, PORT: "0" });
    await asked.promise;
    service.child.kill("SIGTERM");
    expect(await service.ended).toMatchObject({ status: 0, err: "" });
    silent.close();
  });

  test("started by npm, it stops cleanly when npm is told to, although the shell between them tells it nothing", async () => {
    const shell = spawn("sh", ["-c", `"${process.execPath}" "${MAIN}" serve; true`], {
      env: { PATH: process.env.PATH, npm_lifecycle_event: "start", ...embedded() },
      stdio: ["ignore", "ignore", "pipe"],
    });
    running.push(shell);
    let said = "";
    shell.stderr.on("data", (chunk) => {
      said += chunk;
    });
    await expect.poll(() => said, { timeout: 60_000 }).toMatch(/listens on/);
    shell.kill("SIGTERM");
    await expect.poll(() => readPostmaster(cluster()), { timeout: 60_000 }).toBeNull();
  });

  test("a start that cannot listen says so, and leaves nothing running", async () => {
    const taken = startMain(["serve"], embedded());
    await expect.poll(() => taken.said.err, { timeout: 60_000 }).toMatch(/listens on/);
    const port = new URL(taken.said.err.match(/http:\S+/)?.[0] ?? "").port;
    const { status, err } = await liaison({ ...embedded(), PORT: port }, "start");
    expect([status, err]).toEqual([1, `Port ${port} is taken by another program: stop it, or set PORT.\n`]);
    taken.child.kill("SIGINT");
    expect((await taken.ended).status).toBe(0);
    expect(await readPostmaster(cluster())).toBeNull();
  });

  test("a key that was lost is not replaced silently: the data would be lost with it", async () => {
    await rm(join(folder, "data", "secret"));
    const { status, err } = await liaison(embedded(), "migrate");
    expect(status).toBe(1);
    expect(err).toMatch(/^The key .*secret is missing, .*: restore it, or set LIAISON_SECRET\.\n$/);
  });
});
