import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
let lamp: string;

beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  const deputy = await service.deputy("D001");
  const resident = service.phone("lamp");
  await say(service, resident, "柳东村三组路灯坏了");
  await say(service, deputy, "办结 1 换好了");
  await say(service, resident, "满意");
  await say(service, service.phone("accuser"), "我们网格的王代表收了物业的好处,跟他反映多少次都不办");
  await say(service, service.phone("neighbour", "baishi"), "石桥村一组水管漏水");
  lamp = `${new Date().getFullYear()}-000001`;
});
afterAll(async () => {
  await shell.close();
  await service.close();
});

const figures = async (...args: string[]) => {
  const { status, out, err } = await shell.liaison("figures", ...args, "--json", "--county", "qinghe");
  expect([status, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

describe("liaison figures", () => {
  it("counts a group of figures with the cases behind each, and says how", async () => {
    const told = await figures("three-claims", "--cases");
    const of = (code: string) => told.figures.find((one: { code: string }) => one.code === code);
    expect(of("resident-confirmed")).toMatchObject({ value: 1, of: 1, unit: "cases", cases: [lamp], among: [lamp] });
    expect(of("deputy-closed")).toMatchObject({ value: 1, cases: [lamp] });
    expect(of("unit-said-done")).toMatchObject({ value: 0, of: 1, cases: [] });
    expect(told.method.map((one: { code: string }) => one.code)).toEqual(
      told.figures.map((one: { code: string }) => one.code),
    );
  });

  it("leaves out what is sealed and what is of another county", async () => {
    const { figures: found } = await figures("received", "--cases");
    expect(found).toEqual([
      { code: "received", value: 1, of: 1, before: null, unit: "cases", cases: [lamp], among: [lamp] },
    ]);
  });

  it("tells figures apart by a part, and by days", async () => {
    const byDeputy = await figures("received", "--by", "deputy");
    expect(byDeputy.figures).toMatchObject([{ key: "D001", value: 1 }]);
    const earlier = await figures("received", "--from", "2020-01-01", "--until", "2020-12-31");
    expect(earlier.figures).toMatchObject([{ value: 0 }]);
  });

  it("prints a line for each figure and how it is computed", async () => {
    const { status, out } = await shell.liaison("figures", "open", "--county", "qinghe");
    expect([status, out.split("\n")[0]]).toEqual([0, "open  0 of 1"]);
    expect(out).toContain("leaves out");
  });

  it.each([
    [["nothing"]],
    [["open", "--from", "2026-13-01"]],
    [["open", "--from", "2026-02-01", "--until", "2026-01-01"]],
    [["open", "--by", "mood"]],
    [[]],
  ])("refuses %j with status 2", async (args) => {
    const { status, err } = await shell.liaison("figures", ...args, "--county", "qinghe");
    expect([status, err === ""]).toEqual([2, false]);
  });
});
