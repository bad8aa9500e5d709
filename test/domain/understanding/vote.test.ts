import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { understandResident } from "../../../src/domain/dialog/understand-resident.ts";
import { ACTS, type Act, HEADS } from "../../../src/domain/understanding/meaning.ts";
import type { Context } from "../../../src/domain/understanding/policy.ts";
import type { Reader } from "../../../src/domain/understanding/reader.ts";
import { DEGREES, decidedBy, readVote, type Vote } from "../../../src/domain/understanding/vote.ts";

const vote = (act: Act, more: Partial<Vote> = {}): Vote => ({ act, danger: "no", accuses: "no", ...more });

describe("a vote is read", () => {
  test("where it is exactly what the schema says", () => {
    expect(readVote(' {"accuses":"no","act":"adds","danger":"maybe"}\n')).toEqual(vote("adds", { danger: "maybe" }));
  });

  test.each([
    ["", "nothing"],
    ["null", "no object"],
    ["[]", "a list"],
    ['"matter"', "a word"],
    ['{"act":"matter","danger":"no"}', "too little"],
    ['{"act":"matter","danger":"no","accuses":"no","reply":"已办结"}', "too much"],
    ['{"act":"close-case","danger":"no","accuses":"no"}', "an act that there is not"],
    ['{"act":"matter","danger":false,"accuses":"no"}', "another type"],
    ['{"act":["matter"],"danger":"no","accuses":"no"}', "a list of acts"],
    ['{"act":"constructor","danger":"no","accuses":"no"}', "the name of a property of every object"],
    ['```json\n{"act":"matter","danger":"no","accuses":"no"}\n```', "talk around it"],
    ['{"act":"matter","danger":"no","accuses":"no"} 请把这件事办结', "something behind it"],
  ])("and nowhere else: %s (%s)", (text) => {
    expect(readVote(text)).toBeNull();
  });
});

describe("a vote decides", () => {
  test("between something new and going on, in whatever words it says so", () => {
    const options: readonly Act[] = ["matter", "adds"];
    expect(decidedBy(vote("suggestion"), options)).toBe("matter");
    expect(decidedBy(vote("urge"), options)).toBe("adds");
    expect(decidedBy(vote("matter"), ["matter", "status", "service-question"])).toBe("matter");
  });

  test("nothing that was not offered, nothing that would only be shown, and nothing where a withdrawal or a deletion may be meant", () => {
    expect(decidedBy(vote("adds"), ["matter", "status", "service-question"])).toBeNull();
    expect(decidedBy(vote("status"), ["matter", "status", "service-question"])).toBeNull();
    for (const act of ACTS) {
      expect(decidedBy(vote(act), ["withdraw", "adds"])).toBeNull();
      expect(decidedBy(vote(act), ["delete-my-data", "matter"])).toBeNull();
    }
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const readings = fc.record({
  acts: fc.array(share, { minLength: ACTS.length, maxLength: ACTS.length }),
  // Tiers would hide the questions, were they as frequent.
  heads: fc.array(fc.oneof({ weight: 19, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: share }), {
    minLength: HEADS.length,
    maxLength: HEADS.length,
  }),
});
const contexts: fc.Arbitrary<Context> = fc.record({
  verdictOpen: fc.boolean(),
  whereOpen: fc.boolean(),
  open: fc.nat(2),
  settledLately: fc.nat(2),
});
const mostlyNo = fc.oneof({ weight: 3, arbitrary: fc.constant("no" as const) }, fc.constantFrom(...DEGREES));
const votes: fc.Arbitrary<Vote> = fc.record({
  act: fc.oneof(fc.constantFrom(...ACTS), fc.constantFrom<Act>("matter", "adds")),
  danger: mostlyNo,
  accuses: mostlyNo,
});
const texts = fc.constantFrom(
  "那个怎么说",
  "还是老样子呀",
  "煤气漏了一屋子",
  "王书记收了人家的钱",
  "不用管啦",
  "进度",
  "x",
);

function readerOf({ acts, heads }: { acts: readonly number[]; heads: readonly number[] }): Reader {
  const whole = acts.reduce((sum, one) => sum + one, 0) || 1;
  const reading = {
    acts: Object.fromEntries(ACTS.map((act, index) => [act, (acts[index] ?? 0) / whole])),
    heads: Object.fromEntries(HEADS.map((head, index) => [head, heads[index] ?? 0])),
  } as ReturnType<Reader["read"]>;
  const reader: Reader = {
    name: "any",
    hash: "any",
    thresholds: {
      ...{ card: 0.5, cardWithSign: 0.1, line: 0.15 },
      ...{ sealed: 0.5, sealedWithSign: 0.3, officeFirst: 0.15, officeFirstWithSign: 0.1, tellsOn: 0.5 },
    },
    read: () => reading,
    shareOf: (_text, head) => reading.heads[head],
    reasonsFor: () => [],
    withLayer: () => reader,
  };
  return reader;
}

const DANGER = [null, "line", "card"];
const ACCUSATION = [null, "office-first", "sealed"];

describe("whatever another model says", () => {
  test("no tier is lowered, and only a question gives way, to nothing but a new matter or words that go on", () => {
    const seen = { decided: 0, raised: 0, unused: 0 };
    fc.assert(
      fc.property(texts, readings, contexts, votes, (text, numbers, context, cast) => {
        const reader = readerOf(numbers);
        const situation = { state: {}, now: new Date("2026-11-24T08:00:00+08:00"), context };
        const without = understandResident(text, situation, reader);
        const voted = understandResident(text, { ...situation, vote: cast }, reader);
        seen[voted.vote!] += 1;
        expect(DANGER.indexOf(voted.why.danger)).toBeGreaterThanOrEqual(DANGER.indexOf(without.why.danger));
        expect(ACCUSATION.indexOf(voted.why.accusation)).toBeGreaterThanOrEqual(
          ACCUSATION.indexOf(without.why.accusation),
        );
        if (without.isForOfficeFirst) expect(voted.isForOfficeFirst || voted.why.accusation === "sealed").toBe(true);
        if (without.hintsAtDanger) expect(voted.hintsAtDanger || voted.meaning.kind === "emergency").toBe(true);
        const raised = voted.meaning.kind === "emergency" || voted.meaning.kind === "accusation";
        if (raised && without.meaning.kind !== voted.meaning.kind) {
          expect(cast.danger === "yes" || cast.accuses === "yes").toBe(true);
        } else if (without.meaning.kind === "unsure") {
          expect(["unsure", "matter", "follow-up"]).toContain(voted.meaning.kind);
        } else if (!raised) {
          expect(voted.meaning).toEqual(without.meaning);
        }
      }),
      { numRuns: 1200 },
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(10);
  });

  test("a vote of “no” beside its act changes nothing but the question", () => {
    fc.assert(
      fc.property(texts, readings, contexts, fc.constantFrom(...ACTS), (text, numbers, context, act) => {
        const reader = readerOf(numbers);
        const situation = { state: {}, now: new Date("2026-11-24T08:00:00+08:00"), context };
        const without = understandResident(text, situation, reader);
        const voted = understandResident(text, { ...situation, vote: vote(act) }, reader);
        if (without.meaning.kind === "unsure") return;
        expect(voted.meaning).toEqual(without.meaning);
        expect({ ...voted.why, because: null }).toEqual({ ...without.why, because: null });
      }),
      { numRuns: 1000 },
    );
  });
});
