import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readings } from "../../db/schema/console.ts";
import { inbox } from "../../db/schema/conversations.ts";
import { understandings } from "../../db/schema/understandings.ts";
import { ROLES } from "../../src/domain/access/roles.ts";
import { UNREAD } from "../../src/http/contract/records/unread.ts";
import { type StaffApi, staffApi } from "./staff-api.ts";

type Message = {
  id: string;
  kind: string;
  text: string;
  case: string | null;
  openedBy: string | null;
  inSample: boolean;
};

let staff: StaffApi;

const list = async (who: string, query = ""): Promise<Message[]> => {
  const { status, body } = await staff.ask(who, `GET /unread${query}`);
  expect([who, status]).toEqual([who, 200]);
  return body.items;
};
const idOf = async (text: RegExp) => (await list("office")).find((one) => text.test(one.text))!.id;
const open = (who: string, id: string) => staff.ask(who, `POST /unread/${id}/open`, { body: {} });

beforeAll(async () => {
  staff = await staffApi();
  const west = await staff.office.db.county("west");
  for (const role of ROLES) {
    await staff.person(role, role);
    await staff.person(`west ${role}`, role, { jurisdictionId: west });
  }
  await staff.newCase("neighbour", "柳东村一组路灯坏了六盏");
  await staff.office.say("printer", "办证刻章找我,电话13955550000");
  await staff.office.say("grateful", "真的太感谢你们了，跑前跑后的");
});

afterAll(() => staff.close());

describe("what became no case", () => {
  it("is listed masked, counted by kind, page by page, and that somebody looked is written down once a day", async () => {
    const all = await list("office");
    expect(all.map(({ kind }) => kind)).toEqual(["thanks", "spam"]);
    expect(all.every(({ inSample }) => inSample)).toBe(true);
    expect(JSON.stringify(all)).not.toMatch(/13955550000|路灯/);
    expect(await list("office", "?kind=spam&sample=true")).toMatchObject([{ kind: "spam", case: null }]);
    const { body } = await staff.ask("office", "GET /unread?limit=1");
    expect(body).toMatchObject({
      counts: { spam: 1, thanks: 1 },
      items: [{ kind: "thanks" }],
      next: expect.any(String),
    });
    expect(await list("office", `?limit=1&after=${body.next}`)).toMatchObject([{ kind: "spam" }]);
    expect((await staff.ask("office", "GET /unread?days=400")).status).toBe(422);
    const { db, county } = staff.office;
    const noted = await db.database.inCounty(county.id, (tx) =>
      tx
        .select()
        .from(readings)
        .where(and(eq(readings.callerName, "office"), eq(readings.reason, "unread"))),
    );
    expect(noted).toMatchObject([{ what: "case", caseId: null }]);
  });

  it("is for the office alone, and of another county does not exist", async () => {
    const id = await idOf(/办证/);
    for (const [name, { roles }] of Object.entries(UNREAD)) {
      const [method, path] = name.replace("{id}", id).split(" ");
      for (const role of ROLES.filter((one) => !(roles as readonly string[]).includes(one))) {
        const { status } = await staff.ask(role, `${method} ${path}`, method === "POST" ? { body: {} } : {});
        expect([name, role, status]).toEqual([name, role, 403]);
      }
    }
    expect(await list("west office")).toEqual([]);
    expect((await open("west office", id)).status).toBe(404);
    expect((await open("office", "999999")).status).toBe(404);
  });

  it("becomes a case once, with a correction that is counted", async () => {
    const id = await idOf(/感谢/);
    const opened = await open("office", id);
    expect(opened).toMatchObject({ status: 200, body: { case: expect.stringMatching(/^2026-/), isNew: true } });
    expect((await staff.ask("office", `GET /cases/${opened.body.case}`)).body.summary).toContain("感谢");
    expect((await open("office", id)).body).toEqual({ case: opened.body.case, isNew: false });
    expect((await list("office")).find((one) => one.id === id)).toMatchObject({
      case: opened.body.case,
      openedBy: "office",
    });
    const { body } = await staff.ask("auditor", "GET /unread/corrections");
    expect(body.items).toEqual([{ decided: "thanks", was: "matter", count: 1, people: 1 }]);
  });

  it("shows no word, nor the number, of what accuses somebody", async () => {
    const { db, county } = staff.office;
    await staff.office.say("accuser", "村支书收了好处，低保名额都给了亲戚");
    // As if the accusation had been overlooked: only the words say so, when somebody makes a case of them.
    const seq = await db.database.inCounty(county.id, async (tx) => {
      const where = eq(inbox.peer, staff.office.peer("accuser"));
      const [row] = await tx
        .update(inbox)
        .set({ outcome: "spam", caseId: null })
        .where(where)
        .returning({ seq: inbox.seq });
      await tx
        .update(understandings)
        .set({ kind: "spam", accusation: null })
        .where(eq(understandings.inboxSeq, row!.seq));
      return String(row!.seq);
    });
    expect((await list("office")).map(({ id }) => id)).toContain(seq);
    const opened = await open("office", seq);
    expect(opened).toMatchObject({ status: 200, body: { case: null, isNew: true } });
    expect(JSON.stringify(await list("office"))).not.toContain("低保");
    expect((await list("office")).map(({ id }) => id)).not.toContain(seq);
  });
});
