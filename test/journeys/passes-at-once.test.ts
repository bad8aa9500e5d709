import { asc } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { caseEvents, cases } from "../../db/schema/cases.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { tick } from "../../src/casework/clock/tick.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { arrived } from "../arrived.ts";
import { startService, type TestService } from "../service.ts";
import { DAY, HOUR, say, wait } from "./resident.ts";

/** What some days brought: what stands on each phone, and what was recorded of each case. */
type Brought = { readonly screens: readonly string[][]; readonly recorded: readonly string[] };

const PASSES = 3;
const services: TestService[] = [];
beforeAll(async () => {
  services.push(await startService(), await startService());
});
afterAll(() => Promise.all(services.map((service) => service.close())));

/** Lets a moment's passes over the county run, all at once, and sends what they brought. */
async function passOver(service: TestService, passes: number): Promise<void> {
  const county = service.jurisdiction("qinghe");
  await Promise.all(Array.from({ length: passes }, () => tick(service.runtime, county)));
  await wait(service, 3_000);
}

/** Nine days of a county in which much comes due, each half day with so many passes at once. */
async function nineDays(service: TestService, passes: number): Promise<Brought> {
  const county = service.jurisdiction("qinghe");
  const phones: Phone[] = [];
  const phone = (person: string) => {
    const one = service.phone(person);
    phones.push(one);
    return one;
  };
  const deputy = await service.deputy("D001");
  const workers = [deputy, await service.deputy("D002")];
  for (const [role, ref] of [
    ["unit", "U01"],
    ["station", "ST001"],
  ] as const) {
    workers.push(service.phone(ref));
    await say(service, service.phone(ref), `绑定 ${await inviteRole(service.runtime, county, { role, ref })}`);
  }
  for (const [index, text] of [
    "柳东村三组1号楼前路灯坏了",
    "柳东村三组2号楼前井盖没了",
    "柳东村三组广场舞太吵了，晚上睡不着",
    "柳东村三组停水了",
    "柳东村三组水停了，没人管",
    "柳东村三组又停水，一滴水都没有",
  ].entries())
    await say(service, phone(`resident-${index}`), text);
  service.advance(HOUR);
  await passOver(service, passes);
  await say(service, deputy, "转办 1 住建局，请修灯");
  await say(service, deputy, "办结 2 井盖盖好了");
  await say(service, deputy, "请假 3天");
  for (let half = 0; half < 18; half += 1) {
    service.advance(DAY / 2);
    await passOver(service, passes);
    if (half % 6 === 0) for (const worker of workers) await say(service, worker, "列表");
  }
  const recorded = await service.runtime.database.inCounty(county, async (tx) => {
    const rows = await tx.select({ caseId: caseEvents.caseId, type: caseEvents.type }).from(caseEvents);
    const numbers = await tx.select({ id: cases.id, number: cases.number }).from(cases).orderBy(asc(cases.number));
    const numberOf = new Map(numbers.map(({ id, number }) => [id, number]));
    return rows.map(({ caseId, type }) => `${numberOf.get(caseId)} ${type}`).toSorted();
  });
  const known = await countyByCode(service.runtime.database, "qinghe");
  expect((await auditCounty(service.runtime.database, known!)).findings).toEqual([]);
  return { recorded, screens: [...workers, ...phones].map((one) => arrived(one).toSorted()) };
}

it("passes over a county that run at once bring what one brings, and nobody hears anything twice", async () => {
  const [alone, together] = await Promise.all([nineDays(services[0]!, 1), nineDays(services[1]!, PASSES)]);
  expect(together.recorded).toEqual(alone.recorded);
  expect(together.screens).toEqual(alone.screens);
});
