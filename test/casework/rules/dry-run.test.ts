import { createHash } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { dryRun } from "../../../src/casework/rules/dry-run.ts";
import { readRuleset } from "../../../src/domain/rules/ruleset.ts";
import { publish } from "../../journeys/publish.ts";
import { onlyCase, say } from "../../journeys/resident.ts";
import { startService, type TestService } from "../../service.ts";

let service: TestService;
let county: string;
const numbers = new Map<string, string>();

const says = (word: string) => ({ in: [word, { var: "text" }] });
const rule = (id: string, when: object, assign: object) => ({
  ...{ id, when, reason: id, owner: "办公室" },
  then: { assign },
});
const setOf = (rules: object[]) => ({ name: "草案", rules, otherwise: { assign: { grid: true } } });
const PUBLISHED = setOf([
  rule("lifts", says("电梯"), { group: "物业组" }),
  rule("crops", says("秧苗"), { deputy: "D002" }),
]);

function draft(content: object) {
  const read = readRuleset(content);
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.ruleset;
}

const run = (content: object, options: { since?: string } = {}) =>
  dryRun(service.runtime.database, county, draft(content), { timeZone: "Asia/Shanghai", ...options });

/** Everything that any table and any sequence of the database holds, as a hash each. */
async function everything(): Promise<Record<string, string>> {
  const owner = postgres(service.ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    const tables = await owner<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const sequences = await owner`select sequencename, last_value from pg_sequences order by 1`;
    const hashes: Record<string, string> = { sequences: JSON.stringify(sequences) };
    for (const { name } of tables) {
      const rows = await owner.unsafe(`select t::text as row from ${name} t order by 1`);
      hashes[name] = createHash("sha256").update(JSON.stringify(rows)).digest("hex");
    }
    return hashes;
  } finally {
    await owner.end();
  }
}

async function ask(person: string, text: string): Promise<void> {
  const phone = service.phone(person);
  await say(service, phone, text);
  numbers.set(person, (await onlyCase(service, phone)).number);
}

beforeAll(async () => {
  service = await startService();
  county = service.jurisdiction("qinghe");
  await ask("before", "锦绣家园3号楼电梯坏了");
  await publish(service, PUBLISHED);
  await ask("lift", "锦绣家园5号楼电梯停了五天");
  await ask("crops", "柳东村一组的秧苗淹了");
  await ask("lamp", "柳东村一组路灯不亮");
  await ask("hill", "南坡村的水渠塌了");
  await ask("urgent", "柳东村一组有人晕倒了");
  await ask("sealed", "村支书收了好处，低保名额都给了亲戚");
  const foreign = service.phone("stranger", "baishi");
  await say(service, foreign, "码头网格的路灯坏了");
});

afterAll(() => service.close());

describe("a dry run", () => {
  it("of the set that decided gives everything to those who got it", async () => {
    const report = await run(PUBLISHED);
    expect(report).toMatchObject({ messages: 5, moved: 1, movedAgainstPublished: 0, leftOut: 2 });
    expect(report.differences).toEqual([{ case: numbers.get("before"), from: "D005", to: "D010", rule: "lifts" }]);
  });

  it("says who would have got what, by which rule, and who would find nobody", async () => {
    const report = await run(
      setOf([rule("lamps", says("路灯"), { deputy: "D009" }), rule("never", says("飞碟"), { office: true })]),
    );
    expect(report.perRule).toEqual({ lamps: 1, never: 0, otherwise: 4 });
    expect(report.differences).toContainEqual({ case: numbers.get("lamp"), from: "D003", to: "D009", rule: "lamps" });
    expect(report.differences).toContainEqual({
      case: numbers.get("lift"),
      from: "D010",
      to: "D005",
      rule: "otherwise",
    });
    expect(report.loads).toContainEqual({ who: "D009", before: 0, after: 1 });
    expect(report.nobodyCases).toEqual([numbers.get("hill")]);
    expect(report.kinds).toContainEqual({
      from: "D003",
      to: "D009",
      rule: "lamps",
      count: 1,
      samples: [numbers.get("lamp")],
    });
  });

  it("counts a rule's unit and the office as nobody's mistake", async () => {
    const report = await run(setOf([rule("all", { "!=": [{ var: "channel" }, "none"] }, { unit: "U01" })]));
    expect(report).toMatchObject({ messages: 5, moved: 5, nobody: 0 });
    expect(report.differences.map(({ to }) => to)).toEqual(Array(5).fill("unit:U01"));
  });

  it("begins where it is told to", async () => {
    expect((await run(PUBLISHED, { since: "2099-01-01" })).messages).toBe(0);
    expect((await run(PUBLISHED, { since: "2020-01-01" })).messages).toBe(5);
  });

  it("writes nothing at all", async () => {
    // The workers go on beside it and may change a table; a dry run that wrote would do so every time.
    const same = async () => {
      const before = await everything();
      await run(setOf([rule("all", says("路灯"), { deputy: "D009" })]));
      expect(await everything()).toEqual(before);
    };
    await vi.waitFor(same, { timeout: 30_000, interval: 10 });
  });

  it("reads every matter once, however many pages they fill", async () => {
    const owner = postgres(service.ownerUrl, { max: 1, onnotice: () => undefined });
    try {
      const lamp = numbers.get("lamp")!;
      await owner`insert into cases
        select (jsonb_populate_record(c, jsonb_build_object('id', md5(n::text)::uuid, 'number', 'X' || n))).*
        from cases c, generate_series(1, 6500) n where c.number = ${lamp}`;
      await owner`insert into decisions
        select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'case_id', md5(n::text)::uuid))).*
        from decisions d join cases c on c.id = d.case_id and c.number = ${lamp}, generate_series(1, 6500) n`;
    } finally {
      await owner.end();
    }
    const seen: number[] = [];
    const report = await dryRun(service.runtime.database, county, draft(PUBLISHED), {
      timeZone: "Asia/Shanghai",
      onProgress: (done, total) => void seen.push(done, total),
    });
    expect([report.messages, report.leftOut, report.perRule.otherwise]).toEqual([6505, 2, 6502]);
    expect(seen.slice(-2)).toEqual([6507, 6507]);
  });
});
