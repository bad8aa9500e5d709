import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { caseMessages, cases, decisions } from "../../../db/schema/cases.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { auditCounty } from "../../../src/casework/audit/audit-county.ts";
import { inviteDeputy } from "../../../src/casework/deputy/invite.ts";
import { receive, receiveNext } from "../../../src/casework/receive/receive.ts";
import type { Runtime } from "../../../src/casework/runtime/runtime.ts";
import { type Office, openOffice, waitingOf, whoIsNext } from "../office.ts";

const VOICE = { form: "voice", mediaId: "voice-1" } as const;

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const inCounty = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const whoWaits = () => whoIsNext(office);
const hearNext = (runtime = office.runtime) => receiveNext(runtime, office.county.id, { limit: 32, order: "oldest" });
/** The runtime, counting its transactions. */
const counting = () => {
  const seen = { transactions: 0 };
  const { database } = office.runtime;
  const runtime: Runtime = {
    ...office.runtime,
    database: {
      ...database,
      inCounty: (id, work) => {
        seen.transactions += 1;
        return database.inCounty(id, work);
      },
    },
  };
  return { runtime, seen };
};
const outcomesOf = async (person: string) =>
  (
    await inCounty((tx) =>
      tx
        .select({ outcome: inbox.outcome })
        .from(inbox)
        .where(eq(inbox.peer, office.peer(person)))
        .orderBy(asc(inbox.seq)),
    )
  ).map((row) => row.outcome);
const allCases = () => inCounty((tx) => tx.select().from(cases).orderBy(asc(cases.number)));
const spoil = (seq: number) =>
  inCounty((tx) =>
    tx
      .update(inbox)
      .set({ payload: new Uint8Array(40) })
      .where(eq(inbox.seq, seq)),
  );
const year = () => office.runtime.now().getFullYear();
const number = (count: number) => `${year()}-${String(count).padStart(6, "0")}`;

describe("people who wait at the same time", () => {
  test("are heard in one transaction, each in order, with numbers in a row and a ledger that holds", async () => {
    await office.accept("ann", "柳东村一组路灯坏了没人修");
    await office.accept("bob", "锦绣家园小区电梯停了");
    await office.accept("bob", "已经三天了，老人下不了楼");
    await office.accept("eve", "帮助");
    await office.accept("joe", "柳东村二组水管漏水");
    const { runtime, seen } = counting();
    const { outcomes, apart, conversations } = await hearNext(runtime);
    expect(seen.transactions).toBe(1);
    expect(apart).toEqual([]);
    expect(outcomes.toSorted()).toEqual(["case", "case", "case", "case", "command"]);
    expect(new Set(conversations).size).toBeGreaterThanOrEqual(4);
    expect(await outcomesOf("bob")).toEqual(["case", "case"]);
    expect((await allCases()).map((one) => one.number)).toEqual([number(1), number(2), number(3)]);
    expect(await whoWaits()).toEqual([]);
    expect((await auditCounty(office.db.database, office.county)).findings).toEqual([]);
  });

  test("get what each alone would get: commands, thanks, follow-ups and verdicts of known people", async () => {
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await office.say("bob", "锦绣家园小区电梯停了");
    await office.say("joe", "您好");
    await office.accept("ann", "进度");
    await office.accept("bob", "电梯里还有人被困过一次");
    await office.accept("joe", "柳东村二组水管漏水");
    const { outcomes, apart } = await hearNext();
    expect(apart).toEqual([]);
    expect(outcomes.toSorted()).toEqual(["case", "case", "command"]);
    expect(await allCases()).toHaveLength(3);
    const [, , third] = await allCases();
    const words = await inCounty((tx) => tx.select().from(caseMessages).where(eq(caseMessages.caseId, third!.id)));
    expect(words.map(({ text }) => text)).toEqual(expect.arrayContaining(["您好", "柳东村二组水管漏水"]));
  });

  test("with nobody left to hear change nothing", async () => {
    await office.accept("ann", "柳东村一组路灯坏了没人修");
    await office.accept("bob", "锦绣家园小区电梯停了");
    await hearNext();
    expect(await hearNext()).toEqual({ conversations: [], outcomes: [], apart: [], isMore: false, urgent: false });
    expect(await allCases()).toHaveLength(2);
  });

  test("count for each other when it is weighed who has how many open cases", async () => {
    for (const person of ["ann", "bob", "eve", "joe"]) await office.accept(person, "柳河大桥上的路灯坏了没人修");
    await hearNext();
    const made = await inCounty((tx) => tx.select({ decision: decisions.decision }).from(decisions));
    const openBefore = made.flatMap(({ decision: { facts, chosen } }) =>
      facts.gridDeputies.flatMap((one) =>
        chosen.kind === "deputy" && chosen.deputy === one.code ? one.openCases : [],
      ),
    );
    expect(openBefore.toSorted()).toEqual([0, 1, 2, 3]);
  });
});

describe("whoever must not share a transaction", () => {
  test("is left for one of their own: a deputy, who locks the cases of others", async () => {
    await office.say("ann", "柳东村一组路灯坏了没人修");
    await office.bind("dep", "D001");
    await office.accept("dep", "列表");
    await office.accept("bob", "锦绣家园小区电梯停了");
    const { apart, outcomes } = await hearNext();
    expect(apart.map((key) => key.peer)).toEqual([office.peer("dep")]);
    expect(outcomes).toEqual(["case"]);
    expect(await receive(office.runtime, apart[0]!)).toMatchObject({ outcomes: ["command"] });
  });

  test("is whom a message broke: nothing has happened, and alone only that one suffers", async () => {
    await office.accept("ann", "柳东村一组路灯坏了没人修");
    await office.accept("bob", "坏的消息");
    await spoil((await waitingOf(office, "bob"))[0]!);
    const keys = await whoWaits();
    const together = await hearNext();
    expect(together).toMatchObject({ conversations: [], outcomes: [], apart: keys });
    expect(await allCases()).toEqual([]);
    for (const key of together.apart) await receive(office.runtime, key);
    expect(await outcomesOf("ann")).toEqual(["case"]);
    expect(await outcomesOf("bob")).toEqual([null]);
  });

  test.each([
    ["in words", (code: string) => `绑定 ${code}`],
    ["as a code alone", (code: string) => code],
    ["by a scanned code", (code: string) => ({ kind: "scan", scene: `i:${code}` }) as const],
    ["said aloud", (code: string) => ({ kind: "media", media: VOICE, transcript: `我的码是${code}` }) as const],
  ])("is whoever binds a chat %s; what they said before is heard with the others", async (_way, binding) => {
    const code = (await inviteDeputy(office.runtime, office.county.id, "D003"))!;
    await office.accept("dep", "帮助");
    await office.accept("dep", binding(code));
    await office.accept("dep", "列表");
    await office.accept("ann", "柳东村一组路灯坏了没人修");
    const { apart, outcomes } = await hearNext();
    expect(apart.map((key) => key.peer)).toEqual([office.peer("dep")]);
    expect(outcomes.toSorted()).toEqual(["case", "command"]);
    expect(await waitingOf(office, "dep")).toHaveLength(2);
    expect(await receive(office.runtime, apart[0]!)).toMatchObject({ outcomes: ["command", "command"] });
  });

  test("is who says more than the others should wait for", async () => {
    for (let count = 0; count < 7; count += 1) await office.accept("ann", `柳东村一组路灯坏了第${count + 1}次`);
    await office.accept("bob", "锦绣家园小区电梯停了");
    const { apart } = await hearNext();
    expect(apart.map((key) => key.peer)).toEqual([office.peer("ann")]);
    expect((await outcomesOf("ann")).filter((outcome) => outcome !== null)).toHaveLength(5);
    await receive(office.runtime, apart[0]!);
    expect(await waitingOf(office, "ann")).toEqual([]);
  });
});

test("two batches of the same people at once process each message once and leave no number out", async () => {
  const people = Array.from({ length: 12 }, (_, index) => `p${index}`);
  for (const person of people) await office.accept(person, "锦绣家园小区电梯停了");
  const hearings = await Promise.all([hearNext(), hearNext(), hearNext()]);
  for (const { apart } of hearings) for (const key of apart) await receive(office.runtime, key);
  expect((await allCases()).map((one) => one.number)).toEqual(people.map((_, index) => number(index + 1)));
  for (const person of people) expect(await outcomesOf(person)).toEqual(["case"]);
});
