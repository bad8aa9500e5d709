import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decisions } from "../../db/schema/cases.ts";
import { deputies, deputyRelations } from "../../db/schema/people.ts";
import { stations } from "../../db/schema/places.ts";
import { recordedFacts } from "../../src/casework/routing/ask-rules.ts";
import { publishedRules } from "../../src/casework/rules/published.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { route } from "../../src/domain/routing/route.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { publish } from "./publish.ts";
import { casesOf, onlyCase, say, since } from "./resident.ts";

let service: TestService;
const people = ["D001", "D002", "D004", "D005", "D009", "D010"] as const;
const phones = new Map<string, Phone>();

const says = (word: string) => ({ in: [word, { var: "text" }] });
const rule = (id: string, when: object, assign: object, reason = `关于${id}`) => ({
  ...{ id, when, reason, owner: "办公室" },
  then: { assign },
});
const set = (rules: object[], otherwise: object = { grid: true }) => ({
  name: "2026年规则",
  rules,
  otherwise: { assign: otherwise },
});

const RULES = set([
  rule(
    "lifts",
    { and: [says("电梯"), { "==": [{ var: "grid.township" }, "东关街道"] }] },
    { group: "物业组" },
    "电梯由物业组办",
  ),
  rule("farm", says("秧苗"), { deputy: "D002" }),
  rule("markets", says("夜市"), { station: true }),
  rule("faraway", says("校车"), { station: "ST02" }),
  rule("roads", says("断头路"), { unit: "U01" }, "断头路由住建局办"),
  rule("letters", says("证明材料"), { office: true }),
  rule("photos", { and: [{ var: "hasPhoto" }, says("花坛")] }, { deputy: "D009" }),
]);

async function ask(person: string, text: string) {
  const phone = service.phone(person);
  await say(service, phone, text);
  return { phone, view: await onlyCase(service, phone) };
}

beforeAll(async () => {
  service = await startService();
  for (const code of people) phones.set(code, await service.deputy(code));
  await publish(service, RULES);
});

afterAll(() => service.close());

describe("a county's own rules", () => {
  it.each([
    ["a group", "g1", "锦绣家园3号楼电梯停了五天", "D010", "lifts"],
    ["a deputy who does not answer for the place", "g2", "柳东村一组的秧苗都淹了", "D002", "farm"],
    ["the deputies of the place's station", "g3", "东关菜市场的夜市太吵了睡不着", "D005", "markets"],
    ["the deputies of a station that is named", "g4", "锦绣家园没有校车接孩子", "D009", "faraway"],
  ])("send what they name to %s", async (_what, person, text, deputy, id) => {
    const { view } = await ask(person, text);
    expect(view.decision).toMatchObject({ ruleset: "2026年规则", rule: id, way: "target" });
    expect([view.deputy, view.state]).toEqual([deputy, "assigned"]);
  });

  it("leave a unit's matters with the office, and say which unit", async () => {
    const { phone, view } = await ask("u1", "柳东村一组有条断头路一直没修通");
    expect([view.deputy, view.unit, view.state]).toEqual([null, "U01", "triage"]);
    const before = arrived(phone).length;
    await say(service, phone, "为什么");
    expect(since(phone, before)).toMatch(/断头路由住建局办.*住房和城乡建设局/s);
  });

  it("leave to the office what they say is the office's", async () => {
    const { view } = await ask("o1", "柳东村一组开证明材料找谁，跑了三趟");
    expect([view.deputy, view.state, view.decision?.rule]).toEqual([null, "triage", "letters"]);
  });

  it("are told to whoever asks why, in plain words", async () => {
    const { phone } = await ask("w1", "锦绣家园5号楼电梯又坏了");
    const before = arrived(phone).length;
    await say(service, phone, "为什么");
    expect(since(phone, before)).toMatch(/电梯由物业组办/);
    expect(since(phone, before)).toContain("褚小燕代表");
  });

  it("leave everything else to the place", async () => {
    const { view } = await ask("e1", "柳东村一组的水渠堵了");
    expect(view.decision).toMatchObject({ rule: "otherwise", way: "grid" });
    expect(view.deputy).toBe("D003");
  });

  it("know what a matter was filed under, and the decision keeps how sure that was", async () => {
    const { view } = await ask("c1", "锦绣家园的物业光收物业费不干活，电梯也不修");
    expect(view.decision?.facts).toMatchObject({ category: "property", target: { message: { category: "property" } } });
    expect(view.decision?.facts.categoryConfidence).toBeGreaterThan(0.7);
  });

  it("are not waited for in an emergency", async () => {
    const { view } = await ask("e2", "锦绣家园3号楼电梯里有人晕倒了，快救人");
    expect([view.decision?.ruleset, view.decision?.facts.target]).toEqual(["default", null]);
  });

  it("keep no word of the resident in the decision but those that they look for", async () => {
    const { view } = await ask("k1", "锦绣家园2号楼电梯坏了，我叫丁小满");
    expect(view.decision?.facts.target?.message.words).toEqual(["电梯"]);
    expect(JSON.stringify(view.decision?.facts.target)).not.toContain("丁小满");
  });

  it("give the same again when a decision is recomputed from its record alone", async () => {
    const jurisdictionId = service.jurisdiction("qinghe");
    await service.runtime.database.inCounty(jurisdictionId, async (tx) => {
      const published = await publishedRules(tx, jurisdictionId);
      const rows = await tx.select({ decision: decisions.decision }).from(decisions);
      expect(rows.length).toBeGreaterThan(6);
      for (const { decision } of rows) {
        expect(route(decision.facts, [])).toEqual(decision);
        const { target } = decision.facts;
        if (target == null) continue;
        const again = published?.rules.firstMatch(recordedFacts(target.message), decision.facts.on) ?? null;
        expect(again?.id ?? null).toBe(target.rule);
      }
    });
  });

  it("do not move what was decided before they were published", async () => {
    const { phone, view } = await ask("b1", "柳西村一组的灌溉井没水了");
    await publish(service, { ...RULES, rules: [rule("wells", says("灌溉井"), { deputy: "D001" }), ...RULES.rules] });
    await say(service, phone, "还是没水");
    expect((await service.case(view.number)).deputy).toBe(view.deputy);
    const { view: later } = await ask("b2", "柳西村一组灌溉井的电机烧了");
    expect([later.deputy, later.decision?.version]).toEqual(["D001", (view.decision?.version ?? 0) + 1]);
  });
});

describe("an accusation", () => {
  it("by name alone reaches nobody but the office, whatever the rules say, and is kept from those close to the accused", async () => {
    const jurisdictionId = service.jurisdiction("qinghe");
    await service.runtime.database.inCounty(jurisdictionId, async (tx) => {
      const ids = new Map((await tx.select().from(deputies)).map((row) => [row.code, row.id]));
      await tx
        .update(stations)
        .set({ headDeputyId: ids.get("D009")! })
        .where(eq(stations.code, "ST02"));
      await tx
        .update(stations)
        .set({ headDeputyId: ids.get("D004")! })
        .where(eq(stations.code, "ST03"));
      const related = { deputyId: ids.get("D005")!, relatedDeputyId: ids.get("D001")! };
      await tx.insert(deputyRelations).values({ id: newId(), jurisdictionId, ...related, note: "姻亲" });
    });
    await publish(service, set([rule("all", { "!=": [{ var: "channel" }, "none"] }, { deputy: "D005" })]));
    const before = new Map(people.map((code) => [code, arrived(phones.get(code)!).length]));
    const phone = service.phone("a1");
    await say(service, phone, "周志强收了摊贩的红包，菜市场的摊位都给了他亲戚");
    const view = await onlyCase(service, phone);
    expect([view.sealed, view.deputy, view.state, view.decision?.rule]).toEqual([true, null, "triage", "sealed"]);
    expect(view.decision?.passedOver).toEqual([
      { deputy: "D005", why: "accused" },
      { deputy: "D004", why: "heads-accused" },
      { deputy: "D001", why: "related" },
    ]);
    await say(service, phone, "催办", "进度", "为什么", "还有照片可以给你们看");
    service.advance(26 * 3_600_000);
    await service.passTime();
    for (const code of people) {
      await say(service, phones.get(code)!, "列表", "统计");
      const told = since(phones.get(code)!, before.get(code) ?? 0);
      expect(told).not.toMatch(/红包|摊位|摊贩/);
      expect(told).not.toContain(String(Number(view.number.slice(5))));
    }
    await publish(service, RULES);
  });

  it.each([
    ["in two messages, the person first", "菜市场的周代表，有件事要说说", "他收了摊贩的红包，三千块一个摊位"],
    ["in two messages, only the name first", "周志强", "收了摊贩的黑钱三千块"],
    ["in traditional characters", "東關菜市場的周志強收了攤販的紅包，三千塊一個攤位"],
    ["with blanks in the name", "东关菜市场的周 志 强收了摊贩三千块好处费"],
  ])("told %s is sealed all the same, and so is what goes on with it", async (what, ...texts) => {
    const before = new Map(people.map((code) => [code, arrived(phones.get(code)!).length]));
    const phone = service.phone(`a-${what}`);
    await say(service, phone, ...texts);
    service.advance(5 * 60_000);
    await say(service, phone, "他上个月又拿了两条香烟");
    service.advance(5 * 60_000);
    await say(service, phone, "东关菜市场", "换地方", "东关菜市场");
    const told = people.map((code) => since(phones.get(code)!, before.get(code) ?? 0)).join("\n");
    expect(told).not.toMatch(/三千|红包|黑钱|香烟/);
    const own = (await casesOf(service, phone)).filter((one) => one.sealed);
    expect(own).toMatchObject([{ open: true, deputy: null }]);
    const view = await service.case(own[0]!.number);
    expect(JSON.stringify(view.messages)).toMatch(/三千.*香烟/);
    expect(view.decision?.passedOver).toContainEqual({ deputy: "D005", why: "accused" });
  });

  it("that becomes a danger is sealed and urgent, for the accused may be the deputy of the place", async () => {
    const before = new Map(people.map((code) => [code, arrived(phones.get(code)!).length]));
    const phone = service.phone("a-danger");
    await say(service, phone, "东关菜市场的路灯坏了");
    service.advance(5 * 60_000);
    await say(service, phone, "周志强收了摊贩的红包");
    service.advance(5 * 60_000);
    await say(service, phone, "他带人来打我了，快救人");
    expect(arrived(phone).join("\n")).toContain("110");
    const told = people.map((code) => since(phones.get(code)!, before.get(code) ?? 0)).join("\n");
    expect(told).not.toMatch(/红包|打我/);
    expect((await casesOf(service, phone)).filter((one) => one.sealed)).toMatchObject([
      { deputy: null, priority: false },
      { deputy: null, priority: true },
    ]);
  });

  it("is none when a name is only spoken to", async () => {
    const { view } = await ask("a2", "周志强代表您好，东关菜市场门口的垃圾没人收");
    expect([view.sealed, view.deputy]).toEqual([false, "D005"]);
  });
});

describe("a deputy who is away", () => {
  it("hands the open cases to whoever stands in, oldest first, and everybody knows", async () => {
    const first = await ask("s1", "北大街网格的树倒在路上");
    service.advance(60_000);
    const second = await ask("s2", "北大街网格的消防通道堵死了");
    expect([first.view.deputy, second.view.deputy]).toEqual(["D010", "D010"]);
    const [away, standIn] = [phones.get("D010")!, phones.get("D009")!];
    const before = { away: arrived(away).length, standIn: arrived(standIn).length, s1: arrived(first.phone).length };
    await say(service, away, "请假3天 由陈国庆代表代");
    expect(since(away, before.away)).toMatch(/陈国庆代表代办.*\d+件已交给别的代表/s);
    const got = since(standIn, before.standIn);
    expect(got.indexOf("树倒在路上")).toBeLessThan(got.indexOf("消防通道"));
    expect(since(first.phone, before.s1)).toContain("陈国庆代表");
    const view = await service.case(first.view.number);
    expect(view.deputy).toBe("D009");
    expect(view.decision).toMatchObject({ way: "stand-in", passedOver: [{ deputy: "D010", why: "away" }] });
    const third = await ask("s3", "锦绣家园4号楼电梯门关不上");
    expect(third.view.decision?.passedOver).toContainEqual({ deputy: "D010", why: "away" });
    expect(third.view.deputy).toBe("D009");
    await say(service, away, "销假");
  });

  it.each([
    ["nobody has the name", "请假3天 由欧阳某某代", "没找到"],
    ["the name is the deputy's own", "请假3天 由褚小燕代", "没找到"],
  ])("is asked back when %s, and nothing is noted", async (_what, text, expected) => {
    const phone = phones.get("D010")!;
    const before = arrived(phone).length;
    await say(service, phone, text);
    expect(since(phone, before)).toContain(expected);
    const { view } = await ask(`n${text.length}${expected}${text.slice(7, 9)}`, "北大街网格的井盖响");
    expect(view.deputy).toBe("D010");
  });
});
