import { eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { deputyPhrases } from "../../../db/schema/people.ts";
import { writeTemplate } from "../../../src/casework/settings/templates.ts";
import { MOST_PHRASES } from "../../../src/domain/dialog/deputy/phrases.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
let people = 0;
beforeAll(async () => {
  office = await openOffice();
  for (const code of ["D001", "D009"]) await office.bind(`deputy-${code}`, code);
});
afterAll(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const to = (person: string) => office.sent.filter((one) => one.to === person).map(({ text }) => text);
const last = (person: string) => to(person).at(-1) ?? "";
const say = async (text: string, code = "D001") => {
  await office.say(`deputy-${code}`, text);
  return last(`deputy-${code}`);
};

async function tell(text: string) {
  people += 1;
  const resident = `resident-${people}`;
  const before = (await rows((tx) => tx.select({ id: cases.id }).from(cases))).map(({ id }) => id);
  await office.say(resident, text);
  const opened = (await rows((tx) => tx.select().from(cases))).filter(({ id }) => !before.includes(id));
  const { id, number } = opened[0]!;
  return { resident, id, number, short: String(Number(number.slice(5))) };
}
const stateOf = async (id: string) => (await rows((tx) => tx.select().from(cases).where(eq(cases.id, id))))[0]?.state;

describe("the sentences that a deputy keeps", () => {
  it("are listed, used for one case after a yes, and dropped; nobody else has them, and they lie sealed", async () => {
    expect(await say("常用语")).toContain("您还没有存常用语");
    expect(await say("存常用语")).toContain("还没写要存哪句话");
    expect(await say("存常用语 您好，收到了，这两天去看")).toContain("存好了，是第1句");
    expect(await say("存常用语 已请城管去看")).toContain("是第2句");
    expect(await say("存常用语 已请城管去看")).toContain("早就存了，是第2句");
    expect(await say("常用语")).toMatch(/1 「您好，收到了，这两天去看」\n2 「已请城管去看」/);
    expect(await say("常用语", "D009")).not.toContain("城管");
    const kept = await rows((tx) => tx.select().from(deputyPhrases));
    expect(kept.map(({ words }) => Buffer.from(words).toString("utf8")).join()).not.toContain("城管");

    const one = await tell("柳东村三组路灯坏了");
    expect(await say(`用 2 ${one.short}`)).toMatch(/要作为\d+号的答复转给居民吗？\n「已请城管去看」/);
    expect(to(one.resident).join()).not.toContain("城管");
    expect(await say("2")).toContain("没有转给居民");
    expect(await stateOf(one.id)).toBe("assigned");
    await say("1");
    expect(to(one.resident).join()).not.toContain("城管");
    await say("用2");
    await say("列表");
    await say("1");
    expect(to(one.resident).join()).not.toContain("城管");
    await say(`用 2 ${one.short}`);
    expect(await say("是")).toContain("答复记下了，正在转给居民");
    expect(last(one.resident)).toContain("「已请城管去看」");
    expect(await stateOf(one.id)).toBe("answered");

    await say("用 1");
    await say("删常用语 1");
    expect(last("deputy-D001")).toContain("删掉了：「您好，收到了，这两天去看」");
    await say("1");
    expect(to(one.resident).join()).not.toContain("这两天去看");
    expect(await say("删常用语 7")).toContain("没有这一句");
    expect(await say(`用 7 ${one.short}`)).toContain("没有这一句");
    expect(await say("用 1 999")).toContain("没有找到999号");
    await say(`办结 ${one.short} 我看过，修好了`);
    expect(await say(`用 1 ${one.number}`)).toContain("已经办结");
  });

  it("ask which case where several are open, and never reach another deputy's", async () => {
    const [one, another] = [await tell("柳东村三组井盖丢了"), await tell("柳东村三组水管漏水")];
    await say("列表");
    await say(one.short);
    expect(await say("用 1")).toContain(`要作为${one.short}号的答复`);
    await say("2");
    await say("存常用语 我明天到");
    const elsewhere = await tell("北大街人行道砖翘起来了");
    expect(await say(`用 1 ${elsewhere.number}`)).toContain("没有找到");
    await say(`办结 ${one.short} 我看过，好了`);
    await say(`办结 ${another.short} 我看过，好了`);
  });

  it("include those of the county that fit every case, filled in", async () => {
    const template = (name: string, textZh: string) =>
      rows((tx) =>
        writeTemplate(tx, office.county.id, {
          ...{ id: newId(), seen: 0, by: "办", at: office.runtime.now() },
          content: { name, textZh, textEn: "" },
        }),
      );
    await template("收到", "您好，{number}收到了，{holder}会去看。");
    await template("有期限", "{due}前答复您。");
    const list = await say("常用语");
    expect(list).toContain("县里给的：\n县1 「收到」");
    expect(list).not.toContain("有期限");
    const one = await tell("柳东村三组公厕门坏了");
    expect(await say(`用 县1 ${one.short}`)).toContain(`「您好，${one.number}收到了，李秀兰代表会去看。」`);
    await say("1");
    expect(last(one.resident)).toContain(`「您好，${one.number}收到了，李秀兰代表会去看。」`);
    expect(await say("删常用语 县1")).toContain("这里删不了");
    await say(`办结 ${one.short} 我看过，好了`);
  });

  it("are few and short", async () => {
    expect(await say(`存常用语 ${"长".repeat(201)}`)).toContain("一句最多200个字");
    const { length } = await rows((tx) => tx.select().from(deputyPhrases));
    for (let count = length; count < MOST_PHRASES; count += 1) await say(`存常用语 第${count}句话，您好`);
    expect(await say("存常用语 再来一句")).toContain(`最多存${MOST_PHRASES}句`);
    expect(await rows((tx) => tx.select().from(deputyPhrases))).toHaveLength(MOST_PHRASES);
  });
});
