import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { cases } from "../../db/schema/cases.ts";
import { phoneTasks } from "../../db/schema/console.ts";
import { outbox } from "../../db/schema/outbox.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { countyByCode } from "../../src/casework/county/counties.ts";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import type { Phone } from "../../src/demo/platforms/wechat/phone.ts";
import { minuteIn } from "../../src/domain/calendar/office-hours.ts";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService, type TestService } from "../service.ts";
import { casesOf, DAY, MINUTE, say, short } from "./resident.ts";

const photo = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function bound(service: TestService, person: string, ref: string): Promise<Phone> {
  const phone = service.phone(person);
  const code = await inviteRole(service.runtime, service.jurisdiction("qinghe"), { role: "station", ref });
  await say(service, phone, `绑定 ${code}`);
  return phone;
}

/** The number of the case that this phone was last told to be taken down. */
const takenDown = (phone: Phone) =>
  arrived(phone)
    .flatMap((text) => /记下了，编号(\d{4}-\d{6})/.exec(text)?.[1] ?? [])
    .at(-1) ?? "";

const pictures = (phone: Phone) => phone.messages().filter(({ content }) => content.kind === "picture").length;

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "the officer of a station over %s",
  (backend) => {
    it("takes down what people say, who are told by telephone or in their own chat; what is late reaches the station", async () => {
      const service = await startService({ backend });
      const inCounty = <T>(work: Parameters<typeof service.runtime.database.inCounty<T>>[1]) =>
        service.runtime.database.inCounty(service.jurisdiction("qinghe"), work);
      const replies = async (number: string) => {
        return inCounty((tx) =>
          tx
            .select({ state: outbox.state })
            .from(outbox)
            .innerJoin(cases, eq(cases.id, outbox.caseId))
            .where(and(eq(cases.number, number), eq(outbox.kind, "reply"))),
        );
      };
      try {
        const deputy = await service.deputy("D001");
        const officer = await bound(service, "officer", "ST01");

        await say(service, officer, "代记 柳东村三组老人说1号桥栏杆断了");
        const first = takenDown(officer);
        await officer.sendPhoto(photo);
        await service.settled();
        expect(newest(officer)).toBe(`照片收到了，放进${short(first)}号。`);
        await say(service, officer, "电话 13812345678");
        await say(service, deputy, `回复 ${short(first)} 这周就修`);
        expect((await replies(first)).map(({ state }) => state)).toEqual(["waiting"]);
        expect(arrived(deputy).join()).not.toMatch(/13812345678/);
        await say(service, officer, "电话", "号码 1");
        expect(newest(officer)).toMatch(/13812345678[\s\S]*这周就修/);
        await say(service, officer, "已告知 1");
        expect((await replies(first)).map(({ state }) => state)).toEqual(["delivered"]);
        expect(await service.case(first)).toMatchObject({ source: "walk-in", station: "ST01" });

        await say(service, officer, "代记 柳东村三组2号楼前路灯坏了", "1");
        const second = takenDown(officer);
        expect(arrived(officer).join("\n")).toContain(`${short(second)}号的码正在做`);
        expect(pictures(officer)).toBeGreaterThan(0);
        const scene = service.wechat.scenes("qinghe").find((one) => one.startsWith("k:"))!;
        await say(service, deputy, `回复 ${short(second)} 灯具明天到`);
        const walkIn = service.phone("walk-in");
        await walkIn.scan(`${scene.slice(0, -1)}${scene.endsWith("A") ? "B" : "A"}`);
        await service.settled();
        expect(newest(walkIn)).toContain("过期了");
        await walkIn.scan(scene);
        await service.settled();
        expect(arrived(walkIn).join("\n")).toContain(`编号${second}`);
        expect(arrived(walkIn).join("\n")).toContain("灯具明天到");
        expect((await replies(second)).map(({ state }) => state)).toEqual(["delivered"]);
        expect((await casesOf(service, walkIn)).map(({ number }) => number)).toEqual([second]);
        const thief = service.phone("thief");
        await thief.scan(scene);
        await service.settled();
        expect(newest(thief)).toContain("用过了");
        expect(arrived(thief).join()).not.toContain("路灯");
        expect(await casesOf(service, thief)).toEqual([]);
        const calls = await inCounty((tx) => tx.select().from(phoneTasks));
        expect(calls.filter(({ doneAt }) => doneAt === null)).toEqual([]);
        await say(service, walkIn, "进度");
        expect(newest(walkIn)).toContain(second);

        const resident = service.phone("resident");
        await say(service, resident, "柳东村三组3号楼前路灯坏了");
        const [late] = await casesOf(service, resident);
        const toTen = (24 * 60 + 10 * 60 - minuteIn(service.runtime.now(), "Asia/Shanghai")) % (24 * 60);
        service.advance(toTen * MINUTE);
        const isLate = async () => ((await service.case(late!.number)) as { escalation: number }).escalation > 0;
        for (let day = 0; day < 20 && !(await isLate()); day += 1) {
          service.advance(DAY);
          await service.passTime();
        }
        await say(service, officer, "电话");
        await service.deliverDue();
        const told = arrived(officer).filter((text) => text.includes(`【过期】${short(late!.number)}号`));
        expect(told).toHaveLength(1);
        await say(service, resident, "进度");
        expect(arrived(resident).join("\n")).toMatch(/对不住.*已请.*联络站催办/);
        await say(service, officer, `转派 ${short(late!.number)} 王建国`);
        expect(newest(officer)).toContain("转派给王建国代表了");
        expect(await service.case(late!.number)).toMatchObject({ deputy: "D002", escalation: 1 });

        const county = (await countyByCode(service.runtime.database, "qinghe"))!;
        expect((await auditCounty(service.runtime.database, county)).findings).toEqual([]);
      } finally {
        await service.close();
      }
    });
  },
);
