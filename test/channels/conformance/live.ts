import { like } from "drizzle-orm";
import { expect } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { sharedValues } from "../../../db/schema/county.ts";
import type { Phone, SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import type { TestService } from "../../service.ts";
import type { Cases } from "./cases.ts";
import type { Driver } from "./driver.ts";

const LIMIT = { timeout: 60_000 };
const HALF_OPEN_MS = 180_000;
const REPEAT_MS = 61_000;

/** What the cases about staying connected need of the service and the platform. */
type Around = {
  readonly service: () => TestService;
  readonly platform: () => SimulatedPlatform;
  readonly opened: (person: string) => Promise<Phone>;
  readonly matter: () => string;
  readonly heardOf: () => Promise<readonly unknown[]>;
  readonly inCounty: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
};

/** The part of the suite about connections that we hold: through the whole service. */
export function liveCases(cases: Cases, driver: Driver, around: Around): void {
  const { service, platform, opened, matter, heardOf, inCounty } = around;
  const { live } = driver;
  const oneIsOpen = () => expect.poll(() => live?.connections(platform()), LIMIT).toBe(1);
  const opens = () =>
    platform()
      .log()
      .filter(({ kind, path }) => kind === "call" && path === live?.openPath).length;
  const isHeard = async (phone: Phone): Promise<void> => {
    const before = (await heardOf()).length;
    await phone.say(matter());
    await expect.poll(async () => (await heardOf()).length, LIMIT).toBe(before + 1);
    await service().settled();
  };

  cases.add("P7 a connection that is lost, half open, or taken over is one again in the end", async (nothing) => {
    if (live === undefined) return nothing();
    const phone = await opened("2070");
    await isHeard(phone);
    const before = opens();
    platform().fail({ path: live.openPath, times: 4, kind: "http-500" });
    live.disturb(platform(), "cut");
    await expect.poll(() => opens() - before, LIMIT).toBe(5);
    await oneIsOpen();
    await isHeard(phone);
    live.disturb(platform(), "mute");
    expect(live.connections(platform())).toBe(0);
    service().advance(HALF_OPEN_MS);
    await oneIsOpen();
    await isHeard(phone);
    live.disturb(platform(), "disconnect");
    await expect.poll(() => opens() - before, LIMIT).toBe(7);
    await oneIsOpen();
    const other = service().live.another();
    try {
      await isHeard(phone);
      expect(live.connections(platform())).toBe(1);
      const [holder, expiresAt] = [Buffer.from("somebody else entirely"), new Date(Date.now() + 1000)];
      await inCounty((tx) =>
        tx.update(sharedValues).set({ value: holder, expiresAt }).where(like(sharedValues.key, "turn:live:%")),
      );
      await expect.poll(() => live.connections(platform()), LIMIT).toBe(0);
      await oneIsOpen();
      await isHeard(phone);
    } finally {
      await other.close();
    }
    await oneIsOpen();
    await isHeard(phone);
  });
  cases.add("P8 what is repeated after the reconnect is one message", async (nothing) => {
    if (live === undefined) return nothing();
    const phone = await opened("2080");
    await isHeard(phone);
    const before = (await heardOf()).length;
    live.disturb(platform(), "cut");
    await oneIsOpen();
    for (let repeat = 0; repeat < 3; repeat += 1) await platform().repeat("qinghe", 1);
    await service().settled();
    expect((await heardOf()).length).toBe(before);
  });
  cases.add("P9 everything is acknowledged, what nobody knows too", async (nothing) => {
    if (live === undefined) return nothing();
    expect(await live.tellOddities(platform())).toBe(true);
    await service().settled();
  });
  cases.add("P10 a message that cannot be stored ends no connection, and comes again", async (nothing) => {
    if (live === undefined) return nothing();
    const phone = await opened("2100");
    const [before, opensBefore] = [(await heardOf()).length, opens()];
    service().live.failNext(1);
    expect(await phone.say(matter())).toEqual({ accepted: false });
    expect((await heardOf()).length).toBe(before);
    service().advance(REPEAT_MS);
    await expect.poll(async () => (await heardOf()).length, LIMIT).toBe(before + 1);
    expect(opens()).toBe(opensBefore);
    await isHeard(phone);
  });
}
