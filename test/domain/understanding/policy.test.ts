import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { understandResident } from "../../../src/domain/dialog/understand-resident.ts";
import { ACTS, type Act, HEADS, type Head } from "../../../src/domain/understanding/meaning.ts";
import type { Reading } from "../../../src/domain/understanding/model.ts";
import { type Context, decide, type Signs, type Thresholds } from "../../../src/domain/understanding/policy.ts";
import type { Reader } from "../../../src/domain/understanding/reader.ts";

const THRESHOLDS: Thresholds = {
  card: 0.5,
  cardWithSign: 0.06,
  line: 0.15,
  sealed: 0.4,
  sealedWithSign: 0.05,
  officeFirst: 0.1,
  officeFirstWithSign: 0.02,
  tellsOn: 0.5,
};
const DANGER_TIERS = [null, "line", "card"];
const ACCUSATION_TIERS = [null, "office-first", "sealed"];

const shares = fc
  .array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: ACTS.length, maxLength: ACTS.length })
  .map((values) => {
    const whole = values.reduce((sum, one) => sum + one ** 4, 0);
    return Object.fromEntries(ACTS.map((act, index) => [act, (values[index] ?? 0) ** 4 / whole])) as Record<
      Act,
      number
    >;
  });
const answers = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: HEADS.length, maxLength: HEADS.length })
  .map((values) => Object.fromEntries(HEADS.map((head, index) => [head, values[index]])) as Record<Head, number>);
const readings: fc.Arbitrary<Reading> = fc.record({ acts: shares, heads: answers });
const signs: fc.Arbitrary<Signs> = fc.record({
  hardDanger: fc.boolean(),
  danger: fc.boolean(),
  accusation: fc.boolean(),
});
const contexts: fc.Arbitrary<Context> = fc.record({
  verdictOpen: fc.boolean(),
  whereOpen: fc.boolean(),
  open: fc.nat(3),
  settledLately: fc.nat(2),
});
const heads = fc.constantFrom(...HEADS);
const share = fc.double({ min: 0, max: 1, noNaN: true });

function raised({ acts, heads: before }: Reading, head: Head, by: number): Reading {
  return { acts, heads: { ...before, [head]: before[head] + (1 - before[head]) * by } };
}

describe("the policy", () => {
  it("never lowers a tier where anything is more probable", () => {
    fc.assert(
      fc.property(readings, signs, contexts, heads, share, (reading, said, context, head, by) => {
        const [before, after] = [reading, raised(reading, head, by)].map((one) =>
          decide(one, said, context, THRESHOLDS),
        );
        expect(DANGER_TIERS.indexOf(after?.danger ?? null)).toBeGreaterThanOrEqual(
          DANGER_TIERS.indexOf(before?.danger ?? null),
        );
        expect(ACCUSATION_TIERS.indexOf(after?.accusation ?? null)).toBeGreaterThanOrEqual(
          ACCUSATION_TIERS.indexOf(before?.accusation ?? null),
        );
      }),
    );
  });

  it("never lowers a tier where a list of words finds one more sign", () => {
    fc.assert(
      fc.property(
        readings,
        signs,
        contexts,
        fc.constantFrom("danger", "accusation"),
        (reading, said, context, sign) => {
          const before = decide(reading, { ...said, [sign]: false }, context, THRESHOLDS);
          const after = decide(reading, { ...said, [sign]: true }, context, THRESHOLDS);
          expect(DANGER_TIERS.indexOf(after.danger)).toBeGreaterThanOrEqual(DANGER_TIERS.indexOf(before.danger));
          expect(ACCUSATION_TIERS.indexOf(after.accusation)).toBeGreaterThanOrEqual(
            ACCUSATION_TIERS.indexOf(before.accusation),
          );
        },
      ),
    );
  });

  it("gives the card where words of one reading name a danger, whatever the model says", () => {
    fc.assert(
      fc.property(readings, signs, contexts, (reading, said, context) => {
        expect(decide(reading, { ...said, hardDanger: true }, context, THRESHOLDS).danger).toBe("card");
      }),
    );
  });

  it("decides nothing by a sign of accusation alone", () => {
    fc.assert(
      fc.property(readings, contexts, ({ acts, heads: said }, context) => {
        const reading = { acts, heads: { ...said, accuses: 0, "tells-on": 0 } };
        const found = { hardDanger: false, danger: false, accusation: true };
        expect(decide(reading, found, context, THRESHOLDS).accusation).toBeNull();
      }),
    );
  });

  it("asks rather than to guess where every act would cost more than a question", () => {
    const acts = Object.fromEntries(ACTS.map((act) => [act, 1 / ACTS.length])) as Record<Act, number>;
    const none = Object.fromEntries(HEADS.map((head) => [head, 0])) as Record<Head, number>;
    const context = { verdictOpen: false, whereOpen: false, open: 1, settledLately: 0 };
    const said = { hardDanger: false, danger: false, accusation: false };
    const decision = decide({ acts, heads: none }, said, context, THRESHOLDS);
    expect([decision.act, decision.likely.length]).toEqual([null, 3]);
  });
});

describe("what follows from any reading", () => {
  const TEXT = "那我看这事儿先放一放再说吧";
  const readerOf = (reading: Reading): Reader => ({
    ...{ name: "any", hash: "any", thresholds: THRESHOLDS },
    ...{
      read: () => reading,
      shareOf: (_, head) => reading.heads[head],
      reasonsFor: () => [],
      withLayer: () => readerOf(reading),
    },
  });
  const meaningOf = (reading: Reading, context: Context) =>
    understandResident(TEXT, { state: {}, now: new Date("2026-11-24T08:00:00+08:00"), context }, readerOf(reading))
      .meaning;

  it("withdraws no open case and deletes nothing without a yes", () => {
    fc.assert(
      fc.property(readings, contexts, fc.constantFrom<Act>("withdraw", "delete-my-data"), (reading, context, act) => {
        const sure = { acts: { ...reading.acts, [act]: 1000 }, heads: reading.heads };
        for (const one of [reading, sure]) {
          const meaning = meaningOf(one, { ...context, open: context.open + 1 });
          const isDone = meaning.kind === "command" && ["withdraw", "delete-my-data"].includes(meaning.command);
          expect(isDone).toBe(false);
        }
      }),
    );
  });

  it("is at most one question, of two or three things that differ", () => {
    fc.assert(
      fc.property(readings, contexts, (reading, context) => {
        const meaning = meaningOf(reading, context);
        if (meaning.kind !== "unsure") return;
        expect(new Set(meaning.options).size).toBe(meaning.options.length);
        expect([2, 3]).toContain(meaning.options.length);
      }),
    );
  });

  it("is never a verdict that nobody asked for", () => {
    fc.assert(
      fc.property(readings, contexts, (reading, context) => {
        expect(meaningOf(reading, { ...context, verdictOpen: false }).kind).not.toBe("rating");
      }),
    );
  });
});
