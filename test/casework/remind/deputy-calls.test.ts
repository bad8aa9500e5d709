import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { phoneTasks } from "../../../db/schema/console.ts";
import { deputies } from "../../../db/schema/people.ts";
import { tick } from "../../../src/casework/clock/tick.ts";
import { inviteDeputy } from "../../../src/casework/deputy/invite.ts";
import { enter2035, MONDAY, passTo as passOfficeTo } from "../in-2035.ts";
import { type Office, openOffice } from "../office.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  await enter2035(office);
  await passTo(MONDAY, "09:00");
});
afterEach(() => office.close());

const rows = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const passTo = (day: string, time: string) => passOfficeTo(office, day, time);
const calls = async () =>
  (await rows((tx) => tx.select().from(phoneTasks).orderBy(asc(phoneTasks.madeAt)))).map(
    ({ why, doneBy, deputyId }) => [why, doneBy, deputyId !== null],
  );
const stationOfCase = async () => (await rows((tx) => tx.select().from(cases)))[0]?.stationId;

describe("a station has to ring up a deputy", () => {
  it("who has not answered by the day after the promised one, once, and no more once it is answered", async () => {
    await office.bind("deputy-D001", "D001");
    await office.say("resident", "柳东村三组路灯坏了");
    await passTo("2035-03-12", "15:00");
    expect((await calls()).filter(([why]) => why === "deputy-late")).toEqual([]);
    await passTo("2035-03-13", "09:00");
    await Promise.all([1, 2, 3].map(() => tick(office.runtime, office.county.id)));
    const late = (await rows((tx) => tx.select().from(phoneTasks))).filter(({ why }) => why === "deputy-late");
    expect(late.map(({ stationId }) => stationId)).toEqual([await stationOfCase()]);
    await office.say("deputy-D001", "回复 1 电工明天来");
    await passTo("2035-03-14", "09:00");
    expect((await calls()).filter(([why]) => why === "deputy-late")).toEqual([["deputy-late", "service", true]]);
  });

  it("who has no chat and a new case for two working days, over a weekend too", async () => {
    await passTo("2035-03-09", "09:00");
    await office.say("resident", "柳东村三组路灯坏了");
    await passTo("2035-03-11", "10:00");
    await passTo("2035-03-12", "09:00");
    expect(await calls()).toEqual([]);
    await passTo("2035-03-13", "09:00");
    expect(await calls()).toEqual([["deputy-unreached", null, true]]);
    await passTo("2035-03-13", "11:00");
    expect(await calls()).toHaveLength(1);
    const [subject] = await rows((tx) => tx.select().from(cases));
    const code = (await rows((tx) => tx.select().from(deputies))).find(({ id }) => id === subject?.deputyId)?.code;
    const invite = await inviteDeputy(office.runtime, office.county.id, code ?? "");
    await office.say("deputy", `绑定 ${invite}`);
    await passTo("2035-03-14", "09:00");
    expect(await calls()).toEqual([["deputy-unreached", "service", true]]);
  });

  it("whom no reminder reaches day after day, though an earlier message did", async () => {
    await office.bind("deputy-D001", "D001");
    await office.say("resident", "柳东村三组路灯坏了");
    await passTo("2035-03-09", "09:00");
    await passTo("2035-03-12", "09:00");
    expect((await calls()).filter(([why]) => why === "deputy-unreached")).toEqual([]);
    await passTo("2035-03-13", "09:00");
    expect((await calls()).filter(([why]) => why === "deputy-unreached")).toEqual([["deputy-unreached", null, true]]);
  });
});
