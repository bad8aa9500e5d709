import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startHandOver } from "../../workers/wechaty/hand-over.ts";
import { createPace } from "../../workers/wechaty/pace.ts";
import { openSpool } from "../../workers/wechaty/spool.ts";
import type { WireMessage } from "../../workers/wechaty/wire.ts";
import { openReceiver } from "./receiver.ts";

const DAY_MS = 86_400_000;
const SPOOL = join(import.meta.dirname, "../../workers/wechaty/spool.ts");

describe("the spool of the Wechaty bridge", () => {
  let folder: string;
  let now: Date;
  const quiet = () => undefined;
  const open = () => openSpool<string>(folder, { now: () => now, log: quiet });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "liaison-spool-"));
    now = new Date("2026-12-01T02:00:00Z");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("adding and taking away at once lose nothing, and what is left is there for the next process", async () => {
    const spool = await open();
    const all = Array.from({ length: 60 }, (_, index) => `m${index}`);
    const work = all.map((one, index) => [spool.append(one), ...(index % 3 === 2 ? [spool.drop(1)] : [])]);
    await Promise.all(work.flat());
    expect(spool.first(100)).toEqual(all.slice(20));
    expect((await open()).first(100)).toEqual(all.slice(20));
    expect((await stat(join(folder, "waiting.jsonl"))).mode & 0o777).toBe(0o600);
  });

  test("what was half written when a process was ended is kept aside, and hinders nothing", async () => {
    const spool = await open();
    await spool.append("whole");
    await appendFile(join(folder, "waiting.jsonl"), '{"since":17,"content":"ha');
    const again = await open();
    await again.append("next");
    expect((await open()).first(9)).toEqual(["whole", "next"]);
    expect(await readFile(join(folder, "unreadable.jsonl"), "utf8")).toContain('"ha');
  });

  test("what waited for more than a week is moved aside, not dropped", async () => {
    const spool = await open();
    await spool.append("old");
    now = new Date(now.getTime() + 4 * DAY_MS);
    await spool.append("newer");
    now = new Date(now.getTime() + 4 * DAY_MS);
    expect(await spool.moveOldAside()).toBe(1);
    expect(spool.first(9)).toEqual(["newer"]);
    expect(await readFile(join(folder, "aside.jsonl"), "utf8")).toContain('"old"');
  });

  test("a process that is killed between spool and hand-over loses nothing that counts as taken", async () => {
    const script = `const { openSpool } = await import(${JSON.stringify(SPOOL)});
      const spool = await openSpool(${JSON.stringify(folder)}, { now: () => new Date(), log: () => undefined });
      for (let index = 0; ; index += 1) {
        const id = "m" + index;
        await spool.append({ id, at: 1, from: "a", room: null, toUs: true, kind: "text", text: id });
        process.stdout.write(id + "\\n");
      }`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let taken = "";
    child.stdout.on("data", (chunk) => {
      taken += chunk;
    });
    await expect.poll(() => taken.split("\n").length).toBeGreaterThan(20);
    child.kill("SIGKILL");
    await once(child, "close");
    const ids = taken.split("\n").filter((line, index, lines) => line !== "" && index < lines.length - 1);
    const receiver = await openReceiver();
    const spool = await openSpool<WireMessage>(folder, { now: () => new Date(), log: quiet });
    const handOver = startHandOver(spool, {
      url: receiver.url,
      secret: receiver.secret,
      now: () => new Date(),
      log: quiet,
    });
    await expect.poll(() => spool.size()).toBe(0);
    await handOver.close();
    await receiver.close();
    const arrived = receiver.messages.map(({ id }) => id);
    expect(arrived.slice(0, ids.length)).toEqual(ids);
    expect(arrived.length - ids.length).toBeLessThanOrEqual(1);
  });
});

describe("the pace of an account", () => {
  test("is one message in two seconds, and six a minute to one chat", () => {
    const pace = createPace();
    expect(pace.take("a", 0)).toEqual({ kind: "go", afterMs: 0 });
    expect(pace.take("b", 0)).toEqual({ kind: "go", afterMs: 2000 });
    expect(pace.take("c", 0)).toEqual({ kind: "go", afterMs: 4000 });
    expect(pace.take("d", 0)).toEqual({ kind: "wait", afterMs: 6000, scope: "account" });
    for (let index = 1; index < 6; index += 1) expect(pace.take("a", 10_000 + index * 2000).kind).toBe("go");
    expect(pace.take("a", 30_000)).toEqual({ kind: "wait", afterMs: 30_000, scope: "address" });
    expect(pace.take("a", 61_000).kind).toBe("go");
  });
});
