import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newest } from "../arrived.ts";
import { casesOf, say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
let folder: string;

beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  folder = await mkdtemp(join(tmpdir(), "liaison-answers-"));
});
afterAll(async () => {
  await shell.close();
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const answers = (...args: string[]) => shell.liaison("answers", ...args, "--county", "qinghe");
async function file(name: string, ...rows: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, ["编号,标题,问法,答复,类别,有效期起,有效期至", ...rows].join("\n"));
  return path;
}
const BOTH = ["--author", "丁一", "--reviewer", "丁二"];
const listed = async () => JSON.parse((await answers("--json")).out);

describe("liaison answers", () => {
  it("refuses a file with a sentence for each mistake, one person for both, and changes nothing", async () => {
    const bad = await file("bad.csv", "A 1,老年证,老年证怎么办,带身份证,,,2036-12-31", "A2,,办证,,ufo,,2020-01-01");
    const refused = await answers("import", bad, ...BOTH);
    expect(refused.status).toBe(1);
    expect(refused.err).toMatch(/bad\.csv:2: .*code/);
    expect(refused.err).toMatch(/bad\.csv:3: .*title/);
    const good = await file("one.csv", "A1,老年证,老年证怎么办,带身份证,,,2036-12-31");
    const alone = await answers("import", good, "--author", "丁一", "--reviewer", " 丁一");
    expect(alone.status).toBe(1);
    expect(alone.err).toContain("somebody else must review");
    expect((await answers("import", good)).status).toBe(2);
    const headless = join(folder, "headless.csv");
    await writeFile(headless, "编号,标题\nA1,老年证");
    expect((await answers("import", headless, ...BOTH)).err).toContain("lacks the column");
    expect(await listed()).toEqual([]);
  });

  it("puts answers into force, once, and says how each was taken", async () => {
    const good = await file("good.csv", "A1,老年证,老年证怎么办;老年证在哪里办,带身份证和照片,,,2036-12-31");
    expect(await answers("import", good, ...BOTH)).toMatchObject({ status: 0, out: "1\n" });
    expect(await answers("import", good, ...BOTH)).toMatchObject({ status: 0, out: "0\n" });
    const phone = service.phone("answers-command");
    await say(service, phone, "老年证怎么办？");
    expect(newest(phone)).toContain("带身份证和照片");
    await say(service, phone, "不是");
    const [one] = await casesOf(service, phone);
    expect(one).toMatchObject({ open: true });
    expect(await listed()).toMatchObject([
      {
        code: "A1",
        state: "in-force",
        author: "丁一",
        reviewer: "丁二",
        hits: 1,
        refusals: 1,
        validUntil: "2036-12-31",
      },
    ]);
    expect((await answers()).out).toContain("1 given, 1 refused");
    const figures = await shell.liaison("figures", "answered-at-once", "--json", "--county", "qinghe");
    expect(figures.status).toBe(0);
    expect(figures.out).toContain("answered-at-once-refused");
  });
});
