import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowOf, rowsOf, tableOf } from "../../../src/domain/understanding/feature-table.ts";
import { featuresOf } from "../../../src/domain/understanding/features.ts";
import { ACTS, HEADS } from "../../../src/domain/understanding/meaning.ts";
import {
  OUTPUTS,
  openModel,
  readWith,
  shareWith,
  type Weights,
  withLayer,
} from "../../../src/domain/understanding/model.ts";
import { prepare } from "../../../src/domain/understanding/prepare.ts";

const hash = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 0xffffffff }));

describe("a table of features", () => {
  it("finds the row of each, and none of others, as a map does", () => {
    fc.assert(
      fc.property(fc.uniqueArray(hash, { maxLength: 300 }), fc.array(hash, { maxLength: 300 }), (all, asked) => {
        const known = all.toSorted((a, b) => a - b);
        const table = tableOf(Uint32Array.from(known));
        const rows = new Map(known.map((one, row) => [one, row]));
        for (const one of [...known, ...asked]) expect(rowOf(table, one | 0)).toBe(rows.get(one) ?? -1);
        const both = [...asked, ...known];
        expect([...rowsOf(table, Int32Array.from(both))]).toEqual(both.flatMap((one) => rows.get(one) ?? []));
      }),
    );
  });

  it("has room for more than were asked before", () => {
    const many = Uint32Array.from({ length: 70_000 }, (_, index) => index * 61_000);
    expect([...rowsOf(tableOf(many), new Int32Array(many))]).toEqual([...many.keys()]);
  });
});

/** A text, and a model that knows some of its features. */
const learned = fc
  .record({
    text: fc
      .array(fc.constantFrom(..."村书记收红包路灯坏了水1?"), { minLength: 1, maxLength: 40 })
      .map((signs) => signs.join("")),
    kept: fc.array(fc.boolean(), { minLength: 400, maxLength: 400 }),
    seed: fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 97, maxLength: 97 }),
  })
  .map(({ text, kept, seed }) => {
    const hashes = featuresOf(prepare(text))
      .filter((_, index) => kept[index % kept.length])
      .sort();
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => seed[index % seed.length] ?? 0);
    const weights: Weights = {
      hashes,
      weights: Int8Array.from(numbers(hashes.length * OUTPUTS)),
      scales: Float32Array.from({ length: OUTPUTS }, (_, output) => (output + 1) / 1000),
      biases: Float32Array.from({ length: OUTPUTS }, (_, output) => output / 50 - 0.3),
      name: "x",
    };
    return { text, weights };
  });

describe("a reading", () => {
  it("is what the sums of the weights make of it, added one by one", () => {
    fc.assert(
      fc.property(learned, fc.boolean(), ({ text, weights }, hasLayer) => {
        const layer = { hashes: weights.hashes, weights: Float32Array.from(weights.weights, (one) => one / 300) };
        const model = hasLayer ? withLayer(openModel(weights), layer) : openModel(weights);
        const features = featuresOf(prepare(text));
        const value = 4 / Math.sqrt(features.length);
        const scores = Array.from({ length: OUTPUTS }, (_, output) => {
          const at = [...features].flatMap((one) => {
            const row = weights.hashes.indexOf(one);
            return row < 0 ? [] : [row * OUTPUTS + output];
          });
          const sum = at.reduce((all, place) => all + (weights.weights[place] ?? 0), 0);
          const own = sum * value * (weights.scales[output] ?? 0) + (weights.biases[output] ?? 0);
          return hasLayer ? own + at.reduce((all, place) => all + (layer.weights[place] ?? 0) * value, 0) : own;
        });
        const { acts, heads } = readWith(model, text);
        const whole = scores.slice(0, ACTS.length).reduce((all, score) => all + Math.exp(score), 0);
        for (const [index, act] of ACTS.entries())
          expect(acts[act]).toBeCloseTo(Math.exp(scores[index] ?? 0) / whole, 6);
        for (const [index, head] of HEADS.entries())
          expect(heads[head]).toBeCloseTo(1 / (1 + Math.exp(-(scores[ACTS.length + index] ?? 0))), 6);
        for (const head of HEADS) expect(shareWith(model, text, head)).toBe(heads[head]);
      }),
    );
  });
});
