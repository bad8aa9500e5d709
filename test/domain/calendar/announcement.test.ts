import { describe, expect, it } from "vitest";
import { readAnnouncement } from "../../../src/domain/calendar/announcement.ts";

const read = (text: string, year = 2027) =>
  readAnnouncement(text, year).entries.map(({ from, to, mark }) => [from, to, mark]);

describe("an announcement of days off", () => {
  it.each([
    ["元旦：1月1日（周五）至3日（周日）放假，共3天。", [["2027-01-01", "2027-01-03", "rest"]]],
    [
      "春节：2月5日（农历腊月二十九、周五）至11日放假调休，共7天。2月14日（周日）、20日（周六）上班。",
      [
        ["2027-02-05", "2027-02-11", "rest"],
        ["2027-02-14", "2027-02-14", "work"],
        ["2027-02-20", "2027-02-20", "work"],
      ],
    ],
    ["2026年12月31日至2027年1月2日放假", [["2026-12-31", "2027-01-02", "rest"]]],
    [
      "国庆节:10月1日至7日放假;9月26日(周日)补班",
      [
        ["2027-10-01", "2027-10-07", "rest"],
        ["2027-09-26", "2027-09-26", "work"],
      ],
    ],
    [
      "2027-02-05..2027-02-11 放假\n2027-02-14 work",
      [
        ["2027-02-05", "2027-02-11", "rest"],
        ["2027-02-14", "2027-02-14", "work"],
      ],
    ],
  ])("gives its days: %s", (text, days) => {
    expect(read(text)).toEqual(days);
  });

  it.each(["2月30日放假", "值班安排另见附件3", "13月1日上班", "电话010-12345"])(
    "leaves what it cannot read to whoever pasted it: %s",
    (text) => {
      expect(readAnnouncement(text, 2027)).toEqual({ entries: [], unread: [text] });
    },
  );

  it("says nothing of sentences without a number", () => {
    expect(readAnnouncement("节假日期间，请妥善安排好值班。", 2027)).toEqual({ entries: [], unread: [] });
  });
});
