import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assignments, deputies } from "../../db/schema/people.ts";
import { grids } from "../../db/schema/places.ts";
import { moveByHand } from "../../src/casework/office/move-case.ts";
import { cancelSuccession, planSuccession } from "../../src/casework/office/plan-succession.ts";
import { setRelated, setStationHead } from "../../src/casework/office/relations.ts";
import type { MoveTarget } from "../../src/casework/routing/by-hand.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { addDays } from "../../src/domain/calendar/days.ts";
import { dayIn } from "../../src/domain/calendar/deadline.ts";
import { route } from "../../src/domain/routing/route.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { DAY, onlyCase, say, since } from "./resident.ts";

let service: TestService;
let county: string;
const phones = new Map<string, Phone>();
const phoneOf = (code: string) => phones.get(code)!;
const today = () => dayIn(service.runtime.now(), "Asia/Shanghai");

async function ask(person: string, text: string) {
  const phone = service.phone(person);
  await say(service, phone, text);
  return { phone, view: await onlyCase(service, phone) };
}

const move = (number: string, target: MoveTarget) => moveByHand(service.runtime, county, number, target, "office:lin");

beforeAll(async () => {
  service = await startService();
  county = service.jurisdiction("qinghe");
  for (const code of ["D003", "D005", "D009", "D010"]) phones.set(code, await service.deputy(code));
});

afterAll(() => service.close());

describe("a case that the office moves by hand", () => {
  it("has the other deputy, and everybody concerned knows", async () => {
    const { phone, view } = await ask("m1", "柳东村一组的路灯不亮");
    const before = [phone, phoneOf("D003"), phoneOf("D009")].map((one) => arrived(one).length);
    expect(await move(view.number, { kind: "deputy", code: "D009" })).toEqual({ ok: true });
    await service.deliverDue();
    expect(since(phone, before[0]!)).toContain("陈国庆代表");
    expect(since(phoneOf("D003"), before[1]!)).toContain("已改由别人负责");
    expect(since(phoneOf("D009"), before[2]!)).toContain("路灯不亮");
    const moved = await service.case(view.number);
    expect(moved.decision).toMatchObject({ rule: "by-hand", chosen: { deputy: "D009" } });
    expect(moved.decision === null ? null : route(moved.decision.facts)).toEqual(moved.decision);
    const asked = arrived(phone).length;
    await say(service, phone, "为什么");
    expect(since(phone, asked)).toContain("县人大代表工作机构看过以后改由陈国庆代表负责");
  });

  it("waits at the office for a unit", async () => {
    const { view } = await ask("m2", "柳东村一组的水井淤了");
    expect(await move(view.number, { kind: "unit", code: "U02" })).toEqual({ ok: true });
    const moved = await service.case(view.number);
    expect([moved.deputy, moved.unit, moved.state]).toEqual([null, "U02", "triage"]);
  });

  it.each<[string, MoveTarget, RegExp]>([
    ["an unknown deputy", { kind: "deputy", code: "D999" }, /no deputy D999/],
    ["a deputy whose term is over", { kind: "deputy", code: "D011" }, /term of D011 ended/],
    ["the deputy who has it", { kind: "deputy", code: "D003" }, /has case .* already/],
    ["an unknown unit", { kind: "unit", code: "U99" }, /no unit U99/],
  ])("stays where it is when it is moved to %s", async (_what, target, reason) => {
    const { view } = await ask(`x${JSON.stringify(target)}`, "柳东村一组的桥栏杆断了");
    expect(await move(view.number, target)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    expect((await service.case(view.number)).deputy).toBe("D003");
  });

  it("is none that is sealed, closed or unknown", async () => {
    const sealed = await ask("m4", "村支书收了好处，低保名额都给了亲戚");
    expect(await move(sealed.view.number, { kind: "deputy", code: "D009" })).toMatchObject({ ok: false });
    expect(await move("2026-999999", { kind: "office" })).toMatchObject({ ok: false });
    const closed = await ask("m5", "柳东村一组的垃圾桶满了");
    await say(service, phoneOf("D003"), `办结 ${Number(closed.view.number.slice(5))} 已清运，问题解决了`);
    expect(await move(closed.view.number, { kind: "office" })).toMatchObject({ ok: false });
  });
});

describe("a succession", () => {
  it("changes who answers on its day, and moves what is open, with notice to both sides", async () => {
    const { phone, view } = await ask("t1", "北大街网格的健身器材坏了");
    expect(view.deputy).toBe("D010");
    const effectiveOn = addDays(today(), 1);
    const planned = await planSuccession(
      service.runtime.database,
      county,
      { effectiveOn, steps: [{ from: "D010", to: "D005" }], author: "office:lin" },
      { now: service.runtime.now(), today: today(), isPreview: false },
    );
    expect(planned).toMatchObject({ ok: true, steps: [{ places: ["城关-1"], left: [] }] });
    await service.passTime();
    expect((await service.case(view.number)).deputy).toBe("D010");
    const before = [phone, phoneOf("D010"), phoneOf("D005")].map((one) => arrived(one).length);
    service.advance(DAY);
    await service.passTime();
    await service.deliverDue();
    const moved = await service.case(view.number);
    expect(moved.deputy).toBe("D005");
    expect(moved.decision).toMatchObject({ rule: "stand-in", passedOver: [{ deputy: "D010", why: "term-ended" }] });
    expect(since(phone, before[0]!)).toContain("周志强代表");
    expect(since(phoneOf("D010"), before[1]!)).toContain("已改由别人负责");
    expect(since(phoneOf("D005"), before[2]!)).toContain("健身器材");
    const next = await ask("t2", "北大街网格的井盖丢了");
    expect(next.view.deputy).toBe("D005");
    await service.passTime();
    const served = await service.runtime.database.inCounty(county, (tx) =>
      tx
        .select({ deputy: deputies.code, from: assignments.fromOn, until: assignments.untilOn })
        .from(assignments)
        .innerJoin(deputies, eq(deputies.id, assignments.deputyId))
        .innerJoin(grids, and(eq(grids.id, assignments.gridId), eq(grids.code, "城关-1")))
        .orderBy(asc(deputies.code)),
    );
    expect(served.filter(({ deputy }) => deputy !== "D009")).toEqual([
      { deputy: "D005", from: effectiveOn, until: null },
      { deputy: "D010", from: expect.any(String), until: addDays(effectiveOn, -1) },
    ]);
  });

  it("that was cancelled changes nothing", async () => {
    const planned = await planSuccession(
      service.runtime.database,
      county,
      { effectiveOn: addDays(today(), 1), steps: [{ from: "D009", to: "D005" }], author: "office:lin" },
      { now: service.runtime.now(), today: today(), isPreview: false },
    );
    const id = planned.ok ? planned.id! : "";
    expect(await cancelSuccession(service.runtime.database, county, id)).toBe(true);
    expect(await cancelSuccession(service.runtime.database, county, id)).toBe(false);
    const { view } = await ask("t3", "南大街的公厕没水");
    service.advance(DAY);
    await service.passTime();
    expect((await service.case(view.number)).deputy).toBe("D009");
  });
});

it("a station's head and kin are noted only of people and stations that there are", async () => {
  const { database } = service.runtime;
  expect(await setStationHead(database, county, "ST01", "D001")).toEqual({ ok: true });
  expect(await setStationHead(database, county, "ST01", null)).toEqual({ ok: true });
  expect(await setStationHead(database, county, "ST99", "D001")).toMatchObject({ ok: false });
  expect(await setStationHead(database, county, "ST01", "D999")).toMatchObject({ ok: false });
  const related = { related: true, note: "" };
  expect(await setRelated(database, county, ["D001", "D002"], related)).toEqual({ ok: true });
  expect(await setRelated(database, county, ["D002", "D001"], related)).toEqual({ ok: true });
  expect(await setRelated(database, county, ["D001", "D001"], related)).toMatchObject({ ok: false });
  expect(await setRelated(database, county, ["D001", "D999"], related)).toMatchObject({ ok: false });
});
