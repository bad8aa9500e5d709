import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, commandLine } from "./liaison.ts";

const CORPUS = new URL("../understanding/corpus", import.meta.url).pathname;
const WEIGHTS = new URL("../../src/domain/understanding/weights.bin", import.meta.url).pathname;

let shell: CommandLine;
beforeAll(async () => {
  shell = await commandLine("postgres://nobody@127.0.0.1:1/none");
  const lines = (await readFile(join(CORPUS, "a02.jsonl"), "utf8")).split("\n").slice(0, 60);
  const rows = lines.map((line) => JSON.parse(line));
  await mkdir(join(shell.folder, "small"));
  await writeFile(
    join(shell.folder, "small", "b.jsonl"),
    rows.map((row, index) => `${JSON.stringify({ ...row, split: index % 3 === 0 ? "dev" : "train" })}\n`).join(""),
  );
});
afterAll(() => shell.close());

describe("liaison understand", () => {
  it("finds the weights that the service ships with trained on the corpus that it ships with", async () => {
    const checked = await shell.liaison("understand", "check", CORPUS);
    expect(checked).toMatchObject({ status: 0, out: "The weights were trained on this corpus.\n" });
  });

  it("trains, and says of any other corpus that the weights are not of it", async () => {
    const trained = await shell.liaison("understand", "train", "small", "--out", "small.bin");
    expect(trained).toMatchObject({ status: 0, out: expect.stringMatching(/^60 rows, \d+ features, \d+ KB\n$/) });
    expect(await shell.liaison("understand", "check", "small", "--weights", "small.bin")).toMatchObject({ status: 0 });
    expect(await shell.liaison("understand", "check", "small")).toMatchObject({
      status: 1,
      err: expect.stringContaining("trained on another corpus"),
    });
    const line = await readFile(join(shell.folder, "small", "b.jsonl"), "utf8");
    await writeFile(join(shell.folder, "small", "b.jsonl"), `${line.trimEnd()} \n`);
    expect(await shell.liaison("understand", "check", "small", "--weights", "small.bin")).toMatchObject({ status: 1 });
  });

  it.each([
    ["cut", async (file: string) => writeFile(file, (await readFile(WEIGHTS)).subarray(0, 100_000))],
    ["empty", async (file: string) => writeFile(file, "")],
    ["no file of weights", async (file: string) => copyFile(join(CORPUS, "a13.jsonl"), file)],
  ])("refuses a file that is %s with a sentence", async (_, write) => {
    await write(join(shell.folder, "bad.bin"));
    const { status, err } = await shell.liaison("understand", "check", CORPUS, "--weights", "bad.bin");
    expect([status === 0, err]).toEqual([
      false,
      expect.stringContaining("The weights by which words are understood cannot be read"),
    ]);
  });

  it("says which row of a corpus is none", async () => {
    await mkdir(join(shell.folder, "odd"), { recursive: true });
    await writeFile(join(shell.folder, "odd", "c.jsonl"), '{"id":"c-1","text":"x","act":"sings","also":[]}\n');
    const { status, err } = await shell.liaison("understand", "train", "odd", "--out", "odd.bin");
    expect([status === 0, err]).toEqual([false, expect.stringContaining("c-1: sings is no act")]);
  });
});
