import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { type Office, openOffice } from "../office.ts";

const DAY = 86_400_000;

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.bind("deputy-D003", "D003");
  await office.bind("deputy-D001", "D001");
});
afterAll(() => office.close());

const told = () => office.sent.filter(({ to }) => to === "deputy-D003").map(({ text }) => text);
const numberSaid = (person: string) => {
  const receipt = office.sent.find(({ to }) => to === person)?.text ?? "";
  return String(Number(/\d{4}-(\d{6})/.exec(receipt)?.[1]));
};

test("a deputy's figures are what is open, what of it is overdue, and what is closed; nobody else's", async () => {
  await office.say("deputy-D003", "统计");
  expect(told().at(-1)).toContain("在办0件，其中过期0件；办结0件");
  for (const person of ["ann", "bob", "eve"]) await office.say(person, "柳东村一组路灯坏了，晚上看不见");
  await office.say("other", "柳东村二组路灯坏了，晚上看不见");
  await office.say("deputy-D003", "统计");
  expect(told().at(-1)).toContain("在办3件，其中过期0件；办结0件");

  await office.pass(20 * DAY);
  await office.say("deputy-D003", `办结 ${numberSaid("eve")} 换了灯泡`);
  for (const person of ["joe", "kay"]) await office.say(person, "柳东村一组水管漏水，路上都是水");
  await office.say("deputy-D003", "统计");
  expect(told().at(-1)).toContain("在办4件，其中过期2件；办结1件");

  await office.pass(20 * DAY);
  await office.say("deputy-D003", "统计");
  expect(told().at(-1)).toContain("在办4件，其中过期4件；办结1件");
});

test("a sealed case is neither in a deputy's list nor in the figures, also where it stands in the deputy's name", async () => {
  await office.say("moe", "柳东村一组井盖没了，怕孩子掉下去");
  await office.say("deputy-D003", "列表");
  const short = numberSaid("moe");
  expect(told().at(-1)).toContain("井盖");
  await office.say("deputy-D003", "统计");
  const before = told().at(-1);
  await office.db.database.inCounty(office.county.id, (tx) =>
    tx
      .update(cases)
      .set({ sealed: true })
      .where(eq(cases.number, `${office.runtime.now().getFullYear()}-${short.padStart(6, "0")}`)),
  );
  await office.say("deputy-D003", "列表");
  expect(told().at(-1)).not.toContain("井盖");
  await office.say("deputy-D003", "统计");
  expect(told().at(-1)).not.toBe(before);
  await office.say("deputy-D003", `回复 ${short} 马上去看`);
  const heard = office.sent.filter(({ to }) => to === "moe").map(({ text }) => text);
  expect(heard.join("\n")).not.toContain("马上去看");
});
