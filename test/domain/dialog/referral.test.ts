import { describe, expect, test } from "vitest";
import { type ReferralTarget, referralIn } from "../../../src/domain/dialog/referral.ts";

const TAKERS: readonly ReferralTarget[] = [
  { kind: "unit", code: "U1", name: "县住建局" },
  { kind: "unit", code: "U12", name: "县城管局" },
  { kind: "unit", code: "U3", name: "县城管局东关中队" },
  { kind: "deputy", code: "D2", name: "李秀英" },
  { kind: "deputy", code: "D3", name: "王建国" },
  { kind: "deputy", code: "D4", name: "王建国" },
  { kind: "deputy", code: "D9", name: "阿依古丽·买买提" },
  { kind: "deputy", code: "D10", name: "徐乾" },
  { kind: "deputy", code: "D11", name: "陈Tony" },
  { kind: "unit", code: "U4", name: "河道·乾渠管理所" },
  { kind: "unit", code: "U5", name: "人力资源和社会保障局" },
  { kind: "unit", code: "U6", name: "清河县卫生健康委员会" },
];

describe("whom a case is passed on to", () => {
  test.each([
    ["U1，该住建局管", "U1", "该住建局管"],
    ["u12 油烟归他们", "U12", "油烟归他们"],
    ["Ｕ１：车库漏水", "U1", "车库漏水"],
    ["县住建局，车库漏水归他们管", "U1", "车库漏水归他们管"],
    ["给县住建局 车库漏水", "U1", "车库漏水"],
    ["住建局，车库漏水", "U1", "车库漏水"],
    ["縣住建局，車庫漏水", "U1", "車庫漏水"],
    ["县城管局东关中队，夜市太吵", "U3", "夜市太吵"],
    ["李秀英，她熟悉", "D2", "她熟悉"],
    ["李秀英代表，她熟悉", "D2", "她熟悉"],
    ["D2", "D2", ""],
    ["阿依古丽买买提", "D9", ""],
    ["给阿依古丽 • 买买提代表，她熟悉", "D9", "她熟悉"],
    ["徐乾隆重推荐", "D10", "隆重推荐"],
    ["徐幹，他熟悉", "D10", "他熟悉"],
    ["陳ＴＯＮＹ：他熟悉", "D11", "他熟悉"],
    ["河道干渠管理所，淤了", "U4", "淤了"],
    ["干渠管理所，淤了", "U4", "淤了"],
    ["to D2, she knows it", "D2", "she knows it"],
    ["人社局，社保卡的事", "U5", "社保卡的事"],
    ["卫健委", "U6", ""],
    ["住建局来处理", "U1", "来处理"],
    ["城管局东关中队去看看吧", "U3", "去看看吧"],
  ])("%s", (words, code, reason) => {
    const referral = referralIn(words, TAKERS);
    expect(referral.meant.map((taker) => taker.code)).toEqual([code]);
    expect(referral.reason).toBe(reason);
  });

  test.each([
    ["王建国，他熟悉", ["D3", "D4"], "王建国"],
    ["城管局，油烟", ["U12", "U3"], "城管局"],
    ["U123，油烟", [], "u123"],
    ["该归谁管谁管", [], "该归谁管谁管"],
    ["局", [], "局"],
    ["，", [], ""],
  ])("is not guessed: %s", (words, codes, typed) => {
    const referral = referralIn(words, TAKERS);
    expect(referral.meant.map((taker) => taker.code)).toEqual(codes);
    expect(referral.typed).toBe(typed);
  });
});
