import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openReader, readWeights } from "../../../src/casework/runtime/open-reader.ts";
import { openModel, readWith } from "../../../src/domain/understanding/model.ts";
import { type CorpusRow, labelledOf, readCorpusRow } from "../../../src/domain/understanding/training/corpus.ts";
import { train } from "../../../src/domain/understanding/training/train.ts";
import { decodeWeights, encodeWeights } from "../../../src/domain/understanding/weights-file.ts";

const CORPUS = new URL("../../understanding/corpus/a01.jsonl", import.meta.url);
const MEGABYTE = 1024 * 1024;

async function someRows(): Promise<CorpusRow[]> {
  const lines = (await readFile(CORPUS, "utf8")).split("\n").filter((line) => line !== "");
  return lines
    .filter((_, index) => index % 10 === 0)
    .slice(0, 200)
    .map(readCorpusRow);
}
const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("weights", () => {
  it("are the same, byte for byte, each time that they are trained on the same rows", async () => {
    const rows = await someRows();
    const { thresholds } = openReader();
    const once = () =>
      encodeWeights(
        train(
          rows.map((row) => labelledOf(row)),
          "x",
        ),
        { corpus: "ab".repeat(32), thresholds },
      );
    expect(rows.length).toBe(200);
    expect(hashOf(once())).toBe(hashOf(once()));
  });

  it("know what they learned, and come out of their file as they went in", async () => {
    const rows = await someRows();
    const weights = train(
      rows.map((row) => labelledOf(row)),
      "abababababab",
    );
    const { thresholds } = openReader();
    const file = decodeWeights(encodeWeights(weights, { corpus: "ab".repeat(32), thresholds }));
    expect(file.weights).toEqual(weights);
    expect(file.header).toMatchObject({ corpus: "ab".repeat(32), thresholds, features: weights.hashes.length });
    const [before, after] = [openModel(weights), openModel(file.weights)];
    for (const { text } of rows) expect(readWith(after, text)).toEqual(readWith(before, text));
    const right = rows.filter(({ text, act, also }) => {
      const { acts } = readWith(before, text);
      const likeliest = Object.entries(acts).reduce((most, one) => (one[1] > most[1] ? one : most))[0];
      return [act, ...also].some((one) => one === likeliest);
    });
    expect(right.length / rows.length).toBeGreaterThan(0.9);
  });

  it("that the service ships with are small, and no text is in them", async () => {
    const file = new URL("../../../src/domain/understanding/weights.bin", import.meta.url);
    expect((await readFile(file)).length).toBeLessThan(1.5 * MEGABYTE);
    const { header, weights } = readWeights(file);
    const model = openModel(weights);
    const bytes = [model.hashes, model.weights, model.table.from].reduce((sum, one) => sum + one.byteLength, 0);
    expect(bytes).toBeLessThan(12 * MEGABYTE);
    expect(Object.keys(header).sort()).toEqual(["biases", "corpus", "features", "scales", "thresholds"]);
  });
});

describe("a file that is none of weights", () => {
  const { thresholds } = openReader();
  const whole = encodeWeights(train([], "x"), { corpus: "cd".repeat(32), thresholds });

  it.each([
    ["is empty", new Uint8Array(), /no file of weights/],
    ["is another file", new TextEncoder().encode("PK the rest of an archive"), /no file of weights/],
    ["ends in its header", whole.subarray(0, 40), /cut off/],
    ["ends before its last weight", whole.subarray(0, whole.length - 1), /cut off/],
    ["is longer than it says", Uint8Array.from([...whole, 0]), /cut off/],
  ])("is refused with a sentence when it %s", (_, bytes, says) => {
    expect(() => decodeWeights(bytes)).toThrow(says);
  });
});
