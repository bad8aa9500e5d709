import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
let folder: string;

beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  folder = await mkdtemp(join(tmpdir(), "liaison-clocks-"));
});
afterAll(async () => {
  await shell.close();
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const clocks = (...args: string[]) => shell.liaison("clocks", ...args, "--county", "qinghe");
async function file(name: string, ...rows: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, ["类别,时限,数,单位,依据", ...rows].join("\n"));
  return path;
}
const listed = async () => JSON.parse((await clocks("--json")).out);

describe("liaison clocks", () => {
  it("lists the rules that the service brings along, each with its source", async () => {
    const rules = await listed();
    expect(rules).toContainEqual(expect.objectContaining({ kind: "reply", category: null, amount: 5, author: null }));
    expect(rules.every(({ source }: { source: string }) => source !== "")).toBe(true);
    expect((await clocks()).out).toContain(
      "petition_notice  all  15 days  《信访工作条例》第二十三条  the service's own",
    );
  });

  it("refuses a file with a sentence for each mistake, and changes nothing", async () => {
    const before = await listed();
    const bad = await file(
      "bad.csv",
      ",答复,0,工作日,县规定",
      "ufo,办结,1000,天,县规定",
      "roads,办结,7,天,",
      "roads,办结,7,天,甲",
      "roads,办结,8,天,乙",
    );
    for (const args of [
      ["check", bad],
      ["publish", bad, "--author", "王芳", "--reviewer", "李强"],
    ]) {
      const { status, err } = await clocks(...args);
      expect(status).toBe(1);
      for (const row of [2, 3, 4, 6]) expect(err).toContain(`bad.csv:${row}: `);
    }
    expect(await listed()).toEqual(before);
    expect((await clocks("check", join(folder, "none.csv"))).status).toBe(1);
  });

  it("publishes what somebody else reviewed, for cases from now on; those before keep theirs", async () => {
    const resident = service.phone("lamp");
    await say(service, resident, "柳东村三组路灯坏了");
    const good = await file("good.csv", ",答复,9,工作日,清河县2026年第8号决定");
    expect((await clocks("check", good)).status).toBe(0);
    expect((await clocks("publish", good, "--author", "王芳", "--reviewer", "王芳")).status).toBe(1);
    const { status, out } = await clocks("publish", good, "--author", "王芳", "--reviewer", "李强");
    expect([status, out.trim()]).toEqual([0, "1"]);
    expect((await clocks("publish", good, "--author", "王芳", "--reviewer", "李强")).err).toContain("never changed");
    await say(service, service.phone("well"), "柳东村一组井盖没了");
    const year = dayIn(new Date(), "Asia/Shanghai").slice(0, 4);
    const of = async (number: string) =>
      JSON.parse((await shell.liaison("case", number, "--json", "--county", "qinghe")).out);
    const [first, second] = [await of(`${year}-000001`), await of(`${year}-000002`)];
    expect(first.clocks.map(({ kind, state, source }: Record<string, string>) => [kind, state, source])).toEqual([
      ["reply", "running", "本县规定"],
      ["result", "running", "本县规定"],
    ]);
    expect(second.clocks[0]).toMatchObject({ kind: "reply", source: "清河县2026年第8号决定", pausedDays: 0 });
    expect(second.dueOn > first.dueOn).toBe(true);
    expect([first.waitsOn, first.escalation]).toEqual(["deputy", 0]);
    expect(await listed()).toContainEqual(expect.objectContaining({ kind: "reply", amount: 9, reviewer: "李强" }));
  });
});
