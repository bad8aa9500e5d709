import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bindingInvites, bindings } from "../../../db/schema/conversations.ts";
import { endChat } from "../../../src/casework/bindings/end-chat.ts";
import { type Office, openOffice } from "../office.ts";
import { atDesk } from "./desk.ts";

let office: Office;
let desk: ReturnType<typeof atDesk>;
beforeAll(async () => {
  office = await openOffice();
  desk = atDesk(office);
  await desk.bind("officer", "ST01");
  await office.bind("deputy", "D001");
});
afterAll(() => office.close());

describe("the person of a station is bound", () => {
  it("once by a code, beside a colleague; what is over binds nobody, and whose binding was ended is a resident", async () => {
    expect(desk.newest("officer").text).toContain("您在这里代表");
    const code = await desk.invite("ST01");
    await office.say("colleague", `绑定 ${code}`);
    await office.say("third", `绑定 ${code}`);
    expect(desk.newest("third").text).toContain("不能用");
    await desk.bind("colleague", "ST01");
    const held = await desk.rows((tx) => tx.select().from(bindings).where(eq(bindings.ref, "ST01")));
    expect(held).toHaveLength(2);
    await office.say("colleague", "帮助");
    expect(desk.newest("colleague").text).toMatch(/代记.*电话.*号码.*已告知.*打不通.*转派/s);
    const late = await desk.invite("ST01");
    await desk.rows((tx) =>
      tx
        .update(bindingInvites)
        .set({ expiresAt: new Date(0) })
        .where(sql`${bindingInvites.usedAt} is null`),
    );
    await office.say("late", `绑定 ${late}`);
    expect(desk.newest("late").text).toContain("不能用");
    expect(await desk.invite("ST99")).toBeNull();
    await desk.bind("leaver", "ST02");
    const [left] = await desk.rows((tx) => tx.select().from(bindings).where(eq(bindings.ref, "ST02")));
    await desk.rows((tx) => endChat(tx, { role: "station", ref: "ST02", id: left!.id }, office.runtime.now()));
    const before = await desk.numbers();
    await office.say("leaver", "电话");
    expect(desk.newest("leaver").text).not.toContain("要打的电话");
    expect(await desk.numbers()).toEqual(before);
  });
});

describe("the word of a station", () => {
  it("is nobody's word who is not bound: a resident who writes it is heard as one", async () => {
    await office.say("resident", `代记 ${desk.matter("桥栏杆断了")}`);
    const one = await desk.view((await desk.lastCase()).number);
    expect(one.events[0]).toMatchObject({ type: "opened", by: "resident" });
    expect(one.source).toBe("chat");
    for (const said of ["电话", "号码 1", "已告知 1", "打不通 1", "转派 1 D002"]) {
      await office.say("stranger", said);
      expect(desk.newest("stranger").text).not.toMatch(/要打的电话|算告知|转派给/);
    }
  });

  it("leaves the officer a resident and a deputy too, and a word that only one role has is taken for it", async () => {
    await office.say("officer", desk.matter("墙要倒了"));
    expect((await desk.view((await desk.lastCase()).number)).events[0]).toMatchObject({
      type: "opened",
      by: "resident",
    });
    await office.bind("both", "D002");
    await desk.bind("both", "ST01");
    await office.say("both", "列表");
    expect(desk.newest("both").text).not.toContain("要打的电话");
    const { number } = await desk.takenDown(desk.matter(), "both");
    expect((await desk.view(number)).events[0]).toMatchObject({ by: "station:ST01" });
    await office.say("both", "帮助");
    expect(desk.newest("both").labels).toEqual([expect.stringContaining("代表"), expect.stringContaining("联络站")]);
    await office.say("both", "2");
    expect(desk.newest("both").text).toContain("代记");
  });
});
