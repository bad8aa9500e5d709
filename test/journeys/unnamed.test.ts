import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived, newest } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { onlyCase, say, short, since } from "./resident.ts";

let service: TestService;
let deputy: Phone;
let unit: Phone;
beforeAll(async () => {
  service = await startService();
  deputy = await service.deputy("D001");
  unit = service.phone("u01");
  const code = await inviteRole(service.runtime, service.jurisdiction("qinghe"), { role: "unit", ref: "U01" });
  await say(service, unit, `绑定 ${code}`);
});
afterAll(() => service.close());

const TELLS = /别说|不要让|知道是谁|我孩子|念书|隔壁的|是我/;
const MATTER = "柳东村三组的养猪场半夜往沟里排污";
const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: "#333" } })
    .jpeg()
    .toBuffer();
const readings = () => [...arrived(deputy), ...arrived(unit)].join("\n");

describe("who asks in the first message that nobody learns who they are", () => {
  it("has neither the wish nor what tells of them passed on, and reads truly what is kept from whom", async () => {
    const before = arrived(deputy).length;
    const person = service.phone("first");
    await say(service, person, `${MATTER}，我孩子在它隔壁的小学念书，别说是我说的`);
    const { number } = await onlyCase(service, person);
    expect(newest(deputy)).toContain("养猪场半夜往沟里排污");
    expect(since(deputy, before)).not.toMatch(TELLS);
    const told = arrived(person).join("\n");
    expect(told).toContain(`编号${number}：记下了，不让人知道是您说的`);
    expect(told).toContain("不转给代表、站里和单位");
    expect(told).toContain("查的人要写理由，每次都记下来");
    expect(told).not.toContain("收不回来");
    await say(service, deputy, `转办 ${short(number)} 住建局，请查`, short(number), "列表");
    await say(service, unit, "列表", short(number));
    expect(readings()).not.toMatch(TELLS);
  });

  it("has photos kept back from the deputy, and is told so", async () => {
    const person = service.phone("photo");
    await say(service, person, `${MATTER}，请替我保密`);
    const before = deputy.messages().length;
    await person.sendPhoto(await picture());
    await service.settled();
    await service.passTime();
    expect(
      deputy
        .messages()
        .slice(before)
        .some(({ content }) => content.kind === "picture"),
    ).toBe(false);
    expect(newest(person)).toContain("没有转给代表");
  });

  it("in danger too: the card comes, the case is urgent, and nobody reads who wrote", async () => {
    const before = arrived(deputy).length;
    const person = service.phone("danger");
    await say(service, person, "柳东村三组隔壁天天打老婆孩子，快打死人了，别说是我说的");
    expect(arrived(person).join("\n")).toContain("110");
    expect(since(deputy, before)).not.toMatch(/别说|是我/);
  });
});

describe("who asks later", () => {
  it("reads honestly who has read what already, and nothing more is passed on", async () => {
    await say(service, deputy, "列表");
    const person = service.phone("later");
    await say(service, person, `${MATTER}，我孩子在它隔壁的小学念书`);
    expect(newest(deputy)).toContain("念书");
    await say(service, person, "不要让他们知道是谁说的");
    const { number } = await onlyCase(service, person);
    expect(arrived(person).join("\n")).toMatch(/李秀兰代表已经看过您先前的话，收不回来了/);
    const before = arrived(deputy).length;
    await say(service, deputy, short(number));
    await say(service, person, "补充一下：昨晚又排了一次，我是村里的会计");
    const later = since(deputy, before);
    expect(later).toContain("昨晚又排了一次");
    expect(later).not.toMatch(/念书|会计|不要让/);
    const view = await service.case(number);
    const own = view.messages
      .filter(({ party }) => party === "resident")
      .map(({ text }) => text)
      .join("\n");
    expect(own).not.toMatch(/念书|会计|不要让/);
    expect(view.events.map(({ type }) => type)).toContain("marked_unnamed");
  });

  it("before anybody read it, has it told in the new words alone", async () => {
    const person = service.phone("unread");
    await say(service, deputy, "列表");
    await person.say(`${MATTER}，我孩子在它隔壁的小学念书`);
    await person.say("别说是我说的");
    const before = arrived(deputy).length;
    await service.settled();
    expect(since(deputy, before)).not.toMatch(/别说/);
    expect(arrived(person).join("\n")).toContain("不让人知道是您说的");
  });
});

it("leaves a ledger from which each case follows", async () => {
  const county = await countyByCode(service.runtime.database, "qinghe");
  expect(county === null ? null : (await auditCounty(service.runtime.database, county)).findings).toEqual([]);
});
