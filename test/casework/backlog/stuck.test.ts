import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { cases } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { interventions } from "../../../db/schema/ledger.ts";
import { countWaiting } from "../../../src/casework/backlog/counts.ts";
import { tamper } from "../audit/ledger.ts";
import { waitingOf } from "../office.ts";
import {
  decide,
  inCounty,
  MINUTE,
  office,
  peersToReceive,
  rowsOf,
  spoil,
  stuckMessages,
  textsTo,
  untilStuck,
  withOffices,
} from "./stuck-office.ts";

withOffices();

describe("a message that breaks its handler", () => {
  async function withPoison(): Promise<{ seq: number }> {
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await office.accept("ann", "还有下水道也堵了");
    const [seq] = await waitingOf(office, "ann");
    await spoil(seq!);
    await office.accept("ann", "催办");
    await office.accept("ann", "进度");
    return { seq: seq! };
  }

  test("stops nobody else, lets those before it be heard, and keeps those behind it waiting in order", async () => {
    await office.accept("ann", "柳东村一组路灯坏了没人修");
    await office.accept("ann", "坏的消息");
    const [first, bad] = await waitingOf(office, "ann");
    await spoil(bad!);
    await office.accept("ann", "进度");
    await office.accept("bob", "锦绣家园小区电梯停了");
    await office.work();
    expect((await rowsOf("ann")).map((row) => row.outcome)).toEqual(["case", null, null]);
    expect((await rowsOf("ann"))[0]!.seq).toBe(first);
    expect((await rowsOf("bob")).map((row) => row.outcome)).toEqual(["case"]);
    expect(await stuckMessages()).toMatchObject([{ what: "message", id: String(bad), state: "failing", tries: 1 }]);
    expect((await stuckMessages())[0]!.reason).toMatch(/\w/);
  });

  test("may be the very first of a person", async () => {
    await office.accept("new", "您好");
    const [seq] = await waitingOf(office, "new");
    await spoil(seq!);
    await office.accept("new", "锦绣家园小区电梯停了");
    await untilStuck();
    expect(await stuckMessages()).toMatchObject([
      { id: String(seq), state: "stuck", tries: 6 },
      { state: "waiting", tries: 0, reason: null },
    ]);
    expect(await decide(seq!, "put-aside")).toEqual({ ok: true });
    await office.work();
    expect((await rowsOf("new")).map((row) => row.outcome)).toEqual(["put-aside", "case"]);
  });

  test("is tried again ever more rarely, and not in between whatever arrives behind it", async () => {
    const { seq } = await withPoison();
    const tried: number[] = [];
    for (let second = 0; second < 90; second += 1) {
      const before = (await rowsOf("ann"))[1]!.attempts;
      if (second === 5) await office.accept("ann", "有人吗");
      await office.pass(1_000);
      if ((await rowsOf("ann"))[1]!.attempts > before) tried.push(second);
    }
    expect(tried).toHaveLength(6);
    const pauses = tried.slice(1).map((second, index) => second - tried[index]!);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBeGreaterThan(20);
    expect(await peersToReceive()).toEqual([]);
    expect(await stuckMessages()).toMatchObject([{ id: String(seq), state: "stuck" }, {}, {}, {}]);
  });

  test("is heard after its cause was mended and somebody says retry, and those behind it follow in order", async () => {
    const { seq } = await withPoison();
    const good = (await rowsOf("ann"))[0]!.payload;
    await untilStuck();
    expect((await rowsOf("ann")).map((row) => row.outcome)).toEqual(["case", null, null, null]);
    await inCounty((tx) => tx.update(inbox).set({ payload: good }).where(eq(inbox.seq, seq)));
    expect(await decide(seq, "retry", null)).toEqual({ ok: true });
    await office.work();
    const rows = await rowsOf("ann");
    expect(rows.map((row) => row.outcome)).toEqual(["case", "case", "command", "command"]);
    const processedAt = rows.map((row) => row.processedAt!.getTime());
    expect(processedAt).toEqual([...processedAt].sort((a, b) => a - b));
    expect(await stuckMessages()).toEqual([]);
  });

  test("that breaks again after a retry is stuck again", async () => {
    const { seq } = await withPoison();
    await untilStuck();
    await decide(seq, "retry");
    await untilStuck();
    expect((await stuckMessages())[0]).toMatchObject({ id: String(seq), state: "stuck", tries: 6 });
  });

  test("goes out of the way when it is put aside, with who did it and why, and can be taken up again", async () => {
    const { seq } = await withPoison();
    await untilStuck();
    expect(await decide(seq, "put-aside", "cannot be opened")).toEqual({ ok: true });
    await office.work();
    expect((await rowsOf("ann")).map((row) => row.outcome)).toEqual(["case", "put-aside", "command", "command"]);
    expect(await stuckMessages()).toEqual([]);
    expect(await inCounty((tx) => tx.select().from(interventions))).toMatchObject([
      { what: "message", subject: String(seq), action: "put-aside", reason: "cannot be opened", by: "li" },
    ]);
    expect(await decide(seq, "put-aside")).toMatchObject({ ok: false });
    expect(await decide(seq, "retry")).toEqual({ ok: true });
    expect(await peersToReceive()).toEqual([office.peer("ann")]);
  });

  test("is found when only a write fails, long after it was read", async () => {
    await office.say("ann", "柳东村一组路灯坏了没人修");
    const owner = (statement: string) => tamper(office.db.url, (client) => client.unsafe(statement));
    await owner(`
      create function break_it() returns trigger language plpgsql as $$
      begin if new.text like '%下水道%' then raise exception 'no room for "%"', new.text; end if; return new; end $$;
      create trigger break_it before insert on case_messages for each row execute function break_it()`);
    await office.accept("ann", "催办");
    await office.accept("ann", "下水道也堵了");
    await office.accept("ann", "进度");
    await office.work();
    expect((await rowsOf("ann")).map((row) => row.outcome)).toEqual(["case", "command", null, null]);
    const [first] = await stuckMessages();
    expect(first).toMatchObject({ state: "failing", tries: 1, reason: "no room for …" });
    await owner("drop trigger break_it on case_messages");
    await office.pass(MINUTE);
    expect((await rowsOf("ann")).map((row) => row.outcome)).toEqual(["case", "command", "case", "command"]);
  });

  test("lets a danger to life go ahead of it: the emergency reply and a priority case at once; the rest keeps its order", async () => {
    const { seq } = await withPoison();
    await untilStuck();
    await office.accept("ann", "家里煤气泄漏了,味道很大");
    await office.accept("ann", "有人吗");
    await office.work();
    expect((await rowsOf("ann")).map((row) => row.outcome)).toEqual(["case", null, null, null, "case", null]);
    expect(textsTo("ann").at(-1)).toMatch(/119|120|110/);
    expect(await inCounty((tx) => tx.select().from(cases).where(eq(cases.priority, true)))).toHaveLength(1);
    expect((await rowsOf("ann"))[1]).toMatchObject({ seq, processedAt: null });
    expect(await peersToReceive()).toEqual([]);
    await decide(seq, "put-aside");
    await office.work();
    expect((await rowsOf("ann")).map((row) => row.outcome)).toEqual([
      "case",
      "put-aside",
      "command",
      "command",
      "case",
      "case",
    ]);
  });

  test("lets a danger to life go ahead although many wait before it, and although it was never announced", async () => {
    await withPoison();
    for (let more = 0; more < 60; more += 1) await office.accept("ann", `还有一件事${more}`);
    await office.accept("ann", "着火了快来人");
    expect(await peersToReceive()).toContain(office.peer("ann"));
    await office.work();
    expect(textsTo("ann").at(-1)).toContain("119");
    expect((await rowsOf("ann")).at(-1)).toMatchObject({ outcome: "case" });
  });

  test("that tells of a danger itself is answered with the emergency reply, once, and counted as danger until it is heard", async () => {
    await tamper(office.db.url, (client) =>
      client.unsafe(`
        create function break_it() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$;
        create trigger break_it before insert on cases for each row execute function break_it()`),
    );
    await office.accept("new", "着火了快来人");
    await untilStuck();
    expect(textsTo("new").filter((text) => text.includes("119"))).toHaveLength(1);
    expect((await stuckMessages())[0]).toMatchObject({ state: "stuck", danger: true });
    const { messages } = await countWaiting(office.db.database, office.county.id, office.runtime.now());
    expect([messages.danger.count, messages.stuck.count]).toEqual([1, 0]);
    await tamper(office.db.url, (client) => client.unsafe("drop trigger break_it on cases"));
    await decide((await rowsOf("new"))[0]!.seq, "retry");
    await office.work();
    expect((await rowsOf("new")).map((row) => row.outcome)).toEqual(["case"]);
  });

  test("of a deputy is not overtaken by words that only speak of a danger", async () => {
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await office.bind("dee", "D001");
    await office.accept("dee", "列表");
    const [seq] = await waitingOf(office, "dee");
    await spoil(seq!);
    await office.accept("dee", "回复 1 煤气泄漏已经处理");
    await office.work();
    expect((await rowsOf("dee")).slice(-2).map((row) => row.outcome)).toEqual([null, null]);
  });

  test("was heard, has not failed or is nobody's: that is refused with a sentence", async () => {
    await office.say("ann", "柳东村一组路灯坏了没人修");
    const [processed] = await rowsOf("ann");
    await office.accept("ann", "催办");
    const [waiting] = await waitingOf(office, "ann");
    for (const id of [processed!.seq, waiting!, 999_999, "x"]) {
      for (const action of ["retry", "put-aside"] as const) {
        expect(await decide(id, action)).toEqual({ ok: false, reason: expect.stringMatching(/^[A-Zx].+$/) });
      }
    }
    expect(await inCounty((tx) => tx.select().from(interventions))).toEqual([]);
  });
});

describe("what the platform sent and nobody can read", () => {
  test("is listed until somebody puts it aside, for it would be read no better", async () => {
    await office.say("ann", "柳东村一组路灯坏了没人修");
    const [row] = await rowsOf("ann");
    await inCounty((tx) => tx.update(inbox).set({ outcome: "quarantine" }).where(eq(inbox.seq, row!.seq)));
    expect(await stuckMessages()).toMatchObject([
      {
        what: "message",
        id: String(row!.seq),
        state: "quarantined",
        reason: expect.stringContaining("cannot be read"),
      },
    ]);
    expect(await decide(row!.seq, "retry")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("put it aside"),
    });
    expect(await decide(row!.seq, "put-aside")).toEqual({ ok: true });
    expect(await stuckMessages()).toEqual([]);
    expect(await decide(row!.seq, "put-aside")).toMatchObject({ ok: false });
  });
});
