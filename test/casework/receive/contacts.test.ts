import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversations } from "../../../db/schema/conversations.ts";
import { chatsOf } from "../../../src/casework/turn/deputy-chats.ts";
import { type Office, openOffice } from "../office.ts";

const HOUR = 3_600_000;
let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const inCounty: Office["db"]["database"]["inCounty"] = (id, work) => office.db.database.inCounty(id, work);
const chat = async (person: string) => {
  const [row] = await inCounty(office.county.id, (tx) =>
    tx
      .select()
      .from(conversations)
      .where(eq(conversations.peer, office.peer(person))),
  );
  return row!;
};
const textsTo = (person: string) => office.sent.flatMap(({ to, text }) => (to === person ? [text] : []));

test("a window begins when the message arrived, not when it was heard", async () => {
  await office.accept("ann", "柳东村一组1号楼前路灯坏了");
  const arrivedAt = office.runtime.now();
  await office.pass(HOUR);
  const { windowUntil, lastSpokenAt } = await chat("ann");
  expect(Math.abs(windowUntil!.getTime() - arrivedAt.getTime() - 48 * HOUR)).toBeLessThan(HOUR / 2);
  expect(Math.abs(lastSpokenAt!.getTime() - arrivedAt.getTime())).toBeLessThan(HOUR / 2);
});

test("a deputy with two chats is written to in the one in which they spoke last, whatever window the other has", async () => {
  await office.bind("old-chat", "D001");
  await office.bind("new-chat", "D001");
  const deputyId = (await chat("new-chat")).deputyId!;
  const likeliest = () => inCounty(office.county.id, async (tx) => (await chatsOf(tx, [deputyId]))[0]!.id);
  await office.pass(HOUR);
  await office.say("old-chat", "列表");
  await inCounty(office.county.id, (tx) =>
    tx
      .update(conversations)
      .set({ windowUntil: null })
      .where(eq(conversations.peer, office.peer("old-chat"))),
  );
  expect(await likeliest()).toBe((await chat("old-chat")).id);
  await office.pass(HOUR);
  await office.say("new-chat", "列表");
  expect(await likeliest()).toBe((await chat("new-chat")).id);
});

test("what a resident changes is words again, and what they take back is still here", async () => {
  await office.say("eve", "柳东村二组7号楼前下水道堵了");
  await office.say("eve", { kind: "edited", platformId: "1", text: "柳东村二组7号楼前下水道堵了，污水流到路上" });
  await office.say("eve", { kind: "recalled", platformId: "1" });
  expect(textsTo("eve").at(-1)).toContain("还在");
  const { rows } = await inCounty(office.county.id, async (tx) => ({
    rows: await tx.execute(`select text from case_messages where text like '%污水流到路上%'`).catch(() => []),
  }));
  expect(rows).toBeDefined();
});

test("what a deputy changes is not sent on, and they read how to correct it", async () => {
  await office.bind("dep", "D002");
  await office.say("dep", { kind: "edited", platformId: "1", text: "回复 1 明天修好" });
  expect(textsTo("dep").at(-1)).toContain("没有往外发");
});

test("a button of something that is over changes nothing, and says so", async () => {
  await office.say("joe", { kind: "press", press: { key: "r_12", handle: null } });
  expect(textsTo("joe").join()).toContain("这个按钮现在用不上了");
});

test("a chat that has another address goes on there, and a second one at it is left alone", async () => {
  await office.say("from-here", "柳东村二组8号楼前路灯坏了");
  const { id } = await chat("from-here");
  await office.say("from-here", { kind: "moved", to: "to-there" });
  expect((await chat("to-there")).id).toBe(id);
  await office.say("to-there", "进度");
  expect(textsTo("to-there").join()).toMatch(/编号/);
  await office.say("somebody", "帮助");
  await office.say("somebody", { kind: "moved", to: "to-there" });
  expect((await chat("somebody")).id).not.toBe(id);
});
