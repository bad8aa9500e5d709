import { desc, eq, isNotNull } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caseEvents, caseFollowers, cases } from "../../../db/schema/cases.ts";
import { deputies } from "../../../db/schema/people.ts";
import { grids } from "../../../db/schema/places.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { inviteRole } from "../../../src/casework/deputy/invite-role.ts";
import { correctCategory } from "../../../src/casework/office/category-corrections.ts";
import { addDays } from "../../../src/domain/calendar/days.ts";
import { dayIn } from "../../../src/domain/calendar/deadline.ts";
import { workdayFrom } from "../../../src/domain/calendar/months.ts";
import { EVENT_DETAILS } from "../../../src/domain/case/case-event.ts";
import type { InboundContent } from "../../../src/domain/messages/message.ts";
import { positionIn } from "../../county/county.ts";
import { QINGHE } from "../../county/qinghe.ts";
import { type Office, openOffice } from "../office.ts";
import { actOnNewest, STAFF_VERBS, takeDownOne } from "./staff-verbs.ts";
import { type Step, WHOLE_LIFE } from "./whole-life.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  const all = await office.db.database.inCounty(office.county.id, (tx) => tx.select().from(deputies));
  for (const { code } of all) await office.bind(`deputy-${code}`, code);
  const code = await inviteRole(office.runtime, office.county.id, { role: "unit", ref: "U01" });
  await office.say("unit-U01", `绑定 ${code}`);
  const ofStation = await inviteRole(office.runtime, office.county.id, { role: "station", ref: "ST01" });
  await office.say("station-ST01", `绑定 ${ofStation}`);
  for (const { code: ref } of await allGrids()) {
    const invite = await inviteRole(office.runtime, office.county.id, { role: "grid-worker", ref });
    await office.say(`grid-${ref}`, `绑定 ${invite}`);
  }
});
afterAll(() => office.close());

const HOUR = 3_600_000;

const allGrids = () =>
  office.db.database.inCounty(office.county.id, (tx) => tx.select({ id: grids.id, code: grids.code }).from(grids));

const place = (grid: string): InboundContent => ({
  kind: "location",
  position: positionIn(QINGHE, grid, 0.5, 0.5),
  label: "",
});

const said = fc.constantFrom<string | InboundContent>(
  "路灯坏了三天了",
  "柳东村一组路灯坏了没人修",
  "柳东村三组停水了",
  "附议 1",
  "不用告诉我",
  "锦绣家园小区电梯停了",
  "东关菜市场门口垃圾桶满了没人清",
  "有人掉进井里了快来人",
  "我要举报柳河镇的代表收钱办事",
  "菜市场",
  "柳东小学",
  "1",
  "2",
  "催办",
  "撤回",
  "换地方",
  "不满意，还是没修",
  "满意",
  "谢谢",
  "又坏了",
  "1.柳东村一组路灯坏了半个月了。2.我妈的高龄补贴今年一分没到，麻烦查查。",
  "合并",
  "删除我的数据",
  "说错了，不是路灯，是井盖",
  "我是三年级的",
  "柳东村一组的补偿反映三次没人管，我要上访",
  "别说是我说的",
  "城关镇和柳河镇交界那座桥,护栏断了",
  "我们5个人在锦绣家园干活,一分钱没给",
  { kind: "media", media: { mediaId: "v", form: "voice" }, transcript: "恩那嘎哈咧呜啦嘟嗝" },
  { kind: "scan", scene: "g:东关-2" },
  { kind: "scan", scene: "s:ST02" },
  place("柳东-1"),
  place("东关-1"),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ who: fc.constant("resident" as const), person: fc.nat(2), said }) },
  {
    weight: 4,
    arbitrary: fc.record({
      who: fc.constant("deputy" as const),
      said: fc.constantFrom(
        "回复 # 已经联系物业",
        "接收 #",
        "接收 # 我明天去",
        "协办 # D002",
        "协办 # 取消",
        "办结 # 修好了",
        "退回 # 不归我管",
        "转办 # U01，请他们看看",
        "转办 # D009，他熟悉",
        "转办 # 网格员，请去看看",
        "拆分 # 下水道也堵了",
        "走访 # 看过了",
        "备注 # 记一下",
        "1",
        "3",
        "4",
        "照转",
        "主题 1",
        "主题 2 合",
        "主题 2 不合",
        "回复 主题1 今晚来水",
        "办结 主题1 修好了",
        "请假 3天",
        "销假",
        "列表",
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      who: fc.constant("unit" as const),
      said: fc.constantFrom(
        "接收 #",
        "退单 # 不归我们",
        "进展 # 在办",
        "办结 # 换了灯",
        "延期 # 2099年1月20日 等配件",
        "列表",
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      who: fc.constant("follower" as const),
      said: fc.constantFrom("回复 # 我去看看", "办结 # 好了", "#", "列表"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ who: fc.constant("office" as const), category: fc.constantFrom("roads", "noise", null) }),
  },
  { weight: 2, arbitrary: fc.record({ who: fc.constant("staff" as const), verb: fc.constantFrom(...STAFF_VERBS) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      who: fc.constant("desk" as const),
      said: fc.constantFrom("路灯坏了六盏", "村支书收了好处，低保名额都给了亲戚", "楼道里全是煤气味"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      who: fc.constant("station" as const),
      said: fc.constantFrom(
        "代记 柳东村一组的桥栏杆断了",
        "1",
        "3",
        "电话",
        "电话 13900001111",
        "已告知 1",
        "打不通 1",
        "转派 1 李秀兰",
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      who: fc.constant("grid" as const),
      said: fc.constantFrom("现场 # 看到了", "列表", "#", "路灯坏了"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ who: fc.constant("time" as const), hours: fc.constantFrom(0.01, 1, 25, 49) }) },
  { weight: 1, arbitrary: fc.constant({ who: "morning" as const }) },
);

async function live(steps: readonly Step[], run: number): Promise<void> {
  for (const one of steps) {
    if (one.who === "morning") await office.pass(msUntilMorning(office.runtime.now()));
    else if (one.who === "time") await office.pass(one.hours * HOUR);
    else if (one.who === "resident") await office.say(`resident-${run}-${one.person}`, one.said);
    else if (one.who === "deputy") await sayAsDeputy(one.said, cases.deputyId);
    else if (one.who === "unit") await sayAsUnit(one.said);
    else if (one.who === "station") await office.say("station-ST01", one.said);
    else if (one.who === "grid") await sayAsGridWorker(one.said);
    else if (one.who === "follower") await sayAsDeputy(one.said, caseFollowers.deputyId);
    else if (one.who === "staff") await actOnNewest(office, one.verb);
    else if (one.who === "desk") await takeDownOne(office, one.said);
    else await correctNewest(one.category);
  }
}

/** Staff say under what the newest case belongs; of a sealed one they cannot. */
async function correctNewest(category: string | null): Promise<void> {
  const [last] = await office.db.database.inCounty(office.county.id, (tx) =>
    tx.select({ number: cases.number }).from(cases).orderBy(desc(cases.number)).limit(1),
  );
  if (last === undefined) return;
  await correctCategory(office.runtime, office.county.id, { number: last.number, category, by: "office" });
}

/** Said by the deputy who has, or follows, the newest of the cases that a deputy has, or follows; `#` is its number. */
async function sayAsDeputy(said: string, who: typeof cases.deputyId | typeof caseFollowers.deputyId): Promise<void> {
  const [held] = await office.db.database.inCounty(office.county.id, (tx) =>
    tx
      .select({ number: cases.number, code: deputies.code })
      .from(cases)
      .leftJoin(caseFollowers, eq(caseFollowers.caseId, cases.id))
      .innerJoin(deputies, eq(deputies.id, who))
      .orderBy(desc(cases.number), desc(caseFollowers.why))
      .limit(1),
  );
  if (held !== undefined) await office.say(`deputy-${held.code}`, said.replace("#", held.number));
}

/** Said by the one who speaks for a unit; `#` is the number of the newest case that a unit has. */
async function sayAsUnit(said: string): Promise<void> {
  const [held] = await office.db.database.inCounty(office.county.id, (tx) =>
    tx.select({ number: cases.number }).from(cases).where(isNotNull(cases.unitId)).orderBy(desc(cases.number)).limit(1),
  );
  await office.say("unit-U01", said.replace("#", held?.number ?? "1"));
}

/** Said by the worker of the grid of the newest case that lies in one; `#` is its number. */
async function sayAsGridWorker(said: string): Promise<void> {
  const [held] = await office.db.database.inCounty(office.county.id, (tx) =>
    tx
      .select({ number: cases.number, code: grids.code })
      .from(cases)
      .innerJoin(grids, eq(grids.id, cases.gridId))
      .orderBy(desc(cases.number))
      .limit(1),
  );
  if (held !== undefined) await office.say(`grid-${held.code}`, said.replace("#", held.number));
}

function msUntilMorning(now: Date): number {
  const day = workdayFrom(addDays(dayIn(now, "Asia/Shanghai"), 1), {});
  return Date.parse(`${day}T10:00:00+08:00`) - now.getTime();
}

describe("whatever happens to the cases of a county", () => {
  test("their events alone give them again, and the chain over the events is whole", { timeout: 600_000 }, async () => {
    let run = 0;
    const isWhole = async () =>
      expect((await auditCounty(office.db.database, office.county)).findings.map(({ text }) => text)).toEqual([]);
    await live(WHOLE_LIFE, run);
    await isWhole();
    const events = await office.db.database.inCounty(office.county.id, (tx) => tx.select().from(caseEvents));
    expect(Object.keys(EVENT_DETAILS).filter((type) => !events.some((event) => event.type === type))).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        run += 1;
        await live(steps, run);
        await isWhole();
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });
});
