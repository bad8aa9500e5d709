import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { inviteRole } from "../../src/casework/deputy/invite-role.ts";
import { answerDevice, tokenIn } from "../answer-page.ts";
import { arrived, newest } from "../arrived.ts";
import { hasRedis } from "../redis.ts";
import { startService } from "../service.ts";
import { openWebChat, webVisitor } from "../web-visitor.ts";
import { casesOf, say, short } from "./resident.ts";

describe.each(["postgres", ...(hasRedis ? (["redis"] as const) : [])] as const)(
  "a deputy who answers on a one-time page over %s",
  (backend) => {
    it("answers a resident of the web chat with photos, then closes what a unit has; the resident gets both", async () => {
      const service = await startService({ backend });
      try {
        await openWebChat(service);
        const deputy = await service.deputy("D001");
        const resident = webVisitor(service);
        await resident.say("柳东村二组九号楼前路灯坏了", { scene: "g:柳东-2" });
        await service.settled();
        const [one] = await service.cases();
        const number = one!.number;
        await say(service, deputy, `网页 ${short(number)}`);
        const device = answerDevice(service);
        await device.open(tokenIn(deputy));
        const photo = await sharp({ create: { width: 20, height: 20, channels: 3, background: "#225533" } })
          .jpeg()
          .toBuffer();
        expect(await device.answer({ text: "电工来看过了", photos: [photo] })).toMatchObject({ ok: true });
        await service.settled();
        await service.deliverDue();
        expect((await resident.arrived()).join("\n")).toContain("电工来看过了");
        expect(await (await resident.get("/mine")).text()).toMatch(/<img src="[^"]+\/photo\/p\d+/);
        expect(newest(deputy)).toContain(`已通过网页答复 ${short(number)}，附1张照片`);

        // What a unit has is closed with how the deputy knows.
        const unit = service.phone(`unit over ${backend}`);
        const code = await inviteRole(service.runtime, service.jurisdiction("qinghe"), { role: "unit", ref: "U01" });
        await say(service, unit, `绑定 ${code}`);
        await say(service, deputy, `转办 ${short(number)} 住建局，请换灯`);
        await say(service, unit, `接收 ${short(number)}`);
        await say(service, deputy, `网页 ${short(number)}`);
        const token = tokenIn(deputy);
        await device.open(token);
        expect(await device.page()).toContain("您怎么知道的");
        expect(await device.answer({ act: "close", text: "灯换好了" })).toMatchObject({ status: 400, ok: false });
        expect(await device.answer({ act: "close", how: "visit", text: "灯换好了" })).toMatchObject({ ok: true });
        await service.settled();
        expect((await resident.arrived()).join("\n")).toContain("灯换好了");
        const closed = await service.case(number);
        expect(closed).toMatchObject({ state: "closed", outcome: "solved" });
        expect(closed.claims.deputy).toMatchObject({ how: "visit" });
        expect(await answerDevice(service).open(token)).toMatchObject({ status: 409 });
      } finally {
        await service.close();
      }
    });

    it("is told nothing of an accusation, nor by a page that was opened before it", async () => {
      const service = await startService({ backend });
      try {
        const deputy = await service.deputy("D001");
        const phone = service.phone(`accuser over ${backend}`);
        await say(service, phone, "柳东村二组八号楼前路灯坏了");
        const [before] = await casesOf(service, phone);
        await say(service, deputy, `网页 ${short(before!.number)}`);
        const device = answerDevice(service);
        await device.open(tokenIn(deputy));
        await say(service, phone, "我们网格的王代表收了物业的好处,跟他反映多少次都不办");
        const sealed = (await casesOf(service, phone)).find((row) => row.sealed);
        expect(sealed).toBeDefined();
        expect(await device.page()).not.toContain("好处");
        expect(await device.answer({ text: "谁说的" })).toMatchObject({ status: 409, ok: false });
        await say(service, deputy, `网页 ${short(sealed!.number)}`);
        expect(newest(deputy)).not.toContain("/a/");
        expect(arrived(deputy).join("\n")).not.toContain("好处");
      } finally {
        await service.close();
      }
    });
  },
);
