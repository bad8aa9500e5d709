import { asc, eq, isNull } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { conversations, inbox } from "../../../db/schema/conversations.ts";
import { claimNext } from "../../../src/casework/receive/claim.ts";
import { receive, receiveNext } from "../../../src/casework/receive/receive.ts";
import type { Runtime } from "../../../src/casework/runtime/runtime.ts";
import { lockWaits } from "../../lock-waits.ts";
import { type Office, openOffice, waitingOf, whoIsNext } from "../office.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const inCounty = <T>(work: Parameters<typeof office.db.database.inCounty<T>>[1]) =>
  office.db.database.inCounty(office.county.id, work);
const claim = (tx: Parameters<typeof claimNext>[0], limit = 32) =>
  claimNext(tx, office.county.id, { now: office.runtime.now(), limit, order: "oldest" });
const hearNext = (limit = 32, runtime = office.runtime) =>
  receiveNext(runtime, office.county.id, { limit, order: "oldest" });
const peersOf = (people: readonly { readonly peer: string }[]) => people.map(({ peer }) => peer);
const peers = (...people: string[]) => people.map((person) => office.peer(person));
const changeFirst = async (person: string, change: Partial<typeof inbox.$inferInsert>) => {
  const [seq = 0] = await waitingOf(office, person);
  await inCounty((tx) => tx.update(inbox).set(change).where(eq(inbox.seq, seq)));
};
const heardInOrder = async () => {
  const rows = await inCounty((tx) =>
    tx.select({ peer: inbox.peer, at: inbox.processedAt }).from(inbox).orderBy(asc(inbox.processedAt), asc(inbox.seq)),
  );
  return rows.flatMap(({ peer, at }) => (at === null ? [] : [peer]));
};

describe("whoever is next", () => {
  test("is each person once, however much they said, the longest waiting first", async () => {
    for (let count = 0; count < 40; count += 1) await office.accept("ann", `柳东村一组路灯坏了第${count + 1}次`);
    await office.accept("bob", "锦绣家园小区电梯停了");
    await office.accept("eve", "柳东村二组水管漏水");
    await office.accept("bob", "已经三天了");
    expect(peersOf(await inCounty((tx) => claim(tx)))).toEqual(peers("ann", "bob", "eve"));
    expect(peersOf(await inCounty((tx) => claim(tx, 2)))).toEqual(peers("ann", "bob"));
  });

  test("is passed over by everybody else for as long as the claim lasts, also with what they say meanwhile", async () => {
    await office.accept("ann", "柳东村一组路灯坏了没人修");
    await office.accept("bob", "锦绣家园小区电梯停了");
    await inCounty(async (tx) => {
      expect(peersOf(await claim(tx, 1))).toEqual(peers("ann"));
      await office.accept("ann", "已经三天了");
      expect(peersOf(await inCounty((other) => claim(other)))).toEqual(peers("bob"));
    });
    expect(peersOf(await whoIsNext(office))).toEqual(peers("ann", "bob"));
  });

  test("is, before all others, who speaks of a danger to life, and then nobody but such people", async () => {
    for (const person of ["ann", "bob", "eve"]) await office.accept(person, "柳东村一组路灯坏了没人修");
    await office.accept("eve", "楼下着火了快来人");
    await office.accept("joe", "有人触电倒在地上了");
    expect(await whoIsNext(office)).toMatchObject([
      { peer: office.peer("eve"), urgent: true },
      { peer: office.peer("joe"), urgent: true },
    ]);
    const { outcomes, urgent, isMore } = await hearNext();
    expect([outcomes.length, urgent, isMore]).toEqual([3, true, true]);
    expect(peersOf(await whoIsNext(office))).toEqual(peers("ann", "bob"));
  });

  test("is nobody whose first message is held, but for a resident's danger behind it; a deputy's words are none", async () => {
    await office.bind("dep", "D001");
    for (const person of ["ann", "bob", "eve", "dep"]) await office.accept(person, "柳东村一组路灯坏了没人修");
    await changeFirst("ann", { retryAt: new Date(office.runtime.now().getTime() + 60_000), attempts: 1 });
    for (const person of ["bob", "eve", "dep"]) await changeFirst(person, { stuckAt: office.runtime.now() });
    for (const person of ["ann", "bob"]) await office.accept(person, "已经三天了");
    for (const person of ["eve", "dep"]) await office.accept(person, "楼下着火了快来人");
    expect(peersOf(await whoIsNext(office))).toEqual(peers("eve"));
    expect(await hearNext()).toMatchObject({ outcomes: ["case"], isMore: true });
    expect(await hearNext()).toMatchObject({ outcomes: [], isMore: false });
    await office.pass(61_000);
    expect(await waitingOf(office, "ann")).toEqual([]);
  });

  test("of one county is not found by another", async () => {
    await office.accept("ann", "柳东村一组路灯坏了没人修");
    const west = await office.db.county("west");
    const choice = { now: office.runtime.now(), limit: 32, order: "oldest" as const };
    expect(await office.db.database.inCounty(west, (tx) => claimNext(tx, west, choice))).toEqual([]);
  });
});

describe("a worker", () => {
  test("that dies between claim and commit leaves everything to the next, which does it once", async () => {
    for (const person of ["ann", "bob"]) await office.accept(person, "柳东村一组路灯坏了没人修");
    const { database } = office.runtime;
    const dying: Runtime = {
      ...office.runtime,
      database: {
        ...database,
        inCounty: (id, work) =>
          database.inCounty(id, async (tx) => {
            await work(tx);
            throw Object.assign(new Error("the link to the database has ended"), { code: "ECONNRESET" });
          }),
      },
    };
    await expect(hearNext(32, dying)).rejects.toThrow("has ended");
    expect(peersOf(await whoIsNext(office))).toEqual(peers("ann", "bob"));
    expect(await hearNext()).toMatchObject({ outcomes: ["case", "case"], apart: [] });
    expect(await heardInOrder()).toEqual(peers("ann", "bob"));
  });

  test("that hears one person alone keeps others from waiting for that", async () => {
    for (let count = 0; count < 7; count += 1) await office.accept("ann", "帮助");
    await office.accept("bob", "帮助");
    const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
    const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>();
    const { database } = office.runtime;
    const slow: Runtime = {
      ...office.runtime,
      database: {
        ...database,
        inCounty: (id, work) =>
          database.inCounty(id, async (tx) => {
            const result = await work(tx);
            held();
            await mayEnd;
            return result;
          }),
      },
    };
    const alone = receive(slow, (await whoIsNext(office))[0]!);
    await isHeld;
    expect(await hearNext()).toMatchObject({ outcomes: ["command"], apart: [], isMore: false });
    expect(await waitingOf(office, "bob")).toEqual([]);
    letEnd();
    expect((await alone).outcomes).toHaveLength(7);
  });
});

test("whoever is about to hear one person waits for a worker that has claimed them, and keeps nothing from it", async () => {
  await office.bind("dep", "D001");
  await office.accept("dep", "列表");
  await using owner = lockWaits(office.db.url);
  let alone: ReturnType<typeof receive> | null = null;
  await inCounty(async (tx) => {
    const [claimed] = await claim(tx);
    alone = receive(office.runtime, claimed!);
    await expect.poll(owner.whoWaits, { timeout: 20_000 }).toHaveLength(1);
    const theirs = eq(conversations.peer, office.peer("dep"));
    expect(
      await tx.select({ id: conversations.id }).from(conversations).where(theirs).for("no key update"),
    ).toHaveLength(1);
    await tx
      .update(inbox)
      .set({ processedAt: office.runtime.now() })
      .where(eq(inbox.peer, office.peer("dep")));
    await office.accept("dep", "帮助");
  });
  expect((await alone!).outcomes).toEqual(["command"]);
  expect(await waitingOf(office, "dep")).toEqual([]);
});

test("2,000 people who wait are heard by three workers at once, each once", {
  timeout: 120_000,
}, async () => {
  const PEOPLE = 2000;
  await Promise.all(Array.from({ length: PEOPLE }, (_, index) => office.accept(`p${index}`, "您好")));
  const outcomes: string[] = [];
  const worker = async () => {
    for (let isMore = true; isMore; ) {
      const heard = await hearNext();
      for (const person of heard.apart) outcomes.push(...(await receive(office.runtime, person)).outcomes);
      outcomes.push(...heard.outcomes);
      isMore = heard.isMore;
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(outcomes).toHaveLength(PEOPLE);
  expect(await inCounty((tx) => tx.$count(inbox, isNull(inbox.processedAt)))).toBe(0);
  expect(await inCounty((tx) => tx.$count(inbox, eq(inbox.outcome, "courtesy")))).toBe(PEOPLE);
});
