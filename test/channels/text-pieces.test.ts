import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headOf, shorten, splitText } from "../../src/channels/text-pieces.ts";

const LIMIT = 1800;
const bytes = (text: string) => Buffer.byteLength(text);

describe("a long text", () => {
  it.each([
    ["a short one stays whole", "路灯。不亮", ["路灯。不亮"]],
    ["nothing gives nothing", "", []],
    ["600 Chinese characters fit", "路".repeat(600), ["路".repeat(600)]],
    ["a 601st does not", "路".repeat(601), ["路".repeat(600), "路"]],
    [
      "at the last sentence end that fits",
      `${"路".repeat(400)}。${"灯".repeat(100)}！${"坏".repeat(200)}`,
      [`${"路".repeat(400)}。${"灯".repeat(100)}！`, "坏".repeat(200)],
    ],
    ["at a line end", `${"路".repeat(400)}\n${"灯".repeat(300)}`, [`${"路".repeat(400)}\n`, "灯".repeat(300)]],
    [
      "after the marks that close a sentence",
      `${"路".repeat(400)}？！”${"灯".repeat(300)}`,
      [`${"路".repeat(400)}？！”`, "灯".repeat(300)],
    ],
    [
      "not between a sentence and the marks that close it",
      `${"路".repeat(300)}。${"灯".repeat(298)}！”坏`,
      [`${"路".repeat(300)}。`, `${"灯".repeat(298)}！”坏`],
    ],
    [
      "after a comma where no sentence ends",
      `${"路".repeat(400)}，${"灯".repeat(300)}`,
      [`${"路".repeat(400)}，`, "灯".repeat(300)],
    ],
    [
      "at a sentence end rather than a later comma",
      `${"路".repeat(400)}。${"灯".repeat(50)}，${"坏".repeat(300)}`,
      [`${"路".repeat(400)}。`, `${"灯".repeat(50)}，${"坏".repeat(300)}`],
    ],
    [
      "not at a sentence end so early that a message is wasted",
      `好。${"路".repeat(700)}`,
      [`好。${"路".repeat(598)}`, "路".repeat(102)],
    ],
    ["after a space in English", `${"word ".repeat(400)}`, ["word ".repeat(360), "word ".repeat(40)]],
  ])("is cut: %s", (_what, text, pieces) => {
    expect(splitText(text, LIMIT)).toEqual(pieces);
  });

  it("is never cut inside a family of emoji", () => {
    const family = "👨‍👩‍👧‍👦";
    for (const piece of splitText(family.repeat(200), LIMIT)) {
      expect(piece.replaceAll(family, "")).toBe("");
      expect(bytes(piece)).toBeLessThanOrEqual(LIMIT);
    }
  });

  it("of one letter under a thousand accents is cut between them", () => {
    const text = `e${"\u0301".repeat(3000)}`;
    const pieces = splitText(text, LIMIT);
    expect(pieces.join("")).toBe(text);
    expect(Math.max(...pieces.map(bytes))).toBeLessThanOrEqual(LIMIT);
  });

  it("loses nothing, exceeds nothing, and never breaks a surrogate pair", () => {
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.constantFrom("。", "，", "！”", "\n", " ", "路灯", "😀", "\u202E"),
    );
    const text = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join("").toWellFormed());
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 300 }), (whole, limit) => {
        const pieces = splitText(whole, limit);
        expect(pieces.join("")).toBe(whole);
        for (const part of pieces) {
          expect(part).not.toBe("");
          expect(bytes(part)).toBeLessThanOrEqual(limit);
          expect(part.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

describe("a text cut short", () => {
  it("shows that something is missing", () => {
    expect(shorten("abcdef", 6)).toBe("abcdef");
    expect(shorten("abcdefg", 6)).toBe("abcde…");
  });

  it("keeps graphemes whole", () => {
    expect(headOf("a😀", 2)).toBe("a");
    expect(headOf("e\u0301x", 1)).toBe("");
  });
});
