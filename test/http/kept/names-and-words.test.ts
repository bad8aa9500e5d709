import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { JOIN_WORDS, joinedWords } from "../../../db/case-words.ts";
import { cases } from "../../../db/schema/cases.ts";
import { caseBars } from "../../../db/schema/console.ts";
import { users } from "../../../db/schema/users.ts";
import { addUser } from "../../../src/casework/access/users.ts";
import { searchWords } from "../../../src/casework/cases/search-words.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

let staff: StaffApi;

beforeAll(async () => {
  staff = await staffApi();
  for (const role of ["office", "operator", "auditor", "reviewer"] as const) await staff.person(role, role);
});

afterAll(() => staff.close());

const inCounty = <T>(work: Parameters<typeof staff.office.db.database.inCounty<T>>[1]) =>
  staff.office.db.database.inCounty(staff.office.county.id, work);
const add = (email: string, name: string, role: "office" | "auditor" = "auditor") => {
  const { db, runtime, county } = staff.office;
  const services = { database: db.database, vault: db.vault, now: runtime.now };
  return addUser(services, county.id, { email, name, role, password: "a good password" });
};

it("a name that differs by what nobody sees is the same name", async () => {
  expect((await add("one@example.org", "林 晓")).ok).toBe(true);
  for (const [index, name] of ["林  晓", "林\u3164 晓", "林 晓\u115f"].entries())
    expect(await add(`other${index}@example.org`, name)).toMatchObject({ ok: false });
  expect(await add("nothing@example.org", "\u3164")).toMatchObject({ ok: false });
});

it("a case is found by so many words and no more, and its row changes only for new ones", async () => {
  const sign = (at: number) => String.fromCodePoint(0xac00 + at);
  const many = Array.from({ length: 40_000 }, (_, at) => sign(at % 200) + sign(Math.floor(at / 200)));
  const words = searchWords({ receivedAt: new Date() }, [many.join(" ")]);
  expect(words.split(" ")).toHaveLength(20_000);
  expect(joinedWords(words, "'路灯'").split(" ")).toHaveLength(20_000);
  const number = await staff.newCase("resident", "柳东村一组路灯不亮");
  const rows = (more: string) =>
    inCounty(async (tx) => {
      await tx.execute(sql`
        insert into case_words (case_id, jurisdiction_id, received_at, words)
        select id, jurisdiction_id, received_at, ${more}::tsvector from cases where number = ${number} ${JOIN_WORDS}`);
      const [row] = await tx.execute<{ version: string; length: number }>(sql`
        select w.xmin::text as version, length(w.words) as length from case_words w join cases c on c.id = w.case_id
        where c.number = ${number}`);
      return row!;
    });
  const before = await rows("'@all' '路灯'");
  expect(await rows("'@all' '路灯'")).toEqual(before);
  expect((await rows("'@all' '全新'")).length).toBe(before.length + 1);
  const full = await rows(words);
  expect(await rows("'@all' '更新'")).toEqual(full);
});

it("an operator is told that nobody may see a matter, and not which; a reviewer and an auditor of changes of people", async () => {
  const section = async (who: string, code: string) => {
    const { body } = await staff.ask(who, "GET /today");
    return body.sections.find((one: { code: string }) => one.code === code);
  };
  const number = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
  await add("only@example.org", "赵敏", "office");
  expect(await section("operator", "seen-by-nobody")).toMatchObject({ count: 0 });
  await inCounty(async (tx) => {
    const [subject] = await tx.select().from(cases).where(eq(cases.number, number));
    const [only] = await tx.select().from(users).where(eq(users.name, "赵敏"));
    const why = { by: "赵敏", reason: "related", at: new Date() };
    const { id: caseId, jurisdictionId } = subject!;
    await tx.insert(caseBars).values({ jurisdictionId, caseId, personId: only!.id, ...why });
  });
  expect(await section("operator", "seen-by-nobody")).toMatchObject({ count: 1, first: [], oldestAt: null });
  expect(JSON.stringify((await staff.ask("operator", "GET /today")).body)).not.toContain(number);
  for (const who of ["reviewer", "auditor"])
    expect((await section(who, "staff-changes")).count).toBeGreaterThanOrEqual(2);
});
