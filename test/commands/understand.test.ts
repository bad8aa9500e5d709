import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesOf, onlyCase, say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;

const understand = (...args: string[]) => shell.liaison("understand", ...args, "--county", "qinghe");

beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  const phone = service.phone("poster");
  await say(service, phone, "专业贴膜开锁,加微信\n电话13700002222", "辛苦你们啦,感谢");
});

afterAll(async () => {
  await shell.close();
  await service.close();
});

describe("liaison understand", () => {
  it("lists what became no case, one line each, masked, and the counts", async () => {
    const { status, out, err } = await understand("unread");
    expect([status, err]).toEqual([0, ""]);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^\* {2}\d+ {2}\S+Z {2}thanks {2}「辛苦你们啦,感谢」$/);
    expect(lines[1]).toMatch(/^\* {2}\d+ {2}\S+Z {2}spam {2}「专业贴膜开锁.*」$/);
    expect(lines.slice(2)).toEqual(["thanks: 1", "spam: 1"]);
    expect(out).not.toContain("13700002222");
  });

  it("gives the same as JSON, with what decided", async () => {
    const { out } = await understand("unread", "--json", "--days", "30");
    const { counts, messages } = JSON.parse(out);
    expect(counts).toEqual({ thanks: 1, spam: 1 });
    expect(messages[1]).toMatchObject({
      kind: "spam",
      act: "spam",
      rule: "costs",
      inSample: true,
      openedBy: null,
      case: null,
    });
    expect(messages[1].because.length).toBeGreaterThan(0);
    expect(out).not.toContain("13700002222");
    expect(await understand("unread", "--days", "0")).toMatchObject({ status: 2 });
  });

  it("opens one, prints its number, and does nothing more the second time", async () => {
    const { messages } = JSON.parse((await understand("unread", "--json")).out);
    const { id } = messages[1];
    expect(await understand("open", id)).toMatchObject({ status: 2 });
    const phone = service.phone("poster");
    const opened = await understand("open", id, "--by", "何");
    const { number } = await onlyCase(service, phone);
    expect(opened).toEqual({ status: 0, out: `${number}\n`, err: "" });
    const again = await understand("open", id, "--by", "别人");
    expect(again).toEqual({ status: 0, out: `${number}\n`, err: expect.stringContaining("before") });
    expect(await casesOf(service, phone)).toHaveLength(1);
    expect((await understand("unread")).out).toMatch(new RegExp(`spam .* case ${number} by 何\n`));
    expect(await understand("open", "404404", "--by", "何")).toMatchObject({ status: 1, out: "" });
  });

  it("counts what was decided wrongly", async () => {
    expect(await understand("corrections")).toEqual({ status: 0, out: "spam → matter  1  of 1 person\n", err: "" });
    expect(JSON.parse((await understand("corrections", "--json")).out)).toEqual([
      { decided: "spam", was: "matter", count: 1, people: 1 },
    ]);
  });
});
