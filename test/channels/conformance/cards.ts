import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Transaction } from "../../../db/database.ts";
import { outbox } from "../../../db/schema/outbox.ts";
import type { Phone, ScreenLine, SimulatedPlatform } from "../../../src/demo/platforms/face/platform.ts";
import type { TestService } from "../../service.ts";
import type { Cases } from "./cases.ts";
import type { Driver } from "./driver.ts";

const ACCOUNT = "qinghe";
const HOUR_MS = 3_600_000;

/** The way of these cases into the suite's service and its platform. */
type Through = {
  opened(person: string): Promise<Phone>;
  matter(group: string): string;
  inCounty<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  textsOn(phone: Phone): string[];
  timesOn(phone: Phone, words: string): number;
  newestNumber(): Promise<string>;
  short(number: string): string;
  service(): TestService;
  platform(): SimulatedPlatform;
};

/** The part of the suite about cards and their buttons: pressed twice, too late, with answers that are lost, and changed no more. */
export function cardCases(cases: Cases, driver: Driver, through: Through): void {
  const { opened, matter, inCounty, textsOn, timesOn, newestNumber, short, service, platform } = through;

  /** A case of its own, whose deputy has it as a card in this platform's chat. */
  const carded = async (resident: string): Promise<{ deputy: Phone; number: string; card: ScreenLine }> => {
    const deputy = platform().phone(ACCOUNT, "2040");
    if (deputy.lines().length === 0) {
      await deputy.open(null);
      await deputy.say(`绑定 ${await service().invite("D003")}`);
      await service().settled();
    }
    await (await opened(resident)).say(matter("一组"));
    await service().settled();
    const number = await newestNumber();
    const card = deputy.lines().findLast(({ buttons }) => buttons.length > 0)!;
    expect(card.buttons.map(({ label }) => label)).toEqual(["接单", "答复", "转办", "办结"]);
    expect(card.text).toContain(number);
    return { deputy, number, card };
  };
  const keyOf = ({ buttons }: ScreenLine, label: string) => buttons.find((button) => button.label === label)!.key;
  const hasNoCards = driver.cards === undefined;
  const acceptances = async (number: string) =>
    (await service().case(number)).events.filter(({ type }) => type === "accepted").length;
  const revisionsOf = () => inCounty((tx) => tx.select().from(outbox).where(eq(outbox.kind, "revision")));
  const changes = () =>
    platform()
      .log()
      .filter(({ kind, path }) => kind === "call" && path.endsWith(driver.cards?.path ?? "?")).length;

  cases.add("R4 a button pressed twice has one effect, and the second answer says what stands", async (nothing) => {
    if (hasNoCards) return nothing();
    const { deputy, number, card } = await carded("2004");
    await deputy.press(card, keyOf(card, "接单"), 2);
    await service().settled();
    expect(await acceptances(number)).toBe(1);
    const said = textsOn(deputy).slice(-2).join("\n");
    expect(said).toContain("接收过了");
    const line = deputy.lines().find(({ id }) => id === card.id)!;
    expect(line.revised).toContain("已接单");
    expect(line.buttons.map(({ label }) => label)).toEqual(["答复", "转办", "办结"]);
    await deputy.press(line, keyOf(line, "答复"), 2);
    await service().settled();
    const asked = textsOn(deputy).length;
    await deputy.say("灯泡周五换好，请放心");
    await service().settled();
    expect(timesOn(platform().phone(ACCOUNT, "2004"), "灯泡周五换好")).toBe(1);
    expect(textsOn(deputy).slice(asked).join()).not.toContain("灯泡周五换好");
    expect((await service().case(number)).state).toBe("answered");
  });
  cases.add("R5 a press on a card of a case that is closed changes nothing, and says why", async (nothing) => {
    if (hasNoCards) return nothing();
    const { deputy, number, card } = await carded("2005");
    await deputy.say(`办结 ${short(number)} 已经修好`);
    await service().settled();
    const closed = await service().case(number);
    await deputy.press(card, keyOf(card, "接单"));
    await service().settled();
    expect(textsOn(deputy).at(-1)).toContain("已经办结");
    expect((await service().case(number)).events).toHaveLength(closed.events.length);
    await service().passTime();
    await service().settled();
    const line = deputy.lines().find(({ id }) => id === card.id)!;
    expect(line).toMatchObject({ buttons: [], revised: expect.stringContaining("已办结") });
    const stranger = await opened("2051");
    await stranger.press(card, keyOf(card, "接单")).catch(() => undefined);
    await service().settled();
    expect((await service().case(number)).events).toHaveLength(closed.events.length);
  });
  cases.add(
    "R6 the effect of a press stands whatever becomes of its answer, and nothing is retried",
    async (nothing) => {
      if (driver.cards === undefined) return nothing();
      const { deputy, number, card } = await carded("2006");
      const before = changes();
      platform().fail({ path: driver.cards.path, times: Number.POSITIVE_INFINITY, kind: "http-502" });
      await deputy.press(card, keyOf(card, "接单"));
      await service().settled();
      service().advance(HOUR_MS);
      await service().deliverDue();
      platform().clearFaults();
      expect(await acceptances(number)).toBe(1);
      expect(changes() - before).toBe(1);
    },
  );
  cases.add("R7 a card that cannot be changed any more costs nothing: the words of it follow", async (nothing) => {
    if (driver.cards === undefined) return nothing();
    const { deputy, number, card } = await carded("2007");
    const before = await revisionsOf();
    platform().fail(driver.cards.spent);
    await deputy.press(card, keyOf(card, "接单"));
    await service().settled();
    const rows = (await revisionsOf()).filter(({ id }) => !before.some((row) => row.id === id));
    expect(rows.map(({ state }) => state)).toEqual(["superseded"]);
    expect(textsOn(deputy).at(-1)).toContain(`${short(number)}号`);
    expect(await acceptances(number)).toBe(1);
  });
}
