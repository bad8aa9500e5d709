import { and, eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { inbox } from "../../../db/schema/conversations.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Phone, SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import { startService, type TestService } from "../../service.ts";
import { cardCases } from "./cards.ts";
import type { Cases } from "./cases.ts";
import type { Driver } from "./driver.ts";
import { liveCases } from "./live.ts";
import { pullCases } from "./pull.ts";

const ACCOUNT = "qinghe";
const HOUR_MS = 3_600_000;
const ROUNDS = 20;

/** The part of the suite about repeats, order and unreachable people: through the whole service. */
export function serviceCases(cases: Cases, driver: Driver, backend: "postgres" | "redis"): void {
  const { channel } = driver;
  let service: TestService;
  let platform: SimulatedPlatform;
  let house = 0;

  beforeAll(async () => {
    const beside = driver.inService === undefined ? { channel, startPlatform: driver.startPlatform } : undefined;
    service = await startService({ backend, ...(driver.kind && { kind: driver.kind }), ...(beside && { beside }) });
    platform = (await driver.inService?.(service)) ?? service.beside!;
  }, 120_000);
  afterAll(() => service.close());

  /** The phone of somebody who has opened the chat, as people do before they write. */
  const opened = async (person: string): Promise<Phone> => {
    const phone = platform.phone(ACCOUNT, person);
    await phone.open(null);
    await service.settled();
    // Where nobody is told of that, the first word is what begins a chat.
    if (phone.lines().length === 0) await phone.say("进度");
    await service.settled();
    return phone;
  };
  /** A matter of its own: what many tell of one is told together. */
  const matter = (group = "二组") => {
    house += 1;
    return `柳东村${group}${house}号楼前路灯坏了`;
  };
  const inCounty = <T>(work: (tx: Transaction) => Promise<T>) =>
    service.runtime.database.inCounty(service.jurisdiction(ACCOUNT), work);
  /** Some screens are pages, which have to be fetched. */
  const look = async (phone: Phone) => ("look" in phone && typeof phone.look === "function" ? phone.look() : undefined);
  const linesOn = async (phone: Phone) => {
    await look(phone);
    return phone.lines();
  };
  const textsOn = (phone: Phone) => phone.lines().flatMap(({ by, text }) => (by === "service" ? [text] : []));
  const timesOn = (phone: Phone, words: string) => textsOn(phone).join("\n").split(words).length - 1;
  const newestNumber = async () => (await service.cases()).at(-1)!.number;
  const short = (number: string) => String(Number(number.slice(5)));
  const heardOf = (kind = "text") => inCounty((tx) => tx.select().from(inbox).where(eq(inbox.kind, kind)));
  const sends = (to: string) =>
    platform
      .log()
      .filter(({ kind, path, person }) => kind === "call" && person === to && path.startsWith(driver.sendPath));

  cases.add("R1 the same callback five times, and hours later, is one message", async () => {
    const phone = await opened("2001");
    const before = (await heardOf()).length;
    await phone.say(matter());
    await service.settled();
    const lines = (await linesOn(phone)).length;
    for (let repeat = 0; repeat < 4; repeat += 1) await platform.repeat(ACCOUNT, 1);
    service.advance(6 * HOUR_MS);
    await platform.repeat(ACCOUNT, 1);
    await service.settled();
    expect((await heardOf()).length).toBe(before + 1);
    expect((await linesOn(phone)).length).toBe(lines);
  });
  cases.add(
    "R2 what is not stored is not acknowledged, and its repeat is one message",
    async () => {
      const phone = await opened("2002");
      const [server, name] = [
        postgres(inject("postgresUrl"), { max: 1, onnotice: () => undefined }),
        new URL(service.ownerUrl).pathname.slice(1),
      ];
      const before = (await heardOf()).length;
      try {
        await server.unsafe(`alter database ${name} allow_connections false`);
        await server`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
        expect(await phone.say(matter())).toMatchObject({ accepted: false });
      } finally {
        await server.unsafe(`alter database ${name} allow_connections true`);
        await server.end();
      }
      await expect
        .poll(
          () =>
            heardOf().then(
              () => true,
              () => false,
            ),
          { timeout: 60_000 },
        )
        .toBe(true);
      await platform.repeat(ACCOUNT, 1);
      await platform.repeat(ACCOUNT, 1);
      await expect.poll(async () => (await heardOf()).length, { timeout: 60_000 }).toBe(before + 1);
      await service.settled();
      await expect.poll(async () => (await linesOn(phone)).length, { timeout: 60_000 }).toBeGreaterThan(1);
    },
    180_000,
  );
  cases.add("R3 an uncertain send is repeated by its key where that is known, and never otherwise", async (nothing) => {
    if (driver.errors.length === 0) return nothing();
    const phone = await opened("2003");
    const before = sends("2003").length;
    platform.fail({ path: driver.sendPath, to: "2003", times: 1, kind: "accept-then-reset" });
    await phone.say(matter());
    await service.settled();
    const number = await newestNumber();
    const { idempotentMs } = (await senderOf(service, channel.type)).abilities;
    service.advance(60_000);
    await service.deliverDue();
    const calls = sends("2003")
      .slice(before)
      .map(({ request }) => JSON.stringify(request));
    const times = calls.filter((call) => call === calls[0]).length;
    expect(timesOn(phone, number)).toBe(1);
    if (idempotentMs > 0) expect(times).toBe(2);
    else {
      expect(times).toBe(1);
      const rows = await inCounty((tx) =>
        tx
          .select()
          .from(outbox)
          .where(and(eq(outbox.kind, "receipt"), eq(outbox.state, "uncertain"))),
      );
      expect(rows).toHaveLength(1);
    }
  });
  cardCases(cases, driver, {
    ...{ opened, inCounty, textsOn, timesOn, newestNumber, short, matter },
    ...{ service: () => service, platform: () => platform },
  });
  cases.add("R8 messages of one person are heard in their order", async () => {
    const phone = await opened("2008");
    const said = Array.from({ length: ROUNDS }, (_, index) => (index === 0 ? matter() : `还有，第${index}盏也不亮`));
    for (const text of said) await phone.say(text);
    await service.settled();
    const { messages } = await service.case(await newestNumber());
    const heard = messages
      .filter(({ party, text }) => party === "resident" && said.includes(text))
      .map(({ text }) => text);
    expect(heard).toEqual(said.filter((text) => heard.includes(text)));
    expect(heard.length).toBeGreaterThan(1);
  });
  cases.add("R9 somebody who cannot be reached holds up nobody else", async (nothing) => {
    if (driver.errors.length === 0) return nothing();
    const [away, other] = [await opened("2009"), await opened("2010")];
    platform.fail({ path: driver.sendPath, to: "2009", times: Number.POSITIVE_INFINITY, kind: "http-500" });
    await away.say(matter());
    await other.say(matter());
    await expect.poll(() => textsOn(other).length, { timeout: 60_000 }).toBeGreaterThan(0);
    platform.clearFaults();
    service.advance(HOUR_MS);
    await service.deliverDue();
    expect(textsOn(away).length).toBeGreaterThan(0);
  });
  cases.add(
    "R10 a later report takes a delivery back: it waits for the next way, or has failed with a reason",
    async (nothing) => {
      const codes = driver.lateReports;
      if (codes === undefined) return nothing();
      const phone = await opened("2013");
      const deputy = await service.deputy("D001");
      await phone.say(matter());
      await service.settled();
      const number = await newestNumber();
      const deliveryOf = async (words: string) =>
        (await service.case(number)).messages.find(({ text, direction }) => direction === "out" && text.includes(words))
          ?.delivery;
      const lose = async (words: string, code: number) => {
        platform.fail({ path: driver.sendPath, to: "2013", times: 1, kind: "late-report", code });
        await deputy.say(`回复 ${short(number)} ${words}`);
        await service.settled();
        expect(timesOn(phone, words)).toBe(0);
        platform.advanceClock(1000);
        await expect.poll(() => deliveryOf(words), { timeout: 60_000 }).toBe("failed");
        await service.settled();
      };
      const [first, second] = [`明天去看看${short(number)}`, `后天再去看看${short(number)}`];
      await lose(first, codes.noMore);
      expect(timesOn(phone, first)).toBe(0);
      await phone.say("进度");
      await service.settled();
      expect(timesOn(phone, first)).toBe(1);
      expect(await deliveryOf(first)).toBe("delivered");
      await lose(second, codes.content);
      await phone.say("进度");
      await service.settled();
      expect(timesOn(phone, second)).toBe(0);
      expect(await deliveryOf(second)).toBe("failed");
    },
  );
  cases.add("R11 blocked, then back: what waited arrives at the next contact, once", async (nothing) => {
    if (driver.cannotBlock === true) return nothing();
    const phone = await opened("2011");
    const deputy = await service.deputy("D001");
    await phone.say(matter());
    await service.settled();
    const number = await newestNumber();
    await phone.block();
    await service.settled();
    const words = `这盏灯周五前修好${short(number)}`;
    await deputy.say(`回复 ${short(number)} ${words}`);
    await service.settled();
    expect(timesOn(phone, words)).toBe(0);
    await phone.unblock();
    await phone.say("进度");
    await service.settled();
    await service.deliverDue();
    expect(timesOn(phone, words)).toBe(1);
  });
  cases.add("R12 one deputy in two chats at once is heard in both", async (nothing) => {
    if (driver.inService !== undefined) return nothing();
    const first = await service.deputy("D002");
    const second = await opened("2012");
    await second.say(`绑定 ${await service.invite("D002")}`);
    await service.settled();
    const before = (await heardOf()).length;
    for (let round = 0; round < ROUNDS; round += 1) await Promise.all([first.say("列表"), second.say("列表")]);
    await service.settled();
    const rows = await heardOf();
    expect(rows.length - before).toBe(2 * ROUNDS);
    expect(rows.filter(({ processedAt }) => processedAt === null)).toEqual([]);
  });
  pullCases(cases, driver, { opened, matter, heardOf, timesOn, service: () => service, platform: () => platform });
  liveCases(cases, driver, { opened, matter, heardOf, inCounty, service: () => service, platform: () => platform });
}

async function senderOf(service: TestService, type: string) {
  const account = await service.runtime.accounts.find(type, ACCOUNT);
  const found = account && (await service.runtime.accounts.byId(account.jurisdictionId, account.id));
  if (!found) throw new Error(`no account of ${type}`);
  return found.sender;
}
