import { randomBytes } from "node:crypto";
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { pino } from "pino";
import postgres from "postgres";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LEFT_OUT } from "../../../db/backup/tables.ts";
import { openEmbedded } from "../../../db/embedded/embedded.ts";
import { runProgram } from "../../../src/commands/program.ts";
import { readConfig } from "../../../src/config.ts";
import { type SimulatedWechat, startWechat } from "../../../src/demo/platforms/wechat.ts";
import { type Role, type Service, startService } from "../../../src/process/service.ts";
import { arrived, newest } from "../../arrived.ts";
import { writeFixture } from "../../county/county.ts";
import { QINGHE } from "../../county/qinghe.ts";

const ACCOUNT = { name: "oa", appId: "wx0123456789abcdef", appSecret: "s3cret", token: "t0ken" };
const LIMIT = { timeout: 60_000, interval: 50 };

let root: string;
let wechat: SimulatedWechat;
let service: Service | null = null;

const folder = (name: string) => join(root, name);
const backupFile = () => folder("today.tar.gz");
const variables = (data: string) => ({ LIAISON_DATA: folder(data), PORT: "0", WECHAT_API_BASE: wechat.url });

async function liaison(data: string, ...args: string[]) {
  const said = { out: "", err: "" };
  const into = (name: "out" | "err") => (line: string) => {
    said[name] += `${line}\n`;
  };
  const output = { out: into("out"), err: into("err") };
  const status = await runProgram(args, { variables: variables(data), folder: root, output });
  return { status, ...said };
}

async function start(data: string, role: Role): Promise<Service> {
  const read = readConfig(variables(data), root);
  if (!read.ok) throw new Error(read.problems.join());
  service = await startService(read.config, { role, log: pino({ level: "silent" }), say: () => undefined });
  if (service.url !== null) wechat.setWebhook("oa", `${service.url}/webhooks/wechat-official/oa`);
  return service;
}

async function stop(): Promise<void> {
  await service?.close();
  service = null;
}

/** Every row of every table of ours, as text that changes when anything in it does. */
async function contents(url: string): Promise<Record<string, { rows: number; digest: string }>> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
    const all: Record<string, { rows: number; digest: string }> = {};
    for (const { name } of tables) {
      const [one] = await sql<{ rows: number; digest: string }[]>`
        select count(*)::int as rows, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
        from ${sql(name)} t`;
      all[name] = one!;
    }
    return all;
  } finally {
    await sql.end();
  }
}

async function contentsOf(data: string) {
  const server = await openEmbedded({ folder: folder(data), asService: false, say: () => undefined });
  try {
    return await contents(server.url);
  } finally {
    await server.close();
  }
}

const cases = async (data: string): Promise<{ number: string; state: string }[]> =>
  JSON.parse((await liaison(data, "cases", "--json")).out);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "liaison-backup-"));
  await chmod(root, 0o755);
  const account = { ...ACCOUNT, aesKey: randomBytes(32).toString("base64").slice(0, 43) };
  wechat = await startWechat({
    retryAfterMs: 50,
    accounts: [
      { ...account, webhookUrl: "http://127.0.0.1:9/", format: "xml", mode: "safe", kind: "verified-service" },
    ],
  });
  await writeFixture(QINGHE, folder("lists"));
  expect(await liaison("old", "import", folder("lists"))).toMatchObject({ status: 0 });
  const secrets = ["--app-id", account.appId, "--app-secret", account.appSecret, "--token", account.token];
  const added = await liaison(
    "old",
    "channel",
    "add",
    "wechat-official",
    "--account",
    "oa",
    ...secrets,
    "--aes-key",
    account.aesKey,
  );
  expect(added).toMatchObject({ status: 0 });
});
afterAll(async () => {
  await stop();
  await wechat.close();
  await rm(root, { recursive: true, force: true, maxRetries: 10 });
});

describe("a backup", () => {
  let before: Awaited<ReturnType<typeof contents>>;

  test("is made beside the running service, is for its owner's eyes alone, and does not hold the key", async () => {
    await start("old", "start");
    const invite = (await liaison("old", "deputy", "invite", "D001")).out.trim();
    const deputy = wechat.phone("oa", "o_deputy");
    await deputy.say(`绑定 ${invite}`);
    const resident = wechat.phone("oa", "o_lamp");
    await resident.say("柳河镇柳东村三组村口到小学那段路灯坏了6盏,晚上接孩子看不见");
    await expect.poll(() => arrived(deputy).join("\n"), LIMIT).toContain("路灯坏了6盏");
    await resident.sendPhoto(
      await sharp({ create: { width: 8, height: 8, channels: 3, background: "#335577" } })
        .png()
        .toBuffer(),
    );
    await deputy.say("回复 已联系供电所，明天来修");
    await expect.poll(() => arrived(resident).join("\n"), LIMIT).toContain("明天来修");
    await expect.poll(async () => (await readdir(join(folder("old"), "media")).catch(() => [])).length, LIMIT).toBe(1);

    // The file is there before the row that names it is committed; whoever is sent the photo, is sent it after that.
    await expect.poll(() => deputy.messages().some(({ content }) => content.kind === "picture"), LIMIT).toBe(true);

    const made = await liaison("old", "backup", backupFile());
    expect(made).toMatchObject({ status: 0, out: `${backupFile()}\n` });
    expect(made.err).toMatch(/^The backup holds \d+ rows and 1 photos, and not the key: keep that apart\.\n$/);
    expect((await stat(backupFile())).mode & 0o077).toBe(0);
    expect(JSON.parse(await readFile(join(folder("old"), "last-backup.json"), "utf8"))).toMatchObject({
      at: expect.any(String),
      media: { kept: 1, missing: 0 },
    });
    const key = Buffer.from(await readFile(join(folder("old"), "secret"), "utf8"), "base64");
    const unpacked = gunzipSync(await readFile(backupFile()));
    expect(unpacked.includes("tables/cases/000001.copy")).toBe(true);
    for (const form of [key, key.toString("base64"), key.toString("hex")]) expect(unpacked.includes(form)).toBe(false);
    await rm(backupFile());
  });

  test("does not replace another one", async () => {
    await writeFile(backupFile(), "yesterday's");
    expect(await liaison("old", "backup", backupFile())).toEqual({
      status: 1,
      out: "",
      err: `${backupFile()} exists already: name another file.\n`,
    });
    await rm(backupFile());
  });

  test("holds a message that nobody has heard yet", async () => {
    await stop();
    await start("old", "serve");
    await wechat.phone("oa", "o_water").say("柳东村一组自来水发黄，好几天了");
    before = await contentsOf("old");
    expect((await liaison("old", "backup", backupFile())).status).toBe(0);
    expect(await contentsOf("old")).toEqual(before);
    await stop();
    expect((await readdir(root)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("is not restored without its key, nor with another, and no key is made up meanwhile", async () => {
    const without = await liaison("new", "restore", backupFile());
    expect([without.status, without.out]).toEqual([1, ""]);
    expect(without.err).toMatch(
      /^The key is in no backup: set LIAISON_SECRET to the key of this one, or put its file at .*new\/secret\.\n$/,
    );
    await mkdir(folder("new"));
    await writeFile(join(folder("new"), "secret"), randomBytes(32).toString("base64"));
    const other = await liaison("new", "restore", backupFile());
    expect([other.status, other.out]).toEqual([1, ""]);
    expect(other.err).toMatch(
      /^The key at hand does not open .*: set LIAISON_SECRET to the key that was in use when it was made/,
    );
    expect(await readdir(folder("new"))).toEqual(["secret"]);
  });

  test("that is cut off, changed or no backup at all is refused before anything is touched", async () => {
    const whole = await readFile(backupFile());
    await copyFile(join(folder("old"), "secret"), join(folder("new"), "secret"));
    const damage = {
      cut: whole.subarray(0, whole.length - 100),
      changed: Buffer.from(whole.map((byte, at) => (at === Math.floor(whole.length / 2) ? byte ^ 1 : byte))),
      nothing: Buffer.from("hello"),
    };
    for (const [name, bytes] of Object.entries(damage)) {
      await writeFile(folder(name), bytes);
      const { status, out, err } = await liaison("new", "restore", folder(name));
      expect([name, status, out]).toEqual([name, 1, ""]);
      expect(err).toMatch(new RegExp(`^${folder(name)} is no whole backup: .*\\. Take another one\\.\n$`));
    }
    expect(await liaison("new", "restore", folder("absent"))).toMatchObject({
      err: `There is no file ${folder("absent")}.\n`,
    });
    expect(await readdir(folder("new"))).toEqual(["secret"]);
  });

  test("is not restored over what is there, nor beside a service that runs", async () => {
    expect(await liaison("old", "restore", backupFile())).toMatchObject({
      status: 1,
      out: "",
      err: expect.stringMatching(/^This database is not empty: a backup is restored only into an empty one\./),
    });
    expect(await contentsOf("old")).toEqual(before);
    await start("old", "start");
    expect((await liaison("old", "restore", backupFile())).err).toMatch(/^Liaison runs on .*old already/);
    await stop();
  });

  test("gives every row and photo back in a fresh folder", async () => {
    const restored = await liaison("new", "restore", backupFile());
    expect(restored).toMatchObject({ status: 0, err: "" });
    expect(restored.out).toMatch(/^\d+ rows and 1 photos are restored as they were at 2\d{3}-.*Z\.\n$/);
    const leftOut = [...LEFT_OUT].filter((table) => table in before).map((table) => [table, { digest: "", rows: 0 }]);
    expect(await contentsOf("new")).toEqual({ ...before, ...Object.fromEntries(leftOut) });
    expect(await liaison("new", "audit", "verify")).toMatchObject({ status: 0 });
    const [prefix] = await readdir(join(folder("new"), "media"));
    const [hash] = await readdir(join(folder("new"), "media", prefix!));
    expect(await readFile(join(folder("new"), "media", prefix!, hash!))).toEqual(
      await readFile(join(folder("old"), "media", prefix!, hash!)),
    );
  });

  test("leaves out the numbers that may have been given out since, where it is told to", async () => {
    await mkdir(folder("later"));
    await copyFile(join(folder("old"), "secret"), join(folder("later"), "secret"));
    expect(await liaison("later", "restore", backupFile(), "--skip-numbers", "many")).toMatchObject({
      status: 2,
      out: "",
    });
    expect(await liaison("later", "restore", backupFile(), "--skip-numbers", "1000")).toMatchObject({ status: 0 });
    await start("later", "start");
    await expect
      .poll(async () => (await cases("later")).map(({ number }) => number.slice(5)).sort(), LIMIT)
      .toEqual(["000001", "001002"]);
    await stop();
  });

  test("is served on: what waits is found without its announcement, and case numbers go on", async () => {
    await start("new", "start");
    const waiting = wechat.phone("oa", "o_water");
    await expect.poll(() => arrived(waiting).join("\n"), LIMIT).toMatch(/\d{4}-000002/);
    await wechat.phone("oa", "o_noise").say("柳东村三组广场晚上音响太吵");
    await expect
      .poll(async () => (await cases("new")).map(({ number }) => number.slice(5)).sort(), LIMIT)
      .toEqual(["000001", "000002", "000003"]);
    const deputy = wechat.phone("oa", "o_deputy");
    await deputy.say("办结 1 六盏灯都换好了");
    await expect.poll(() => newest(wechat.phone("oa", "o_lamp")), LIMIT).toContain("六盏灯都换好了");
    await stop();
  });
});
