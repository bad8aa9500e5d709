import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { canRun, chooseRunner, copyBinaries, findBinaries } from "../../../db/embedded/binaries.ts";
import { readPostmaster } from "../../../db/embedded/cluster.ts";
import { openEmbedded } from "../../../db/embedded/embedded.ts";

const HOLDER = join(import.meta.dirname, "../../setup/hold-embedded.ts");
let parent: string;
let folder: string;
let cluster: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "liaison-embedded-"));
  await chmod(parent, 0o755);
  folder = join(parent, "data");
  cluster = join(folder, "postgres", "cluster");
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  const left = await readPostmaster(cluster);
  if (left !== null) spawnSync("kill", ["-KILL", String(left.pid)]);
  await rm(parent, { recursive: true, force: true, maxRetries: 10 });
});

type Held = {
  readonly child: ChildProcess;
  readonly url: Promise<string>;
  readonly end: Promise<{ code: number | null; words: string }>;
};

function hold(use: "service" | "command" = "service"): Held {
  const child = spawn(process.execPath, [HOLDER, folder, use], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let words = "";
  child.stderr?.on("data", (chunk) => {
    words += chunk;
  });
  const end = new Promise<{ code: number | null; words: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, words }));
  });
  const url = new Promise<string>((resolve, reject) => {
    child.stdout?.once("data", (chunk) => resolve(String(chunk).trim()));
    end.then(() => reject(new Error(words)));
  });
  url.catch(() => undefined);
  return { child, url, end };
}

async function ask<T extends postgres.Row>(url: string, question: string): Promise<T | undefined> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return (await client.unsafe<T[]>(question))[0];
  } finally {
    await client.end();
  }
}

const open = (asService = false) => openEmbedded({ folder, asService, say: () => undefined });

describe("the embedded database", () => {
  test("starts in an empty folder, keeps what it was told, and stops with its last user", async () => {
    const first = await open();
    await ask(first.url, "create table kept as select 42 as answer");
    expect(await ask(first.url, "show server_version_num")).toMatchObject({
      server_version_num: expect.stringMatching(/^18/),
    });
    await first.close();
    expect(await readPostmaster(cluster)).toBeNull();
    const second = await open();
    expect(await ask(second.url, "select answer from kept")).toEqual({ answer: 42 });
    await second.close();
  });

  test("is closed to other users of the machine: a password that only its own user can read", async () => {
    const embedded = await open();
    try {
      const url = new URL(embedded.url);
      expect(url.password.length).toBeGreaterThan(30);
      expect(url.hostname).toBe("127.0.0.1");
      url.password = "wrong";
      await expect(ask(url.href, "select 1")).rejects.toThrow(/password/);
      expect((await stat(join(cluster, "liaison.password"))).mode & 0o077).toBe(0);
      expect((await stat(cluster)).mode & 0o077).toBe(0);
    } finally {
      await embedded.close();
    }
  });

  test("is shared: a command joins the service, and neither takes it from the other", async () => {
    const service = hold();
    const url = await service.url;
    const command = await open();
    expect(command.url).toBe(url);
    await command.close();
    expect(await ask(url, "select 1 as one")).toEqual({ one: 1 });
    const outlasting = await open();
    service.child.kill("SIGTERM");
    expect(await service.end).toEqual({ code: 0, words: "" });
    expect(await ask(outlasting.url, "select 1 as one")).toEqual({ one: 1 });
    await outlasting.close();
    expect(await readPostmaster(cluster)).toBeNull();
  });

  test("two processes that start it at the same moment get the same one", async () => {
    const [one, two] = [hold("command"), hold("command")];
    expect(await one.url).toBe(await two.url);
    for (const { child } of [one, two]) child.kill("SIGTERM");
    expect([(await one.end).code, (await two.end).code]).toEqual([0, 0]);
    expect(await readPostmaster(cluster)).toBeNull();
    expect(await readdir(join(folder, "postgres"))).toEqual(["cluster"]);
  });

  test("refuses a second service with one plain sentence, and a service waits for no command", async () => {
    const command = hold("command");
    await command.url;
    const service = hold();
    await service.url;
    const second = await hold().end;
    expect(second.code).toBe(1);
    expect(second.words.trim().split("\n")).toHaveLength(1);
    expect(second.words).toMatch(
      `Liaison runs on ${folder} already (process ${service.child.pid}): stop it first, or set LIAISON_DATA to another folder.`,
    );
    service.child.kill("SIGTERM");
    await service.end;
    const third = hold();
    await third.url;
    for (const { child } of [command, third]) child.kill("SIGTERM");
    await Promise.all([command.end, third.end]);
  });

  test("a killed service leaves nothing that keeps the next one from starting", async () => {
    const killed = hold();
    const url = await killed.url;
    await ask(url, "create table kept as select 42 as answer");
    killed.child.kill("SIGKILL");
    await killed.end;
    const next = hold();
    expect(await ask(await next.url, "select answer from kept")).toEqual({ answer: 42 });
    next.child.kill("SIGTERM");
    expect((await next.end).code).toBe(0);
    expect(await readPostmaster(cluster)).toBeNull();
  });

  test("a killed service and a killed server are recovered, with everything that was committed", async () => {
    const killed = hold();
    await ask(await killed.url, "create table kept as select 42 as answer");
    const server = await readPostmaster(cluster);
    killed.child.kill("SIGKILL");
    process.kill(server!.pid, "SIGKILL");
    await killed.end;
    const next = hold();
    expect(await ask(await next.url, "select answer from kept")).toEqual({ answer: 42 });
    next.child.kill("SIGTERM");
    expect((await next.end).code).toBe(0);
  });

  test("a lock file that names a process of another program does not hold it up", async () => {
    const first = await open();
    const lock = await readFile(join(cluster, "postmaster.pid"), "utf8");
    await first.close();
    await writeFile(join(cluster, "postmaster.pid"), lock.replace(/^\d+/, String(process.pid)));
    const second = await open();
    expect(await ask(second.url, "select 1 as one")).toEqual({ one: 1 });
    await second.close();
  });
});

const isRoot = process.getuid?.() === 0;

describe.runIf(isRoot)("as root, in a folder that the user of Postgres cannot enter", () => {
  test("keeps the cluster where it can be reached, says so in one sentence, and finds it again", async () => {
    await chmod(parent, 0o700);
    const said: string[] = [];
    const first = await openEmbedded({ folder, asService: true, say: (sentence) => said.push(sentence) });
    const place = (await readFile(join(folder, "postgres.place"), "utf8")).trim();
    cluster = place;
    try {
      expect(said).toEqual([
        `Postgres does not run as root, and its user cannot enter ${folder}: the database is kept in ${place}.`,
      ]);
      await ask(first.url, "create table kept as select 42 as answer");
      await first.close();
      const second = await openEmbedded({ folder, asService: true, say: (sentence) => said.push(sentence) });
      expect(await ask(second.url, "select answer from kept")).toEqual({ answer: 42 });
      expect(said).toHaveLength(1);
      await second.close();
    } finally {
      await rm(dirname(place), { recursive: true, force: true });
    }
  });

  test("gets a copy of the programs that its user can start, once", async () => {
    const said: string[] = [];
    const runner = await chooseRunner();
    const [one, two] = await Promise.all(
      [0, 1].map(() => copyBinaries(findBinaries(), folder, (text) => said.push(text))),
    );
    expect(one).toEqual(two);
    expect(canRun(one!, runner)).toBe(true);
    await copyBinaries(findBinaries(), folder, (text) => said.push(text));
    expect(said.length).toBeLessThanOrEqual(2);
    expect(await readdir(folder)).toHaveLength(1);
    await chmod(parent, 0o700);
    expect(canRun(one!, runner)).toBe(false);
  });

  test("a cluster in a folder that was closed later is not replaced by an empty one", async () => {
    await mkdir(folder, { recursive: true });
    await (await open()).close();
    await chmod(parent, 0o700);
    await expect(open()).rejects.toThrow(/cannot enter .*data: let the user postgres enter it/);
  });
});
