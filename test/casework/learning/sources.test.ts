import { desc } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { understandingCorrections } from "../../../db/schema/understandings.ts";
import { findCandidates } from "../../../src/casework/learning/candidates.ts";
import { correctCategory } from "../../../src/casework/office/category-corrections.ts";
import { moveByHand } from "../../../src/casework/office/move-case.ts";
import { openUnread } from "../../../src/casework/resident/open-unread.ts";
import { type Office, openOffice } from "../office.ts";
import { understoodOf } from "./lessons.ts";

let office: Office;
let county: string;
beforeAll(async () => {
  office = await openOffice();
  county = office.county.id;
});
afterAll(() => office.close());

const inCounty: Office["runtime"]["database"]["inCounty"] = (id, work) => office.runtime.database.inCounty(id, work);
const newest = async () => {
  const [row] = await inCounty(county, (tx) => tx.select().from(cases).orderBy(desc(cases.number)).limit(1));
  return row!;
};
const corrections = () => inCounty(county, (tx) => tx.select().from(understandingCorrections));
const candidateOf = async (person: string) => {
  const [first] = await understoodOf(office.runtime, county, office.peer(person));
  const all = await inCounty(county, (tx) => findCandidates(office.runtime, tx, county));
  return all.find(({ seq }) => seq === first!.seq);
};

describe("a candidate comes from", () => {
  it("a message that the office opened from the list", async () => {
    await office.say("poster", "专业贴膜开锁,加微信");
    const [first] = await understoodOf(office.runtime, county, office.peer("poster"));
    await openUnread(office.runtime, county, { id: String(first!.seq), by: "何" });
    expect(await candidateOf("poster")).toMatchObject({ decided: "spam", was: "matter", source: "office" });
  });

  it("a case that the office filed anew or moved, where it says that the words were something else", async () => {
    await office.say("filed", "柳东村一组路灯坏了没人修");
    const { number } = await newest();
    const filed = { number, category: null, by: "何" };
    expect(await correctCategory(office.runtime, county, filed)).toMatchObject({ ok: true });
    expect(await candidateOf("filed")).toBeUndefined();
    expect(await correctCategory(office.runtime, county, { ...filed, was: "matter" })).toMatchObject({ ok: true });
    expect(await candidateOf("filed")).toBeUndefined();
    expect(await correctCategory(office.runtime, county, { ...filed, was: "thanks" })).toMatchObject({ ok: true });
    expect(await candidateOf("filed")).toMatchObject({ was: "thanks", source: "office" });

    await office.say("moved", "柳东村二组的水渠堵死了,地里全淹着");
    const moved = await newest();
    expect(await moveByHand(office.runtime, county, moved.number, { kind: "office" }, "何", "status")).toEqual({
      ok: true,
    });
    expect(await candidateOf("moved")).toMatchObject({ was: "status", source: "office" });
  });

  it("a deputy who returns a case and says what it was, unless the words are about them", async () => {
    await office.bind("deputy", "D003");
    const words = async (person: string, text: string, reason: string) => {
      await office.say(person, text);
      const { number, deputyId } = await newest();
      expect(deputyId).not.toBeNull();
      await office.say("deputy", `退回 ${Number(number.slice(5))} ${reason}`);
      return candidateOf(person);
    };
    const before = (await corrections()).length;
    expect(await words("far", "柳东村一组路灯坏了没人修", "不是我的片")).toBeUndefined();
    expect(await words("asking", "柳东村一组的路灯坏了", "这是咨询")).toBeUndefined();
    expect(await words("praising", "柳东村一组路灯不亮了", "这是感谢,不是诉求")).toMatchObject({
      was: "thanks",
      source: "deputy",
    });
    expect((await corrections()).length).toBe(before + 1);
    const about = "柳东村一组路灯坏了,赵德明代表说过会来看看";
    expect(await words("about-him", about, "这是感谢,不是诉求")).toBeUndefined();
    expect((await corrections()).length).toBe(before + 1);
    const { by } = (await corrections()).find(({ source }) => source === "deputy")!;
    expect(by).toBe("deputy:D003");
  });
});
