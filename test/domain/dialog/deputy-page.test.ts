import { describe, expect, it } from "vitest";
import { understandDeputy } from "../../../src/domain/dialog/understand-deputy.ts";

const own = [{ number: "2026-000012", isOpen: true }];
const page = (number: string | null, text = "") => ({ kind: "page", number, text });

describe("a deputy who asks for a page", () => {
  it.each([
    ["网页 12", page("12")],
    ["网页12", page("12")],
    ["网页 12号", page("12")],
    ["12号网页", page("12")],
    ["网页", page(null)],
    ["网页。", page(null)],
    ["網頁 12", page("12")],
    ["page 12", page("12")],
    ["Page", page(null)],
  ])("%s", (text, meaning) => {
    expect(understandDeputy(text, "2026-11-27", own)).toMatchObject(meaning);
  });

  it.each(["网页打不开", "网页上说今天停水", "page not found"])("is not heard in: %s", (text) => {
    expect(understandDeputy(text, "2026-11-27", own)).toEqual({ kind: "words" });
  });
});
