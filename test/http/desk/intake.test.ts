import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { caseMessages, cases } from "../../../db/schema/cases.ts";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import { channelAccounts } from "../../../db/schema/county.ts";
import { stations } from "../../../db/schema/places.ts";
import { listAccounts } from "../../../src/casework/office/channel-accounts.ts";
import { sceneLinks } from "../../../src/casework/places/scene-links.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";
import { DESK_CHANNEL } from "../../../src/domain/case/desk.ts";
import { INTAKE } from "../../../src/http/contract/desk/intake.ts";
import type { Answer } from "../people-api.ts";
import { type StaffApi, staffApi } from "../staff-api.ts";

const PHONE = "13912345678";
const LAMPS = {
  how: "walk-in",
  text: "老人说路灯坏了六盏，晚上看不见，姓名周桂芬，电话13912345678",
  place: { grid: "柳东-1" },
  name: "周桂芬",
  phone: PHONE,
  mayCall: true,
  noticeRead: true,
};

let staff: StaffApi;
const west = { id: "" };

const take = (who: string, given: object, key?: string): Promise<Answer> =>
  staff.ask(who, "POST /intake", { body: given, ...(key === undefined ? {} : { key }) });
const inCounty = <T>(work: Parameters<StaffApi["office"]["db"]["database"]["inCounty"]>[1]) =>
  staff.office.db.database.inCounty(staff.office.county.id, work) as Promise<T>;
const counts = () =>
  inCounty<number[]>(async (tx) => {
    const rows = await tx.execute<{ n: number }>(
      sql`select count(*)::int as n from cases union all select count(*)::int from inbox union all
        select count(*)::int from case_people union all select count(*)::int from outbox union all select count(*)::int from case_events`,
    );
    return rows.map(({ n }) => n);
  });

beforeAll(async () => {
  staff = await staffApi();
  west.id = await staff.office.db.county("west");
  const own = await inCounty<{ id: string }[]>((tx) =>
    tx.select({ id: stations.id }).from(stations).where(eq(stations.code, "ST01")),
  );
  for (const role of ROLES) await staff.person(role, role, { stations: own.map(({ id }) => id) });
});
afterAll(() => staff.close());

describe("a matter that is taken down at a desk", () => {
  it("becomes a case as a chat message does: masked, filed, routed, with a receipt to read out", async () => {
    const before = await counts();
    const seen = await staff.ask("station", "POST /intake/preview", { body: LAMPS, key: null });
    expect(seen).toMatchObject({
      status: 200,
      body: { would: { goesTo: { kind: "deputy" }, station: { code: "ST01" } } },
    });
    expect(seen.body.notice).toContain("不到您的姓名和电话");
    expect(await counts()).toEqual(before);
    const done = await take("station", LAMPS);
    expect(done).toMatchObject({ status: 201, body: { isJoined: false, mayOpen: true, danger: false } });
    const { number, readOut } = done.body;
    expect(readOut.join()).toContain(number);
    expect(readOut.join()).not.toContain("回“");
    const shown = await staff.ask("station", `GET /cases/${number}`);
    expect(shown.body).toMatchObject({ grid: "柳东-1", hasChat: false, phoneTasks: [], state: "assigned" });
    expect(JSON.stringify(shown.body)).not.toMatch(/13912345678|周桂芬/);
    expect(shown.body.events.map(({ type }: { type: string }) => type)).toContain("taken_down");
    expect(shown.body.events.every(({ by }: { by: string }) => by === "office:station")).toBe(true);
    expect(shown.body.messages.find(({ kind }: { kind: string }) => kind === "receipt")).toMatchObject({
      delivery: "delivered",
      byPerson: true,
    });
    expect(staff.office.sent.filter(({ text }) => text.includes("灯"))).toEqual([]);
    const rows = await inCounty<unknown[]>((tx) => tx.execute(sql`select * from case_people`));
    expect(JSON.stringify(rows.map((row) => ({ ...(row as object), name: 0, phone: 0 })))).not.toContain("周桂芬");
  });

  it("is asked for twice and is there once, with the same number and the same words to read out", async () => {
    const key = randomUUID();
    const [one, two] = await Promise.all([take("office", LAMPS, key), take("office", LAMPS, key)]);
    const third = await take("office", LAMPS, key);
    const answers = [one!, two!, third];
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(1);
    expect(third.body.readOut).toEqual(one!.body.readOut);
  });

  it("is refused without a clear place, and offers what may be meant; a danger is never refused", async () => {
    const before = await counts();
    expect(await take("office", { ...LAMPS, text: "路灯坏了六盏", place: null })).toMatchObject({
      status: 422,
      body: { code: "no-place" },
    });
    expect(await take("office", { ...LAMPS, place: { grid: "没有-9" } })).toMatchObject({
      body: { code: "unknown-grid" },
    });
    expect(await take("office", { ...LAMPS, text: "字".repeat(10_000) })).toMatchObject({
      status: 422,
      body: { code: "content" },
    });
    expect(await take("office", { ...LAMPS, phone: "12" })).toMatchObject({ body: { code: "bad-phone" } });
    expect(await take("office", { ...LAMPS, noticeRead: false })).toMatchObject({ body: { code: "notice-needed" } });
    expect(await take("office", { ...LAMPS, photo: "aGVsbG8=" })).toMatchObject({ body: { code: "no-photo" } });
    expect(await take("office", { ...LAMPS, photo: "A".repeat(9_000_000) })).toMatchObject({ status: 413 });
    expect(await take("station", { ...LAMPS, place: { grid: "城关-1" } })).toMatchObject({
      status: 422,
      body: { code: "other-station" },
    });
    expect(await counts()).toEqual(before);
    const danger = await take("station", { ...LAMPS, text: "楼道里全是煤气味，头晕", place: null });
    expect(danger).toMatchObject({ status: 201, body: { danger: true, isForOffice: true } });
    expect(danger.body.readOut[0]).toMatch(/119|110|120/);
  });

  it("goes sealed to the office alone where it accuses an official, and says nothing of that", async () => {
    const done = await take("station", { ...LAMPS, phone: null, text: "村支书收了好处，低保名额都给了亲戚" });
    expect(done).toMatchObject({ status: 201, body: { mayOpen: false, goesTo: { kind: "office" } } });
    expect((await staff.ask("station", `GET /cases/${done.body.number}`)).status).toBe(404);
    expect((await staff.ask("office", `GET /cases/${done.body.number}`)).body.code).toBe("reason-needed");
  });

  it("shows similar open cases near it, and goes into one of them: its resident hears nothing of it", async () => {
    const number = await staff.newCase("resident-1", "柳东村三组路灯坏了六盏");
    const given = { ...LAMPS, place: { grid: "柳东-3" }, text: "路灯坏了六盏，晚上看不见", phone: "13700001111" };
    const seen = await staff.ask("station", "POST /intake/preview", { body: given, key: null });
    const [near] = seen.body.similar;
    expect(near.case.number).toBe(number);
    const before = staff.office.sent.length;
    const stale = await take("station", { ...given, join: { number, etag: "c1" } });
    expect(stale).toMatchObject({ status: 412, body: { code: "somebody-was-faster" } });
    const joined = await take("station", { ...given, join: { number, etag: near.case.etag } });
    expect(joined).toMatchObject({ status: 201, body: { number, isJoined: true } });
    await staff.office.work();
    expect(staff.office.sent.slice(before).filter(({ to }) => to === "resident-1")).toEqual([]);
    const shown = await staff.ask("station", `GET /cases/${number}`);
    expect(shown.body.messages.at(-1)).toMatchObject({ party: "resident" });
    expect((await take("station", { ...given, join: { number: "2026-999999", etag: "c1" } })).status).toBe(404);
  });

  it("is there whole or not at all when its process ends in the middle", async () => {
    const before = await counts();
    const owner = postgres(staff.office.db.url, { max: 1, onnotice: () => undefined });
    await owner`create function break_off() returns trigger language plpgsql as $$ begin raise exception 'gone'; end $$`;
    await owner`create trigger break_off before insert on case_people for each row execute function break_off()`;
    expect((await take("office", LAMPS)).status).toBe(500);
    await owner`drop trigger break_off on case_people`;
    await owner.end();
    expect(await counts()).toEqual(before);
    expect((await take("office", LAMPS)).status).toBe(201);
  });

  it("makes of the desk no account at a platform: none to set up, to list or to print codes for", async () => {
    const { runtime, county } = staff.office;
    const ofDesk = eq(channelAccounts.channel, DESK_CHANNEL);
    const desk = await inCounty<unknown[]>((tx) =>
      tx
        .update(channelAccounts)
        .set({ createdAt: new Date(0) })
        .where(ofDesk)
        .returning({ id: channelAccounts.id }),
    );
    expect(desk).toHaveLength(1);
    const listed = (await staff.ask("operator", "GET /accounts")).body.items;
    expect(listed).toHaveLength(1);
    const asListed = await listAccounts(runtime.database, county.id);
    expect([listed[0].channel, ...asListed.map(({ channel }) => channel)]).not.toContain(DESK_CHANNEL);
    expect(asListed).toHaveLength(1);
    const { steps } = (await staff.ask("office", "GET /setup")).body;
    const chat = steps.find(({ code }: { code: string }) => code === "chat");
    expect(chat.lacks).toEqual([{ code: "account-test", count: 1 }]);
    expect((await sceneLinks(runtime, county.id))?.channel).toBe(listed[0].channel);
  });

  it("is for the roles of the contract alone, and in no other county", async () => {
    const body = { no: true };
    for (const [name, { roles }] of Object.entries(INTAKE)) {
      const operation = name.replace("{code}", "ST01");
      for (const role of ROLES) {
        const { status } = await staff.ask(role, operation, operation.startsWith("GET") ? {} : { body });
        expect([name, role, status === 403]).toEqual([name, role, !(roles as readonly Role[]).includes(role)]);
      }
      expect((await staff.ask("nobody", operation, operation.startsWith("GET") ? {} : { body })).status).toBe(401);
    }
    await staff.person("west", "office", { jurisdictionId: west.id });
    expect((await staff.ask("west", "GET /stations/ST01/qr")).status).toBe(404);
  });

  it("knows a telephone number again without keeping it in the clear", async () => {
    const rows = await inCounty<{ peer: string }[]>((tx) =>
      tx.select({ peer: conversations.peer }).from(conversations).innerJoin(inbox, eq(inbox.peer, conversations.peer)),
    );
    expect(rows.some(({ peer }) => peer.includes(PHONE))).toBe(false);
    const words = await inCounty<{ text: string }[]>((tx) =>
      tx.select({ text: caseMessages.text }).from(caseMessages).innerJoin(cases, eq(cases.id, caseMessages.caseId)),
    );
    expect(words.some(({ text }) => text.includes(PHONE))).toBe(false);
    expect(staff.api.logged()).not.toMatch(/139123|周桂芬/);
  });
});
