import { describe, expect, it } from "vitest";
import { belongsTo, type OwnCase, type Utterance } from "../../src/domain/belonging.ts";

const NOW = new Date("2026-11-23T04:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const DAY = 86_400;

const own = (number: string, change: Partial<OwnCase> = {}): OwnCase => ({
  number,
  state: "assigned",
  grid: "G1",
  residentSpokeAt: ago(3600),
  closedAt: null,
  deputySpokeLast: false,
  ...change,
});
const closed = (number: string, daysAgo: number): OwnCase =>
  own(number, { state: "closed", closedAt: ago(daysAgo * DAY), residentSpokeAt: ago(daysAgo * DAY + 60) });
const says = (form: Utterance["form"], namedGrid: string | null = null): Utterance => ({
  form,
  namedGrid,
  namesPlace: namedGrid !== null,
});
const joins = (number: string, quietly = false) => ({ kind: "joins", number, quietly });

describe("to which case words belong", () => {
  it.each<[string, Utterance, OwnCase[], unknown]>([
    ["a first matter is new", says("matter"), [], { kind: "new" }],
    ["the same breath joins quietly", says("matter"), [own("1", { residentSpokeAt: ago(59) })], joins("1", true)],
    [
      "a minute later it is a matter of its own",
      says("matter"),
      [own("1", { residentSpokeAt: ago(61) })],
      { kind: "new" },
    ],
    [
      "another grid named in the same breath is another matter",
      says("matter", "G2"),
      [own("1", { residentSpokeAt: ago(20) })],
      { kind: "new" },
    ],
    [
      "the place of a case that waits for its place joins it",
      says("matter", "G2"),
      [own("1", { grid: null, residentSpokeAt: ago(20) })],
      joins("1", true),
    ],
    ["still not fixed: the closed case", says("follow-up"), [closed("1", 5)], joins("1")],
    [
      "still not fixed: the closed one rather than the one nobody answered",
      says("follow-up"),
      [own("2"), closed("1", 5)],
      joins("1"),
    ],
    [
      "still not fixed with two closed ones is asked back",
      says("follow-up"),
      [closed("1", 9), closed("2", 5)],
      { kind: "unclear", numbers: ["2", "1"] },
    ],
    [
      "the place in the words tells which",
      says("follow-up", "G2"),
      [closed("1", 9), { ...closed("2", 5), grid: "G2" }],
      joins("2"),
    ],
    ["nobody came yet: the only open case", says("follow-up"), [own("1")], joins("1")],
    ["a case closed long ago is not revived", says("follow-up"), [closed("1", 61)], { kind: "new" }],
    ["follow-up with no case at all is a new matter", says("follow-up"), [], { kind: "new" }],
    [
      "a photo minutes after the words",
      says("media"),
      [own("1", { residentSpokeAt: ago(300) }), own("2", { residentSpokeAt: ago(DAY) })],
      joins("1"),
    ],
    [
      "a photo that fits two",
      says("media"),
      [own("1", { residentSpokeAt: ago(300) }), own("2", { residentSpokeAt: ago(400) })],
      { kind: "unclear", numbers: ["1", "2"] },
    ],
    ["a photo days after the only open case", says("media"), [own("1", { residentSpokeAt: ago(2 * DAY) })], joins("1")],
    ["a photo with nothing open", says("media"), [closed("1", 1)], { kind: "new" }],
    ["a place by itself, hours later, starts something new", says("location"), [own("1")], { kind: "new" }],
    [
      "what is said after the deputy asked is the answer",
      says("matter"),
      [own("1", { state: "answered", deputySpokeLast: true })],
      joins("1"),
    ],
    [
      "unless it names a place: then it is something else",
      says("matter", "G2"),
      [own("1", { state: "answered", deputySpokeLast: true })],
      { kind: "new" },
    ],
  ])("%s", (_name, utterance, cases, expected) => {
    expect(belongsTo(utterance, cases, NOW)).toEqual(expected);
  });
});
