import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { caseEvents, cases } from "../../db/schema/cases.ts";
import { auditCounty } from "../../src/casework/audit/audit-county.ts";
import { mergeInto } from "./merged-cases.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

let staff: StaffApi;
let serial = 0;
const LIFT = "锦绣家园小区电梯停了三天";

beforeAll(async () => {
  staff = await staffApi();
  await staff.office.bind("deputy-3", "D003");
  await staff.office.bind("deputy-9", "D009");
  await staff.person("林晓", "office");
  await staff.person("赵敏", "office");
  await staff.person("周强", "reviewer");
});

afterAll(async () => {
  expect((await auditCounty(staff.office.db.database, staff.office.county)).findings).toEqual([]);
  await staff.close();
});

beforeEach(async () => {
  await staff.office.say("deputy-3", "帮助");
  await staff.office.say("deputy-9", "帮助");
});

const shown = async (number: string) => (await staff.ask("林晓", `GET /cases/${number}`)).body;
const toldTo = (person: string) => staff.office.sent.filter(({ to }) => to === person).map(({ text }) => text);
const merge = (led: string, leading: string, body: object = {}, who = "林晓") =>
  mergeInto(staff, [led, leading], { who, body });
/** Two people tell of one lift; each pair has people of its own. */
async function pair(said = [LIFT, "锦绣家园电梯坏了，老人下不了楼"]): Promise<[string, string, string, string]> {
  serial += 1;
  const [a, b] = [`first-${serial}`, `second-${serial}`];
  const one = await staff.newCase(a, said[0] ?? "");
  const other = await staff.newCase(b, said[1] ?? "");
  return [one, other, a, b];
}

describe("taking a matter out of a case", () => {
  it("shows first who gets it and what each reads, and refuses whoever has seen an older version", async () => {
    serial += 1;
    const resident = `split-${serial}`;
    const number = await staff.newCase(resident, "柳东村三组路灯坏了");
    const before = await shown(number);
    const count = async () =>
      (await staff.office.db.database.inCounty(staff.office.county.id, (tx) => tx.select().from(cases))).length;
    const all = await count();
    const words = "柳东村三组的下水道也堵了";
    const preview = await staff.act("林晓", number, "split", { words, preview: true });
    expect(preview).toMatchObject({ status: 200, etag: `"${before.etag}"`, body: { number: null } });
    const told = preview.body.told as { to: string; text: string; number: string }[];
    expect(told.map(({ to }) => to).toSorted()).toEqual(["deputy", "resident"]);
    expect(told.every((one) => one.number !== number)).toBe(true);
    expect(await count()).toBe(all);
    const done = await staff.act("林晓", number, "split", { words });
    expect(done.status).toBe(200);
    expect(await count()).toBe(all + 1);
    expect(await shown(done.body.number)).toMatchObject({ state: "assigned" });
    await staff.office.work();
    expect(toldTo(resident).join("\n")).toContain(done.body.number);
    const late = { match: `"${before.etag}"`, body: { words } };
    expect((await staff.ask("赵敏", `POST /cases/${number}/split`, late)).status).toBe(412);
    expect((await staff.act("周强", number, "split", { words })).status).toBe(403);
    expect((await staff.act("林晓", number, "split", { words: "" })).status).toBe(422);
    await staff.act("林晓", number, "close", { outcome: "explained", text: "说明了" });
    expect((await staff.act("林晓", number, "split", { words })).status).toBe(409);
  });

  it("is nothing for a sealed case", async () => {
    serial += 1;
    const number = await staff.newCase(`sealed-${serial}`, "我要举报柳河镇的代表收了包工头的钱");
    const asked = { match: '"c0"', body: { words: "还有一件" } };
    expect((await staff.ask("林晓", `POST /cases/${number}/split`, asked)).body.code).toBe("reason-needed");
    const opened = { body: { reason: "值班时处理这件来信" } };
    await staff.ask("林晓", `POST /cases/${number}/open-sealed`, opened);
    expect((await staff.ask("林晓", `POST /cases/${number}/split`, asked)).status).not.toBe(200);
    const made = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.select().from(caseEvents).where(eq(caseEvents.type, "split")),
    );
    expect(made.some(({ details }) => details.from === number || details.into === number)).toBe(false);
  });
});

describe("merging two cases", () => {
  it("shows in a preview what each reads, and names neither resident to the other", async () => {
    const [leading, led, , b] = await pair();
    const before = await shown(led);
    const preview = await merge(led, leading, { preview: true });
    expect(preview).toMatchObject({ status: 200, etag: `"${before.etag}"` });
    for (const { to, text, number } of preview.body.told as { to: string; text: string; number: string }[]) {
      if (to !== "resident") continue;
      expect(number).toBe(led);
      expect(text).not.toContain(leading);
    }
    expect(await shown(led)).toEqual(before);
    expect((await merge(led, leading)).status).toBe(200);
    await staff.office.work();
    expect(toldTo(b).join("\n")).not.toContain(leading);
    expect((await shown(led)).links).toEqual({ leading, merged: [] });
    expect((await shown(leading)).links.merged).toEqual([expect.objectContaining({ number: led })]);
  });

  it("brings answers and the closing of the leading one to both, each under their own number, and counts both verdicts", async () => {
    const [leading, led, a, b] = await pair();
    await merge(led, leading);
    expect((await staff.act("林晓", leading, "answer", { text: "电梯公司明天来" })).status).toBe(200);
    await staff.office.work();
    expect(toldTo(a).at(-1)).toMatch(new RegExp(`${leading}[^]*电梯公司明天来`));
    expect(toldTo(b).at(-1)).toMatch(new RegExp(`${led}[^]*电梯公司明天来`));
    expect(toldTo(b).at(-1)).not.toContain(leading);
    const closing = { outcome: "solved", claim: "unit", text: "修好了，试运行正常" };
    expect((await staff.act("林晓", leading, "close", closing)).status).toBe(200);
    await staff.office.work();
    for (const number of [leading, led]) {
      expect(await shown(number)).toMatchObject({
        state: "closed",
        outcome: "solved",
        claims: { unit: { result: "done" } },
      });
    }
    await staff.office.say(a, "满意");
    await staff.office.say(b, "不满意，还是停着");
    expect(await shown(leading)).toMatchObject({
      state: "closed",
      rating: 5,
      claims: { resident: { result: "confirmed" } },
    });
    expect(await shown(led)).toMatchObject({
      reopenings: 1,
      closedAt: null,
      claims: { resident: { result: "denied" } },
    });
  });

  it("brings what the resident of the other says to the leading one and its deputy, and the deputy's answer to both", async () => {
    const [leading, led, a, b] = await pair(["柳东村一组路灯坏了六盏", "柳东村一组路灯不亮，晚上看不见"]);
    await merge(led, leading);
    await staff.office.say(b, "还没修，昨晚又摔了一个人");
    await staff.office.work();
    const page = await shown(leading);
    expect(page.messages).toContainEqual(expect.objectContaining({ from: led, text: "还没修，昨晚又摔了一个人" }));
    expect(page.events).toContainEqual(
      expect.objectContaining({ type: "message_added", details: expect.objectContaining({ from: led }) }),
    );
    expect(toldTo("deputy-3").at(-1)).toMatch(/还没修，昨晚又摔了一个人/);
    expect(toldTo("deputy-3").at(-1)).toContain(`${Number(leading.slice(5))}号`);
    await staff.office.say("deputy-3", `回复 ${leading} 已经联系电工`);
    await staff.office.work();
    expect(toldTo(a).at(-1)).toMatch(new RegExp(`${leading}[^]*已经联系电工`));
    expect(toldTo(b).at(-1)).toMatch(new RegExp(`${led}[^]*已经联系电工`));
    // The deputy has one case, not two.
    await staff.office.say("deputy-3", "列表");
    const list = toldTo("deputy-3").at(-1) ?? "";
    expect(list).toContain(`${Number(leading.slice(5))}号`);
    expect(list).not.toContain(`${Number(led.slice(5))}号`);
  });

  it("can be taken back for thirty days: both are as before, and their events tell of it", async () => {
    const [leading, led, , b] = await pair();
    const [one, other] = [await shown(leading), await shown(led)];
    await merge(led, leading);
    expect((await staff.act("林晓", led, "unmerge", {})).status).toBe(200);
    for (const [number, before] of [
      [leading, one],
      [led, other],
    ] as const) {
      const after = await shown(number);
      for (const field of ["state", "holder", "place", "dueOn", "category", "links"])
        expect([field, after[field]]).toEqual([field, before[field]]);
      expect(after.events.map(({ type }: { type: string }) => type).slice(before.events.length)).toEqual([
        "merged",
        "unmerged",
      ]);
    }
    expect((await staff.act("林晓", led, "unmerge", {})).status).toBe(409);
    await staff.office.say(b, "电梯还是停着");
    expect((await shown(leading)).messages.some(({ from }: { from: string | null }) => from !== null)).toBe(false);
    await merge(led, leading);
    await staff.office.pass(31 * 86_400_000);
    expect(await staff.act("林晓", led, "unmerge", {})).toMatchObject({ status: 422, body: { code: "too-late" } });
  });

  it("comes to an end when its resident withdraws the leading one: the other stands by itself again", async () => {
    const [leading, led, a] = await pair();
    await merge(led, leading);
    await staff.office.say(a, "撤回");
    expect(await shown(leading)).toMatchObject({ outcome: "withdrawn" });
    expect(await shown(led)).toMatchObject({ closedAt: null, links: { leading: null } });
  });
});

describe("what cannot be merged", () => {
  it("is refused with the reason, and nothing has changed then", async () => {
    const [one, two] = await pair();
    const [three, four] = await pair();
    const refusal = async (led: string, leading: string) => (await merge(led, leading)).body.code;
    expect(await refusal(one, one)).toBe("same-case");
    await merge(two, one);
    expect(await refusal(three, two)).toBe("merged-away");
    expect(await refusal(one, three)).toBe("leads-others");
    expect((await merge(two, three)).status).toBe(409);
    await staff.act("林晓", four, "close", { outcome: "explained", text: "按规定不能办" });
    expect(await refusal(three, four)).toBe("leading-closed");
    const gas = await staff.newCase("gas", "锦绣家园楼道里全是煤气味，头晕");
    expect(await refusal(gas, three)).toBe("urgent-leads");
    expect(await merge(three, three, {}, "周强")).toMatchObject({ status: 403 });
    expect(
      await staff.ask("林晓", `POST /cases/${three}/merge`, {
        match: '"c1"',
        body: { into: "2026-999999", intoVersion: "c1" },
      }),
    ).toMatchObject({ status: 404 });
  });

  it("is a sealed case with an ordinary one, in either direction", async () => {
    const [one] = await pair();
    const sealed = await staff.newCase("accuser", "村支书收了好处，低保名额都给了亲戚");
    const [row] = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.select({ sealed: cases.sealed }).from(cases).where(eq(cases.number, sealed)),
    );
    expect(row).toEqual({ sealed: true });
    const version = (await shown(one)).etag;
    expect(
      await staff.ask("林晓", `POST /cases/${one}/merge`, {
        match: `"${version}"`,
        body: { into: sealed, intoVersion: "c9" },
      }),
    ).toMatchObject({ status: 412 });
    expect(
      (
        await staff.ask("林晓", `POST /cases/${sealed}/merge`, {
          match: '"c1"',
          body: { into: one, intoVersion: version },
        })
      ).status,
    ).toBe(403);
    expect((await shown(one)).links).toEqual({ leading: null, merged: [] });
  });

  it("is anything of which somebody has seen another version than there is", async () => {
    const [one, two] = await pair();
    const [a, b] = [await shown(one), await shown(two)];
    await staff.ask("赵敏", `POST /cases/${one}/notes`, { body: { text: "打过电话" } });
    const late = await staff.ask("林晓", `POST /cases/${two}/merge`, {
      match: `"${b.etag}"`,
      body: { into: one, intoVersion: a.etag },
    });
    expect(late).toMatchObject({ status: 412, body: { since: [{ type: "noted", by: "赵敏" }] } });
    expect(
      (await staff.ask("林晓", `POST /cases/${two}/merge`, { body: { into: one, intoVersion: "c1" } })).status,
    ).toBe(428);
  });

  it("is one of two cases that two people merge into each other at once", async () => {
    const [one, two] = await pair();
    const [a, b] = [await shown(one), await shown(two)];
    const ask = (who: string, led: string, leading: string, mine: string, theirs: string) =>
      staff.ask(who, `POST /cases/${led}/merge`, {
        match: `"${mine}"`,
        key: randomUUID(),
        body: { into: leading, intoVersion: theirs },
      });
    const done = await Promise.all([ask("林晓", one, two, a.etag, b.etag), ask("赵敏", two, one, b.etag, a.etag)]);
    expect(done.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expect([(await shown(one)).links.leading, (await shown(two)).links.leading].filter((x) => x !== null)).toHaveLength(
      1,
    );
  });
});
