import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import readXlsx from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { defused } from "../../src/casework/import/spreadsheet/defused.ts";
import { arrived } from "../arrived.ts";
import { onlyCase, say } from "../journeys/resident.ts";
import { startService, type TestService } from "../service.ts";
import { type CommandLine, commandLine } from "./liaison.ts";

let service: TestService;
let shell: CommandLine;
let lamp: string;

const RULES = {
  name: "草案",
  rules: [
    {
      id: "lamps",
      when: { in: ["路灯", { var: "text" }] },
      then: { assign: { deputy: "D009" } },
      reason: "=HYPERLINK()",
      owner: "办公室",
    },
  ],
  otherwise: { assign: { grid: true } },
};

const liaison = (...args: string[]) => shell.liaison(...args, "--county", "qinghe");
const file = async (name: string, content: string) => {
  await writeFile(join(shell.folder, name), content);
  return name;
};

beforeAll(async () => {
  service = await startService();
  shell = await commandLine(service.ownerUrl);
  const phone = service.phone("lamp");
  await say(service, phone, "柳东村一组路灯坏了");
  lamp = (await onlyCase(service, phone)).number;
  await file("rules.json", JSON.stringify(RULES));
});

afterAll(async () => {
  await shell.close();
  await service.close();
});

describe("liaison rules dry-run", () => {
  it("prints the contract's JSON", async () => {
    const { status, out, err } = await liaison("rules", "dry-run", "rules.json", "--json");
    expect([status, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toMatchObject({
      messages: 1,
      moved: 1,
      nobody: 0,
      perRule: { lamps: 1, otherwise: 0 },
      differences: [{ case: lamp, from: "D003", to: "D009", rule: "lamps" }],
    });
  });

  it("tells people what would change, and writes a workbook", async () => {
    const { status, out } = await liaison(
      "rules",
      "dry-run",
      "rules.json",
      "--excel",
      "run.xlsx",
      "--since",
      "2020-01-01",
    );
    expect(status).toBe(0);
    expect(out).toContain("1 would have gone to somebody else than they did");
    expect(out).toContain(`D003 → D009, by lamps: 1, ${lamp}`);
    const sheets = await readXlsx(join(shell.folder, "run.xlsx"));
    expect(sheets.map(({ sheet }) => sheet)).toEqual(["Summary", "Rules", "Load", "Differences"]);
    expect(sheets[3]?.data[1]).toEqual([lamp, "D003", "D009", "lamps"]);
  });

  it.each<[string, string, string[], number, RegExp]>([
    ["a day that is none", "rules.json", ["--since", "2026-02-30"], 2, /2026-02-30 is no day/],
    ["no file", "nothing.json", [], 1, /cannot be read/],
    ["no JSON", "broken.json", [], 1, /JSON/],
    ["an unknown variable", "unknown.json", [], 1, /rules\[0\]\.when/],
  ])("refuses %s", async (_what, name, options, expected, sentence) => {
    await file("broken.json", "{");
    const [rule] = RULES.rules;
    await file(
      "unknown.json",
      JSON.stringify({ ...RULES, rules: [{ ...rule, when: { "==": [{ var: "openid" }, "x"] } }] }),
    );
    const { status, out, err } = await liaison("rules", "dry-run", name, ...options);
    expect([status, out]).toEqual([expected, ""]);
    expect(err).toMatch(sentence);
  });
});

test("a cell that a spreadsheet would take for a formula is a text", () => {
  for (const sign of ["=", "+", "-", "@", "\t", "\r"]) expect(defused(`${sign}1+1`)).toBe(`'${sign}1+1`);
  for (const text of ["\u200b=1+1", "\u001b\u202e@SUM(A1)", " ＝1+1"]) expect(defused(text)).toMatch(/^' ?[=@＝]/);
  expect(defused("路\u202e灯")).toBe("路灯");
  expect(defused("路灯")).toBe("路灯");
});

describe("liaison rules suggest", () => {
  it("has nothing to offer for a case that nobody moved", async () => {
    const { status, out, err } = await liaison("rules", "suggest", lamp);
    expect([status, out]).toEqual([1, ""]);
    expect(err).toContain("was not moved by hand");
    await expect(stat(join(shell.folder, "suggested.json"))).rejects.toThrow();
  });
});

describe("liaison case move", () => {
  it.each<[string, string[], number, RegExp]>([
    ["no target", [], 2, /exactly one/],
    ["two targets", ["--deputy", "D009", "--office"], 2, /exactly one/],
  ])("wants one target, not %s", async (_what, targets, expected, sentence) => {
    const { status, err } = await liaison("case", "move", lamp, "--by", "林", ...targets);
    expect(status).toBe(expected);
    expect(err).toMatch(sentence);
  });

  it("refuses a number that is none", async () => {
    const { status, err } = await liaison("case", "move", "999999", "--office", "--by", "林");
    expect([status, err]).toEqual([1, expect.stringContaining("no case 999999")]);
  });

  it("leaves the view of a case as it was", async () => {
    const { status, out } = await liaison("case", lamp, "--json");
    expect([status, JSON.parse(out).deputy]).toEqual([0, "D003"]);
  });
});

describe("liaison succession", () => {
  it("shows what a table would do, plans it, lists it and takes it back", async () => {
    await file("succession.csv", "\ufeff原代表,新代表,地点\nD003,D009,\n");
    const plan = ["succession", "plan", "succession.csv", "--on", "2099-01-15", "--author", "林"];
    const preview = await liaison(...plan, "--dry-run");
    expect([preview.status, preview.out]).toEqual([1, ""]);
    expect(preview.err).toContain("the term of D009 ends on 2031-12-31");
    await file("succession.csv", "from,to,places\nD003,D009,柳东-1\n");
    const soon = ["succession", "plan", "succession.csv", "--on", "2030-01-15", "--author", "林"];
    const shown = await liaison(...soon, "--dry-run");
    expect([shown.status, shown.out]).toEqual([0, ""]);
    expect(shown.err).toContain("D003 → D009 (赵德明 → 陈国庆) at 柳东-1; 1 open cases move; nobody follows at ST01.");
    const planned = await liaison(...soon);
    const id = planned.out.trim();
    expect((await liaison("succession", "list")).out).toContain(`${id}  2030-01-15  planned`);
    expect(JSON.parse((await liaison("succession", "list", "--json")).out)).toMatchObject([{ id, state: "planned" }]);
    expect((await liaison("succession", "cancel", id)).status).toBe(0);
    expect((await liaison("succession", "cancel", id)).status).toBe(1);
    expect((await liaison("succession", "cancel", "nonsense")).status).toBe(1);
  });

  it.each<[string, string, string, number, RegExp]>([
    ["a day that is none", "from,to\nD003,D009\n", "soon", 2, /soon is no day/],
    ["a table without its columns", "old,new\nD003,D009\n", "2030-01-15", 1, /needs the columns from and to/],
    ["an unknown deputy", "from,to\nD003,D999\n", "2030-01-15", 1, /no deputy D999/],
  ])("refuses %s", async (_what, table, day, expected, sentence) => {
    await file("bad.csv", table);
    const { status, out, err } = await liaison("succession", "plan", "bad.csv", "--on", day, "--author", "林");
    expect([status, out]).toEqual([expected, ""]);
    expect(err).toMatch(sentence);
  });
});

describe("liaison deputy head, relate and unrelate", () => {
  it("note who must not see what", async () => {
    expect(await liaison("deputy", "head", "ST01", "D001")).toMatchObject({ status: 0, out: "ST01\n" });
    expect(await liaison("deputy", "head", "ST01", "none")).toMatchObject({ status: 0 });
    expect(await liaison("deputy", "head", "ST99", "D001")).toMatchObject({ status: 1 });
    expect(await liaison("deputy", "relate", "D001", "D002", "--note", "姻亲")).toMatchObject({ status: 0 });
    expect(await liaison("deputy", "unrelate", "D002", "D001")).toMatchObject({ status: 0 });
    expect(await liaison("deputy", "relate", "D001", "D001")).toMatchObject({ status: 1 });
  });
});

describe("liaison case split and merge", () => {
  const openOne = async (person: string, text: string) => {
    const phone = service.phone(person);
    await say(service, phone, text);
    return { phone, number: (await onlyCase(service, phone)).number };
  };

  it("takes the matters of a file out of a case, tells its resident, and says whose decision it was", async () => {
    const { phone, number } = await openOne("two matters", "柳东村三组路灯坏了");
    await file("parts.txt", "\uFEFF另外下水道也堵了\r\n\r\n垃圾没人收\n");
    const { status, out, err } = await liaison("case", "split", number.slice(5), "--parts", "parts.txt", "--by", "林");
    expect([status, err]).toEqual([0, ""]);
    const numbers = out.trim().split("\n");
    expect(numbers).toHaveLength(2);
    const whole = await service.case(number);
    expect(whole.events.filter(({ type }) => type === "split").map(({ by }) => by)).toEqual(["office:林", "office:林"]);
    for (const one of numbers) expect((await service.case(one)).open).toBe(true);
    // The command has a clock of its own, which goes.
    service.advance(600_000);
    await service.deliverDue();
    expect(arrived(phone).join("\n")).toContain(`编号${numbers[0]}`);
    await file("none.txt", "\n");
    expect(await liaison("case", "split", number, "--parts", "none.txt", "--by", "林")).toMatchObject({ status: 1 });
    expect(await liaison("case", "split", number, "--parts", "missing.txt", "--by", "林")).toMatchObject({ status: 1 });
    expect(await liaison("case", "split", number, "--parts", "parts.txt")).toMatchObject({ status: 2 });
  });

  it("lets a case go with another one, and nothing sealed with any", async () => {
    const [one, other] = [
      await openOne("first of two", "柳东村二组井盖丢了"),
      await openOne("second of two", "柳东村二组的井盖不见了"),
    ];
    const done = await liaison("case", "merge", other.number, "--into", one.number, "--by", "林");
    expect([done.status, done.out.trim(), done.err]).toEqual([0, one.number, ""]);
    expect((await service.case(other.number)).events.at(-1)).toMatchObject({ type: "merged", by: "office:林" });
    const again = await liaison("case", "merge", other.number, "--into", one.number, "--by", "林");
    expect(again).toMatchObject({ status: 1, err: expect.stringContaining("already") });
    const sealed = await openOne("accuser", "我要举报柳河镇李秀兰代表收了包工头的钱");
    for (const given of [
      ["merge", sealed.number, "--into", one.number],
      ["merge", one.number, "--into", sealed.number],
      ["split", sealed.number, "--parts", "parts.txt"],
    ]) {
      const refused = await liaison("case", ...given, "--by", "林");
      expect([refused.status, refused.err]).toEqual([1, expect.stringContaining("accusation")]);
    }
    expect((await service.case(sealed.number)).events.map(({ type }) => type)).not.toContain("split");
  });
});

describe("liaison deputy bind", () => {
  const bind = (...args: string[]) => liaison("deputy", "bind", ...args);

  it("makes a member's chat a deputy's, once, and says in a sentence what is wrong", async () => {
    const account = ["--corp-id", "ww0123456789abcdef", "--agent-id", "1000002", "--agent-secret-file", "wecom.secret"];
    await file("wecom.secret", "secretOfTheApp");
    await file("wecom.token", "tokenOfTheApp");
    await file("wecom.key", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
    const files = ["--token-file", "wecom.token", "--aes-key-file", "wecom.key"];
    const added = await liaison("channel", "add", "wecom", "--account", "main", ...account, ...files);
    expect(added.status).toBe(0);
    for (const _ of ["once", "again"]) {
      const bound = await bind("D001", "--account", "wecom:main", "--member", "ZhangSan");
      expect([bound.status, bound.out.trim(), bound.err]).toEqual([0, "D001", ""]);
    }
    for (const [args, status, words] of [
      [["D002", "--account", "wecom:main", "--member", "zhangsan"], 1, "another deputy"],
      [["D404", "--account", "wecom:main", "--member", "lisi"], 1, "no deputy D404"],
      [["D002", "--account", "wecom:other", "--member", "lisi"], 1, "no wecom account other"],
      [["D002", "--account", "wechat-official:qinghe", "--member", "lisi"], 1, "deputy invite D002"],
      [["D002", "--account", "wecom:main", "--member", "李 四"], 1, "--member"],
      [["D002", "--account", "main", "--member", "lisi"], 2, "--account"],
    ] as const) {
      expect(await bind(...args)).toMatchObject({ status, out: "", err: expect.stringContaining(words) });
    }
  });
});
