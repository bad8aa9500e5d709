import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runProgram } from "../src/commands/program.ts";
import { ALARMS } from "./alarms.ts";

const ROOT = join(import.meta.dirname, "..");
let runbook: string;
let pages: Map<string, string>;
beforeAll(async () => {
  runbook = await readFile(join(ROOT, "RUNBOOK.md"), "utf8");
  pages = new Map(runbook.split(/^## /m).map((page) => [page.split("\n")[0]!, page]));
});

describe("the runbook", () => {
  test.each(ALARMS)("has a page for %s: for residents, first look with commands, what to do, whom to call", (alarm) => {
    const page = pages.get(alarm) ?? "";
    const parts = ["**For residents:**", "**First look**", "```sh", "**Do**", "**Call**"].map((part) =>
      page.indexOf(part),
    );
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
    expect(parts[0]).toBeGreaterThan(0);
  });

  test("tells how to install, upgrade, roll back, restore and rehearse it, and what the loss of the key means", async () => {
    for (const page of ["Install", "Upgrade", "Rollback", "Restore", "Key loss", "Restore drill"]) {
      expect([...pages.keys()]).toContain(page);
    }
    expect(await readFile(join(ROOT, "README.md"), "utf8")).toContain("(RUNBOOK.md)");
  });

  test("looks in our logs only for words that we log", async () => {
    const sources: string[] = [];
    const exclude = (path: string) => path.includes("node_modules");
    for await (const path of glob(["src/**/*.ts", "workers/**/*.ts"], { cwd: ROOT, exclude })) {
      sources.push(await readFile(join(ROOT, path), "utf8"));
    }
    const looked = [...runbook.matchAll(/logs --since \w+ (?:worker|web) \| grep -?\w* ?'([^']+)'/g)].map(
      ([, words]) => words!,
    );
    expect(looked.length).toBeGreaterThan(4);
    // What pino itself and the fields of a line look like is not in the sources.
    const said = `${sources.join("\n")} "level":50 "outcome":"uncertain"`;
    for (const pattern of looked.flatMap((words) => words.split("|"))) expect(said).toMatch(new RegExp(pattern));
  });

  test("names only commands, services, secrets and volumes that there are", async () => {
    const said: string[] = [];
    const output = { out: (line: string) => void said.push(line), err: () => undefined };
    await runProgram(["--help"], { variables: {}, folder: ROOT, output });
    const commands = [...said.join("\n").matchAll(/^ {2}(\w+)/gm)].map((match) => match[1]);
    const named = [...runbook.matchAll(/(?:run --rm|run -s) liaison (?:-- )?([a-z]+)\b/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !commands.includes(name))).toEqual([]);

    const compose = parse(await readFile(join(ROOT, "docker-compose.yml"), "utf8"), { merge: true });
    const secrets = [...runbook.matchAll(/> secrets\/(\w+)/g)].map((match) => match[1]);
    expect(secrets.sort()).toEqual(Object.keys(compose.secrets).sort());
    const services = [...runbook.matchAll(/docker compose (?:logs --since \w+|ps|restart|exec) (\w+)/g)].map(
      (match) => match[1],
    );
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(services));
    for (const [, volume] of runbook.matchAll(/\bliaison_(database|data|backups)\b/g)) {
      expect(Object.keys(compose.volumes)).toContain(volume);
    }
  });
});
