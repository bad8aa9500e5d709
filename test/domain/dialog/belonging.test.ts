import { describe, expect, it } from "vitest";
import { awaits, belongsTo, type OwnCase, type Utterance } from "../../../src/domain/dialog/belonging.ts";

const NOW = new Date("2026-11-23T04:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const DAY = 86_400;

const own = (number: string, change: Partial<OwnCase> = {}): OwnCase => ({
  number,
  state: "assigned",
  grid: "G1",
  residentSpokeAt: ago(3600),
  closedAt: null,
  placeIsGuess: false,
  deputySpoke: null,
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

describe("a deputy's words", () => {
  it.each<[string, number, OwnCase["deputySpoke"]]>([
    ["请问是几号楼？", 13 * DAY, "asks"],
    ["请问是几号楼？", 15 * DAY, null],
    ["麻烦拍张照片，请发给我", DAY, "asks"],
    ["Which building is it", DAY, "asks"],
    ["已联系供电所，明天来修", DAY / 2, "tells"],
    ["已联系供电所，明天来修", 2 * DAY, null],
  ])("%s after %i seconds: %s", (text, age, expected) => {
    expect(awaits(text, ago(age), NOW)).toBe(expected);
  });
});

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
      "back to the place of a case before the last, in the same breath, joins that one",
      says("matter", "G1"),
      [own("1", { residentSpokeAt: ago(40) }), own("2", { grid: "G2", residentSpokeAt: ago(20) })],
      joins("1", true),
    ],
    [
      "words without a place join the last one of the same breath",
      says("matter"),
      [own("1", { residentSpokeAt: ago(40) }), own("2", { grid: "G2", residentSpokeAt: ago(20) })],
      joins("2", true),
    ],
    [
      "a place named after the case went where the resident lives joins it",
      says("matter", "G2"),
      [own("1", { placeIsGuess: true, residentSpokeAt: ago(20) })],
      joins("1", true),
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
    [
      "vague words that name another place go on with the only case",
      { ...says("follow-up", "G2"), isVague: true },
      [own("1")],
      joins("1"),
    ],
    [
      "vague words that name another place answer the deputy",
      { ...says("matter", "G2"), isVague: true },
      [own("1", { deputySpoke: "tells" })],
      joins("1"),
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
      [own("1", { state: "answered", deputySpoke: "tells" })],
      joins("1"),
    ],
    [
      "unless it names a place: then it is something else",
      says("matter", "G2"),
      [own("1", { state: "answered", deputySpoke: "tells" })],
      { kind: "new" },
    ],
    [
      "the deputy asked which building: its name is the answer",
      says("matter", "G1"),
      [own("1", { state: "answered", deputySpoke: "asks" })],
      joins("1"),
    ],
    [
      "the deputy asked, and another grid is named: something else",
      says("matter", "G2"),
      [own("1", { state: "answered", deputySpoke: "asks" })],
      { kind: "new" },
    ],
    [
      "two deputies asked: which one is answered is asked back",
      says("matter"),
      [
        own("1", { state: "answered", deputySpoke: "asks" }),
        own("2", { state: "answered", deputySpoke: "asks", residentSpokeAt: ago(DAY) }),
      ],
      { kind: "unclear", numbers: ["1", "2"] },
    ],
  ])("%s", (_name, utterance, cases, expected) => {
    expect(belongsTo(utterance, cases, NOW)).toEqual(expected);
  });
});
