import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseMessages, cases } from "../../../db/schema/cases.ts";
import { media } from "../../../db/schema/media.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { RECORDINGS } from "../../../src/http/contract/desk/recordings.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

/** Who may, by the first letters of the roles; operators are `p`. */
const TABLE: Readonly<Record<string, string>> = {
  "GET /recordings": "o",
  "POST /cases/{number}/transcript": "o",
};
const LETTER: Readonly<Record<Role, string>> = {
  ...{ office: "o", reviewer: "r", station: "s", auditor: "a", operator: "p" },
};
const GARBLED = "恩那嘎哈咧呜啦嘟嗝";
const LAMP = "柳东村一组路灯坏了六盏";
const REASON = { reason: "answer-the-resident", note: "听录音写下来" };
const HOUR = 3_600_000;

let staff: StaffApi;
beforeAll(async () => {
  staff = await staffApi();
  for (const role of ROLES) await staff.person(role, role);
  await staff.person("林晓", "office");
  await staff.office.bind("deputy", "D003");
});
afterAll(() => staff.close());

const list = async () => (await staff.ask("office", "GET /recordings")).body.items;
const numbers = async () => (await list()).map((one: { case: { number: string } }) => one.case.number);
const page = async (number: string) => (await staff.ask("office", `GET /cases/${number}`)).body;
const write = (number: string, text: string | null, more = {}) =>
  staff.act("林晓", number, "transcript", { text, ...more });
const types = (one: { events: { type: string }[] }) => one.events.map(({ type }) => type);
const said = (one: { messages: { party: string; text: string }[] }, party: string) =>
  one.messages.flatMap((message) => (message.party === party ? [message.text] : []));
const waiting = async () => {
  const { sections } = (await staff.ask("office", "GET /today")).body;
  return sections.find(({ code }: { code: string }) => code === "recordings-unheard");
};
let spoken = 0;
async function speak(person: string, transcript?: string): Promise<void> {
  spoken += 1;
  await staff.office.say(person, {
    ...{ kind: "media", media: { mediaId: `voice-${spoken}`, form: "voice" } },
    ...(transcript !== undefined && { transcript }),
  });
}
/** A case whose resident asked for somebody who listens. */
async function unheard(person: string): Promise<string> {
  await speak(person, GARBLED);
  return staff.newCase(person, "3");
}

describe("the table of who may ask for what", () => {
  it("has every operation, and no other", () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(RECORDINGS).sort());
  });
  it.each(Object.entries(TABLE))("%s: %s", async (name, who) => {
    const path = name.replace("{number}", "2026-000099");
    for (const role of ROLES) {
      const { status, body: told } = await staff.ask(role, path, name.startsWith("GET") ? {} : { body: "{" });
      expect([role, status === 403 && told?.code === "role"]).toEqual([role, !who.includes(LETTER[role])]);
    }
  });
});

describe("what somebody hears in a recording", () => {
  it("waits, oldest first, is previewed, becomes the words of the case, and goes to the deputy of the place", async () => {
    const [first, second] = [await unheard("first"), await unheard("second")];
    expect(await numbers()).toEqual([first, second]);
    expect(await waiting()).toMatchObject({ count: 2, opens: { page: "recordings" } });
    expect((await list())[0]).toMatchObject({ recordings: [{ id: expect.any(String), isKept: false }] });
    const preview = await write(first, LAMP, { preview: true });
    expect(preview.body.became).toBe("placed");
    expect(preview.body.told.map(({ to }: { to: string }) => to)).toEqual(
      expect.arrayContaining(["resident", "deputy"]),
    );
    expect(await numbers()).toEqual([first, second]);
    expect(await write(first, LAMP)).toMatchObject({ status: 200, body: { became: "placed", told: [] } });
    expect(await numbers()).toEqual([second]);
    const one = await page(first);
    expect(one).toMatchObject({ state: "assigned", summary: LAMP, deputy: "D003" });
    expect(said(one, "resident")).toContain(LAMP);
    expect(said(one, "resident").join("\n")).not.toContain("嘎哈");
    expect(said(one, "service").join("\n")).toContain(`我们听了您的录音，听到的是：「${LAMP}」`);
    expect(said(one, "service").join("\n")).toContain("代表");
    expect(one.messages).toContainEqual(expect.objectContaining({ kind: "by-ear", party: "resident" }));
    expect(one.events).toContainEqual(
      expect.objectContaining({ type: "transcribed", by: "office:林晓", details: { understood: true } }),
    );
    await staff.office.work();
    const { sent } = staff.office;
    const toDeputy = JSON.stringify(sent.filter((message) => JSON.stringify(message).includes("听写")));
    expect(toDeputy).toContain(first);
    expect((await write(first, LAMP)).body.code).toBe("nothing-to-hear");
  });

  it("is placed where the clerk says, and nowhere where there is no such grid", async () => {
    const number = await unheard("by-grid");
    const refused = await write(number, "路灯坏了六盏没人修", { grid: "没有-1" });
    expect([refused.status, refused.body.code]).toEqual([422, "unknown-grid"]);
    expect(types(await page(number))).not.toContain("transcribed");
    expect((await write(number, "路灯坏了六盏没人修", { grid: "柳东-1" })).body.became).toBe("placed");
    expect(types(await page(number))).toContain("placed_by_hand");
  });

  it("has its resident asked where it is, who answers and is placed", async () => {
    const number = await unheard("no-place");
    expect((await write(number, "路灯坏了六盏没人修")).body.became).toBe("asked");
    await staff.office.say("no-place", "柳东村一组");
    expect(await page(number)).toMatchObject({ state: "assigned" });
  });

  it("that has several matters in it becomes a case of each, and one accusing part seals the whole", async () => {
    const number = await unheard("several");
    const heard = "1.柳东村一组路灯坏了半个月了。2.我妈的高龄补贴今年一分没到，麻烦查查。";
    const written = await write(number, heard);
    expect(written.body).toMatchObject({ became: "placed", apart: [expect.stringMatching(/^2026-\d{6}$/)] });
    const [other] = written.body.apart;
    const [lamp, money] = [await page(number), await page(other)];
    expect(said(lamp, "resident").join()).toContain("路灯");
    expect(said(lamp, "resident").join()).not.toContain("补贴");
    expect(said(money, "resident").join()).toContain("高龄补贴");
    expect(money.messages).toContainEqual(expect.objectContaining({ kind: "by-ear", party: "resident" }));
    expect([lamp.grid, money.grid]).toEqual([lamp.grid, lamp.grid]);
    expect(types(lamp)).toContain("split");
    expect(types(money)).toContain("split");
    await staff.office.work();
    const heardBack = staff.office.sent.filter(({ text }) => text.includes("听到的是"));
    expect(heardBack.at(-1)?.text).toContain("高龄补贴");
    const accusing = await unheard("several-accuser");
    const sealed = await write(accusing, "1.柳东村一组路灯坏了半个月了。2.村支书收了好处，低保名额都给了亲戚。");
    expect(sealed.body).toMatchObject({ became: "sealed", apart: [] });
  });

  it("is asked once for the place of all of them, and brings all there", async () => {
    const number = await unheard("several-lost");
    const { body } = await write(number, "1.路灯坏了半个月了没人修。2.我妈的高龄补贴今年一分没到，麻烦查查。");
    expect(body).toMatchObject({ became: "asked", apart: [expect.any(String)] });
    await staff.office.say("several-lost", "柳东村一组");
    const both = [await page(number), await page(body.apart[0])];
    expect(both.map(({ state }) => state)).toEqual(["assigned", "assigned"]);
  });

  it("that accuses somebody is sealed before anybody reads it, and names nothing to whoever spoke", async () => {
    const number = await unheard("accuser");
    const before = staff.office.sent.length;
    expect((await write(number, "村支书收了好处，低保名额都给了亲戚")).body.became).toBe("sealed");
    await staff.office.work();
    const out = JSON.stringify(staff.office.sent.slice(before));
    expect(out).not.toContain("低保");
    const [row] = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx.select().from(cases).where(eq(cases.number, number)),
    );
    expect(row).toMatchObject({ sealed: true, deputyId: null });
    expect(await numbers()).not.toContain(number);
    await staff.ask("office", `POST /cases/${number}/open-sealed`, { body: { ...REASON, reason: "inspection" } });
    const { etag } = await staff.ask("office", `GET /cases/${number}`);
    const again = await staff.ask("office", `POST /cases/${number}/transcript`, { body: { text: LAMP }, match: etag });
    expect([again.status, again.body.code]).toEqual([409, "state"]);
  });

  it("that tells of danger brings the card at once and makes it urgent", async () => {
    const number = await unheard("danger");
    const before = staff.office.sent.length;
    await write(number, "柳东村一组有人掉进井里了快来人");
    expect(await page(number)).toMatchObject({ priority: true, state: "assigned" });
    await staff.office.work();
    expect(JSON.stringify(staff.office.sent.slice(before))).toMatch(/119|120/);
  });

  it.each(["撤回", "满意"])("that says %s does nothing but stand in the case", async (words) => {
    const number = await unheard(`command-${words}`);
    expect((await write(number, words)).body.became).toBe("office");
    expect(await page(number)).toMatchObject({ state: "triage", outcome: null, rating: null });
  });

  it("is not known where it cannot be made out: what is said next belongs to the case", async () => {
    const number = await unheard("inaudible");
    expect((await write(number, null)).body.became).toBe("said-again");
    expect(await numbers()).not.toContain(number);
    expect(said(await page(number), "service").join("\n")).toContain("没听清");
    await speak("inaudible", GARBLED);
    await staff.office.say("inaudible", "3");
    expect(await numbers()).toContain(number);
    await write(number, null);
    await staff.office.say("inaudible", LAMP);
    expect(await page(number)).toMatchObject({ state: "assigned", summary: LAMP });
  });

  it("waits too where the platform wrote down nothing and its speaker is silent", async () => {
    await speak("wordless");
    const [row] = await staff.office.db.database.inCounty(staff.office.county.id, (tx) =>
      tx
        .select()
        .from(cases)
        .where(and(eq(cases.summary, ""), eq(cases.state, "clarifying"))),
    );
    expect(await numbers()).not.toContain(row!.number);
    await staff.office.pass(HOUR + 60_000);
    expect(await numbers()).toContain(row!.number);
    expect((await write(row!.number, LAMP)).body.became).toBe("placed");
  });

  it("is an original: its recording opens for a reason, and each look stands in the records", async () => {
    const number = await unheard("listened");
    const { runtime, county, db } = staff.office;
    const hash = await runtime.media.keep(county.id, Buffer.from("#!AMR"));
    const [entry] = await db.database.inCounty(county.id, (tx) =>
      tx
        .select({ mediaId: caseMessages.mediaId })
        .from(caseMessages)
        .innerJoin(cases, eq(cases.id, caseMessages.caseId))
        .where(and(eq(cases.number, number), eq(caseMessages.kind, "voice"))),
    );
    await db.database.inCounty(county.id, (tx) =>
      tx.update(media).set({ state: "kept", hash }).where(eq(media.id, entry!.mediaId!)),
    );
    const one = (await list()).find((row: { case: { number: string } }) => row.case.number === number);
    expect(one.recordings).toMatchObject([{ id: entry!.mediaId, isKept: true }]);
    const path = `POST /cases/${number}/media/${one.recordings[0].id}`;
    expect((await staff.ask("林晓", path, { body: {} })).status).toBe(422);
    const heard = await fetch(`${staff.api.base}/api/v1/cases/${number}/media/${one.recordings[0].id}`, {
      method: "POST",
      headers: {
        ...{ "x-person": encodeURIComponent("林晓"), origin: staff.api.base, "content-type": "application/json" },
      },
      body: JSON.stringify(REASON),
    });
    expect([heard.status, await heard.text()]).toEqual([200, "#!AMR"]);
  });
});
